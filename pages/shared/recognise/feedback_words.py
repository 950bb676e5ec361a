"""Feedback in words: opinions from the service in, what the player shows out."""

from typing import cast

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response
from core.domain.network.votes import COLUMN
from core.tasks.recognition.feedback import Opinions
from core.tasks.task import TaskFeedback
from pages.shared.emotions import label, response_label
from pages.shared.frequencies import in_ten
from pages.shared.recognise.cues import cue
from pages.shared.recognise.differences import difference
from pages.shared.recognise.heat_words import heat_map
from pages.shared.recognise.view import Bars, Feedback, OpinionRow, Said
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
        cues=_on_the_computer(opinions),
        steps=tuple(
            _("{percent} %").format(percent=intensity) for intensity in opinions.steps if len(opinions.steps) > 1
        ),
        heat_map=None if opinions.network is None else heat_map(opinions.network),
    )


def _said(opinions: Opinions, response: Response) -> Said:
    given = response.emotion
    same = None if given is None else given is opinions.target
    return Said(
        sentence=_sentence(opinions, given),
        row=OpinionRow(_("You"), response_label(response), given, same),
        cues=_cues(opinions.target, given),
    )


def _sentence(opinions: Opinions, given: Emotion | None) -> str:
    target = opinions.target
    values = {"target": f"*{label(target)}*", "given": f"*{label(given)}*" if given is not None else ""}
    if opinions.votes:
        if given is target:
            return _("Most people saw {target}, and so did you.").format(**values)
        if given is None:
            return _("Most people saw {target}.").format(**values)
        return _("Most people saw {target}. You said {given}.").format(**values)
    if given is target:
        return _("This face is meant to show {target}, and that is what you saw.").format(**values)
    if given is None:
        return _("This face is meant to show {target}.").format(**values)
    return _("This face is meant to show {target}. You said {given}.").format(**values)


def _cues(target: Emotion, given: Emotion | None) -> tuple[str, ...]:
    if given is None or given is target:
        return (cue(target),)
    return (cue(target), difference(target, given))


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
    return OpinionRow(_("Computer"), label(chosen), chosen, chosen is opinions.target, _trust(opinions, chosen))


def _trust(opinions: Opinions, chosen: Emotion) -> str:
    """How sure it says it is, and how often that answer fits on these faces."""
    assert opinions.network is not None
    top = max(opinions.network.probabilities)
    sure = (
        _("It is very sure.") if top >= 0.85 else _("It is fairly sure.") if top >= 0.6 else _("It is a little sure.")
    )
    if opinions.network_learnt_it:
        return sure + " " + _("It learnt with this very picture, so it looks better here than it is.")
    if opinions.network_right is None:
        return sure
    right, said = opinions.network_right
    often = _("When it says {emotion}, it fits about {times} times in 10 on these faces.")
    return f"{sure} " + often.format(emotion=label(chosen), times=in_ten(right / said))


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
