"""Feedback in words: opinions from the service in, what the player shows out."""

from typing import cast

from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace
from core.domain.exercise.trials import Response
from core.domain.network.votes import COLUMN
from core.stimuli.places import places
from core.tasks.recognition.feedback import RIVAL, Opinions
from core.tasks.task import TaskFeedback
from pages.shared.emotions import label, response_label
from pages.shared.recognise.cues import cue
from pages.shared.recognise.differences import difference, place_that_differs
from pages.shared.recognise.heat_words import heat_map
from pages.shared.recognise.view import Bars, Feedback, OpinionRow, PairFace, Said, capital
from pages.shared.words import _, speaking

MOST = 0.5  # of the people


def feedback_in_json(feedback: object, language: str) -> dict[str, object]:
    """What the player shows after a practice answer, whichever it will be."""
    with speaking(language):
        return (
            in_words(feedback).data() if isinstance(feedback, Opinions) else cast(TaskFeedback, feedback).data(language)
        )


def in_words(opinions: Opinions) -> Feedback:
    """What is shown after a practice answer."""
    return Feedback(
        target=opinions.target,
        said={response: _said(opinions, response) for response in Response},
        rows=(_people(opinions), _computer(opinions)),
        bars=_bars(opinions),
        cues=(cue(opinions.target), *_on_the_computer(opinions)),
        steps=tuple(
            _("{percent} %").format(percent=intensity) for intensity in opinions.steps if len(opinions.steps) > 1
        ),
        heat_map=None if opinions.network is None else heat_map(opinions.network),
    )


def _said(opinions: Opinions, response: Response) -> Said:
    given, target = response.emotion, opinions.target
    same = None if given is None else given is target
    other = target if same else given if given is not None else Emotion.NEUTRAL
    lesson = "" if other is target else difference(target, other)
    return Said(
        sentence=" ".join(filter(None, (_sentence(opinions, given), lesson))),
        row=OpinionRow(_("You"), response_label(response), given, same),
        pair=_pair(opinions, other),
    )


def _sentence(opinions: Opinions, given: Emotion | None) -> str:
    target = opinions.target
    neutral = target is Emotion.NEUTRAL
    if opinions.votes and neutral:
        hit = _("For most people this face is {target}, as for you.")
        miss = _("For most people this face is {target}; you said {given}.")
        alone = _("For most people this face is {target}.")
    elif opinions.votes:
        hit = _("Most people saw {target}, and so did you.")
        miss = _("Most people saw {target}; you said {given}.")
        alone = _("Most people saw {target}.")
    elif neutral:
        hit = _("This face is {target}, as you said.")
        miss = _("This face is {target}; you said {given}.")
        alone = _("This face is {target}.")
    else:
        hit = _("This face shows {target}, as you said.")
        miss = _("This face shows {target}; you said {given}.")
        alone = _("This face shows {target}.")
    words = hit if given is target else alone if given is None else miss
    return words.format(target=f"*{label(target)}*", given=f"*{label(given)}*" if given is not None else "")


def _pair(opinions: Opinions, other: Emotion) -> tuple[PairFace, ...]:
    """The face beside the same person's of another emotion, with the place outlined where the two differ."""
    if other not in opinions.rivals:
        return ()
    target = opinions.target
    place = place_that_differs(target, other, opinions.rivals[other])
    outline = places().get(opinions.builtin_person or "", {}).get(place)
    this = _("This face: {emotion}.").format(emotion=label(target))
    that = _("The same person: {emotion}.").format(emotion=label(other))
    if outline is not None:
        this, that = (f"{words} {_outlined(place)}" for words in (this, that))
    return (
        PairFace(capital(label(target)), this, outline=outline),
        PairFace(capital(label(other)), that, RIVAL + other, outline),
    )


def _outlined(place: FacePlace) -> str:
    words = {
        FacePlace.BROWS: _("The eyebrows are outlined."),
        FacePlace.EYES: _("The eyes are outlined."),
        FacePlace.NOSE: _("The nose is outlined."),
        FacePlace.MOUTH: _("The mouth is outlined."),
    }
    return words[place]


def _on_the_computer(opinions: Opinions) -> tuple[str, ...]:
    """What must be said wherever the network comments on rendered faces (its card has the figures)."""
    if opinions.network is None or not opinions.computer_made:
        return ()
    return (
        _(
            "About the computer: it reads these computer-made faces more easily than real ones, and light skin a "
            "little better than dark."
        ),
    )


def _people(opinions: Opinions) -> OpinionRow:
    counts = _people_counts(opinions)
    if counts is None:
        return OpinionRow(_("People"), _("nobody has told us yet"), detail=_crowd(opinions))
    values, total = counts
    most = max(range(len(values)), key=lambda place: (values[place], place == opinions.target))
    if values[most] == 0:
        return OpinionRow(_("People"), _("something else"))
    chosen = Emotion(most)
    detail = _("{chose} of {people} people saw this.").format(chose=values[most], people=total)
    return OpinionRow(_("People"), label(chosen), chosen, chosen is opinions.target, detail)


def _crowd(opinions: Opinions) -> str:
    """What the computer expects people to say of a face that nobody has rated; it may expect an eighth answer."""
    crowd = opinions.network.crowd if opinions.network else None
    if crowd is None:
        return ""
    expected = max(Emotion, key=lambda emotion: crowd[COLUMN[emotion]])
    if crowd[COLUMN[expected]] <= MOST:
        return _("The computer expects that people would not agree.")
    return _("The computer expects that most people would see {emotion}.").format(emotion=f"*{label(expected)}*")


def _computer(opinions: Opinions) -> OpinionRow:
    if opinions.network is None:
        return OpinionRow(_("Computer"), _("it has not looked at this face yet"))
    chosen = opinions.network_choice
    if chosen is None:
        return OpinionRow(_("Computer"), _("not sure"))
    return OpinionRow(_("Computer"), label(chosen), chosen, chosen is opinions.target, _trust(opinions))


def _trust(opinions: Opinions) -> str:
    """How sure it says it is. How often it is right is counted over many faces, on its own page."""
    assert opinions.network is not None
    top = max(opinions.network.probabilities)
    sure = (
        _("It is very sure.") if top >= 0.85 else _("It is fairly sure.") if top >= 0.6 else _("It is a little sure.")
    )
    if opinions.network_learnt_it:
        return sure + " " + _("It learnt with this very picture, so it looks better here than it is.")
    return sure


def _bars(opinions: Opinions) -> tuple[Bars, ...]:
    bars = []
    counts = _people_counts(opinions)
    if counts is not None:
        values, total = counts
        texts = tuple(_("{chose} of {people}").format(chose=value, people=total) for value in values)
        bars.append(Bars(_("What people saw"), tuple(value / total for value in values), texts))
    if opinions.network is not None:
        texts = tuple(_("{percent} %").format(percent=round(100 * p)) for p in opinions.network.probabilities)
        bars.append(Bars(_("What the computer guesses"), opinions.network.probabilities, texts))
    return tuple(bars)


def _people_counts(opinions: Opinions) -> tuple[list[int], int] | None:
    """How many chose each of the seven, and how many were asked (other answers included)."""
    if opinions.votes:
        return [opinions.votes[COLUMN[emotion]] for emotion in Emotion], sum(opinions.votes)
    if opinions.people:
        counts = [opinions.people.get(Response[emotion.name], 0) for emotion in Emotion]
        return counts, sum(opinions.people.values())
    return None
