"""Is it kept? A follow-up in words, for patient and clinician. That no difference could be told is never said
to mean that there is none."""

from core.domain.statistics.block_verdict import BlockVerdict
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course
from pages.shared.format import day
from pages.shared.measures.course_words import interval_in_words, points
from pages.shared.words import _


def own_follow_up(course: Course) -> str | None:
    """What can be said of the weeks after training, to the person; None where nobody has looked."""
    later, said = course.later, course.said
    if later is None or later.verdict is None or said is None or said.verdict is None:
        return None
    figures = _(
        "Weeks after your training you named about {now} in 100 faces as they are meant. At its end it was {end}, "
        "before it {before}."
    ).format(
        now=round(100 * later.verdict.after),
        end=round(100 * later.verdict.before),
        before=round(100 * said.verdict.before),
    )
    return f"{figures} {_own_verdict(later.verdict, later.still)}"


def _own_verdict(end: BlockVerdict, still: BlockVerdict | None) -> str:
    match end.kind, still.kind if still else None:
        case VerdictKind.WORSE, VerdictKind.BETTER:
            return _(
                "That is fewer than at the end, and still more than before the training. You may talk with your "
                "clinician about practising again."
            )
        case VerdictKind.WORSE, VerdictKind.COULD_NOT_TELL:
            return _(
                "That is fewer than at the end. Whether it is still more than before, these looks cannot tell. You may "
                "talk with your clinician about practising again."
            )
        case VerdictKind.WORSE, _other:
            return _("That is fewer than at the end. You may talk with your clinician about practising again.")
        case VerdictKind.BETTER, _other:
            return _("That is more than at the end. So large a difference is rare when nothing has changed.")
        case _kind, VerdictKind.BETTER:
            return _(
                "That is still more than before the training. Whether some of it was lost since then, these looks "
                "cannot tell."
            )
        case _kind, None:
            return _("These looks cannot tell whether anything has changed since the end.")
        case _kind, _other:
            return _("Whether it is kept, these looks cannot tell.")


def follow_up_in_words(course: Course) -> list[str]:
    """What the follow-up says against the end, and against the baseline, for the clinician."""
    later = course.later
    if later is None or later.verdict is None:
        return []
    found = later.verdict
    match found.kind:
        case VerdictKind.WORSE:
            sentence = _("Follow-up: fewer than at the end of training, {gain} points ({between}), {date}.")
        case VerdictKind.BETTER:
            sentence = _("Follow-up: more than at the end of training, {gain} points ({between}), {date}.")
        case _kind:
            sentence = _(
                "Follow-up: these checks could not tell it from the end of training, {gain} points ({between}), "
                "{date}. That is no proof that it is kept: the interval says how large a loss may be."
            )
    said = sentence.format(gain=points(found.gain), between=interval_in_words(found), date=day(later.on))
    rests = _(
        "It rests on {after} faces on {days_after} days against {before} on {days_before}, with limits of its own: of "
        "100 people who keep what they had at most 3 are called fewer. The verdict of the training stays."
    ).format(
        after=found.faces_after,
        days_after=found.days_after,
        before=found.faces_before,
        days_before=found.days_before,
    )
    return [f"{said} {rests}", _still(later.still)]


def _still(still: BlockVerdict | None) -> str:
    if still is None:
        return _("It is not compared with the time before training, because the training was not called better.")
    sentence = _("Whether it is still better than before training could not be told: {gain} points ({between}).")
    if still.kind is VerdictKind.BETTER:
        sentence = _("Still better than before training: {gain} points ({between}).")
    elif still.kind is VerdictKind.WORSE:
        sentence = _("Worse than before training: {gain} points ({between}).")
    return sentence.format(gain=points(still.gain), between=interval_in_words(still))
