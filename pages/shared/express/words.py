"""Runs before the camera in words: what was shown and seen, and what the network reads badly."""

from core.domain.camera.expression import ExpressionRun, Try, shift
from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.quality import ClassQuality
from core.services.exercise.expression_progress import NetworkMatrix, RunPoint
from pages.shared.emotions import label
from pages.shared.format import signed
from pages.shared.frequencies import in_ten
from pages.shared.words import _, ngettext

BADLY = 0.6
"""Of an emotion that it recognises on fewer of the labelled photographs, the network is said to be often wrong."""


def in_a_sentence(run: ExpressionRun) -> str:
    """What a person can take home from the whole run."""
    named = [one for one in run.made if one.meant is not None]
    if not run.made:
        return _("You did not show anything this time. That is all right.")
    if not named:
        return _("You had no word for what you showed. That is an answer too; below is what the computer saw.")
    if not any(one.correct for one in named):
        return _("This time the computer saw something else than you meant. That may well be its mistake.")
    return ngettext(
        "The computer saw what you meant in {same} of {tries} try.",
        "The computer saw what you meant in {same} of {tries} tries.",
        len(named),
    ).format(same=sum(bool(one.correct) for one in named), tries=len(named))


def mixture() -> str:
    """What must be said wherever expressions are counted."""
    return _(
        "This is a mixture: how clearly your face showed it, and how well the computer reads faces. It does not say "
        "what you feel or how well you feel it."
    )


def badly_read(card: Card) -> list[ClassQuality]:
    """The emotions that a network recognises on few of the photographs that show them, the worst first."""
    known = [one for one in card.main.classes if one.name.upper() in Emotion.__members__]
    return sorted((one for one in known if one.recall < BADLY), key=lambda one: one.recall)


def often_wrong(card: Card, emotion: Emotion) -> str | None:
    """Help for an emotion that the network reads badly; None for one that it reads well."""
    quality = next((one for one in badly_read(card) if one.name == emotion.word), None)
    if quality is None:
        return None
    return _(
        "The computer is often wrong about {emotion}: of ten photographs that are labelled so, it names {times} so. "
        "If it did not see yours, that may well be its mistake and not your face."
    ).format(emotion=f"**{label(emotion)}**", times=in_ten(quality.recall))


def what_it_reads_badly(card: Card) -> str | None:
    """The same of all emotions, in one sentence before or after a run; None for a network without such."""
    names = [f"**{label(Emotion.from_word(one.name))}**" for one in badly_read(card)]
    if not names:
        return None
    listed = names[0] if len(names) == 1 else _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])
    return _("The computer is often wrong about {emotions}.").format(emotions=listed)


def of_a_line(points: tuple[RunPoint, ...]) -> str:
    """How the newest run went, under "My progress"."""
    newest = points[-1]
    if newest.tries and not newest.same:
        return _("Last time the computer saw something else than you meant. That may well be its mistake.")
    return ngettext(
        "Last time the computer saw what you meant in {same} of {tries} try.",
        "Last time the computer saw what you meant in {same} of {tries} tries.",
        newest.tries,
    ).format(same=newest.same, tries=newest.tries)


def of_a_matrix(network_matrix: NetworkMatrix) -> str:
    """The headline of one network's matrix, for the clinician."""
    tries, same = sum(a.tries for a in network_matrix.agreements), sum(a.same for a in network_matrix.agreements)
    sentence = _("{network}, version {version}: {same} of {tries} expressions were seen as meant.").format(
        network=network_matrix.network.name, version=network_matrix.network.version, same=same, tries=tries
    )
    if not network_matrix.not_sure:
        return sentence
    return f"{sentence} " + ngettext("One had no word.", "{unsure} had no word.", network_matrix.not_sure).format(
        unsure=network_matrix.not_sure
    )


def points(by: float | None) -> str:
    """A rise or fall of a probability in points of 100."""
    return "–" if by is None else signed(100 * by)


def saw(run: ExpressionRun, attempt: Try) -> str:
    """What was meant and what the network saw, without a verdict."""
    assert attempt.seen is not None
    seen = f"**{label(attempt.seen)}**"
    if attempt.meant is None:
        return _("The computer saw mostly {seen}.").format(seen=seen)
    meant = f"**{label(attempt.meant)}**"
    if attempt.correct:
        return _("You meant {meant}, and that is what the computer saw.").format(meant=meant)
    return _("You meant {meant}. The computer saw mostly {seen}.").format(meant=meant, seen=seen)


def beside_rest(run: ExpressionRun, attempt: Try) -> str:
    """The meant emotion beside the person's own face at rest; empty where that cannot be compared."""
    by = shift(run, attempt)
    if by is None or attempt.meant is None or attempt.meant is Emotion.NEUTRAL:
        return ""
    emotion, points = f"**{label(attempt.meant)}**", round(100 * abs(by))
    if points < 5:
        return _("It saw about as much {emotion} as in your face at rest.").format(emotion=emotion)
    if by > 0:
        return _("It saw more {emotion} than in your face at rest, by {points} points of 100.").format(
            emotion=emotion, points=points
        )
    return _("It saw less {emotion} than in your face at rest, by {points} points of 100.").format(
        emotion=emotion, points=points
    )
