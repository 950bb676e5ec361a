"""The verdict on change in words for the patient, and for the clinician. "Cannot tell yet" is a result, not a lack."""

from core.domain.patient.summary import ChangeSummary
from core.domain.statistics.change import PLANNED_GAIN, Verdict, VerdictKind
from pages.shared.format import signed
from pages.shared.words import _, ngettext


def in_a_sentence(verdict: Verdict) -> str:
    """What can be said of change now."""
    match verdict.kind:
        case VerdictKind.BASELINE_UNFINISHED if verdict.checks == 0:
            return _("Your first two checks show where you begin. From then on you see here what changes.")
        case VerdictKind.BASELINE_UNFINISHED:
            left = 2 - verdict.checks
            return ngettext(
                "One more check, and there is a starting point to compare with.",
                "After {left} checks there is a starting point to compare with.",
                left,
            ).format(left=left)
        case VerdictKind.BASELINE:
            return _("Your first two checks are the starting point. Later checks are compared with them.")
        case VerdictKind.BELOW_DOSE:
            left = verdict.practices_needed
            return ngettext(
                "It is too early to speak of change: one more practice belongs to your plan first.",
                "It is too early to speak of change: {left} more practices belong to your plan first.",
                left,
            ).format(left=left)
        case VerdictKind.BETTER:
            return _(
                "You name more faces as they are meant than at the start, and the difference is reliable: it is larger "
                "than the usual ups and downs."
            )
        case VerdictKind.WORSE:
            return _(
                "You name fewer faces as they are meant than at the start, and the difference is reliable. Many things "
                "can do this, being tired too. Please talk about it with your clinician."
            )
        case VerdictKind.COULD_NOT_TELL:
            return _(
                "Your checks are all done. The last one is within the usual ups and downs: whether something has "
                "changed, these checks cannot say."
            )
        case VerdictKind.CANNOT_TELL | VerdictKind.NO_ROOM:
            return _("Your last check is still within the usual ups and downs. Nothing can be said of change yet.")


def of_a_patient(verdict: Verdict) -> str:
    """The same for the clinician, with the figures it rests on."""
    match verdict.kind:
        case VerdictKind.BASELINE_UNFINISHED:
            return _("Baseline not finished: {checks} of 2 checks.").format(checks=verdict.checks)
        case VerdictKind.BASELINE:
            return _("Baseline finished. No later check yet.")
        case VerdictKind.BELOW_DOSE:
            return _("Below the planned dose: {done} of {planned} practices. No verdict before.").format(
                done=verdict.practised, planned=verdict.practised + verdict.practices_needed
            )
        case VerdictKind.BETTER:
            return _("Better than before training ({gain} points).").format(gain=signed(_points(verdict)))
        case VerdictKind.WORSE:
            return _("Worse than before training ({gain} points).").format(gain=signed(_points(verdict)))
        case VerdictKind.COULD_NOT_TELL:
            return _(
                "Could not tell: all checks are done, and {gain} points since baseline is within the usual ups and "
                "downs."
            ).format(gain=signed(_points(verdict)))
        case VerdictKind.CANNOT_TELL | VerdictKind.NO_ROOM:
            return _("Cannot tell yet: {gain} points since baseline is within the usual ups and downs.").format(
                gain=signed(_points(verdict))
            )


def _points(verdict: Verdict) -> int:
    return round(100 * (verdict.gain or 0.0))


def what_would_tell(verdict: Verdict) -> str | None:
    """How many faces a planned gain takes, where it cannot be told yet."""
    return faces_in_words(verdict) if verdict.kind is VerdictKind.CANNOT_TELL else None


def faces_in_words(verdict: Verdict | ChangeSummary) -> str | None:
    """How many faces a planned gain takes; None where there are as many, or no room for it."""
    needed = verdict.faces_needed
    if needed is None or needed <= min(verdict.faces_before, verdict.faces_after):
        return None
    return _(
        "A gain of {gain} points takes about {needed} faces on each side in a single comparison; so far {before} and "
        "{after}."
    ).format(gain=round(100 * PLANNED_GAIN), needed=needed, before=verdict.faces_before, after=verdict.faces_after)


def anew() -> str:
    """That the plan in force has other checks than there are."""
    return _("The plan now asks for other checks: the next two begin a new baseline.")
