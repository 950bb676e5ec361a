"""Caseload line in words: the verdict with its mark, the dose, what to do next."""

from datetime import date

from core.domain.patient.attention import Concern
from core.domain.patient.summary import ChangeSummary
from core.domain.statistics.change import VerdictKind
from core.services.clinic.caseload import CaseloadLine
from pages.shared.format import day, signed
from pages.shared.words import _, ngettext

MARKS = {
    VerdictKind.BETTER: "▲",
    VerdictKind.WORSE: "▼",
    VerdictKind.CANNOT_TELL: "≈",
    VerdictKind.COULD_NOT_TELL: "≈",
    VerdictKind.NO_ROOM: "–",
    VerdictKind.BELOW_DOSE: "…",
    VerdictKind.BASELINE: "○",
    VerdictKind.BASELINE_UNFINISHED: "…",
}


def verdict_name(kind: VerdictKind) -> str:
    match kind:
        case VerdictKind.BETTER:
            return _("Better than before training")
        case VerdictKind.WORSE:
            return _("Worse than before training")
        case VerdictKind.CANNOT_TELL:
            return _("Cannot tell yet")
        case VerdictKind.COULD_NOT_TELL:
            return _("Could not tell")
        case VerdictKind.NO_ROOM:
            return _("No room for a gain")
        case VerdictKind.BELOW_DOSE:
            return _("Below the planned dose")
        case VerdictKind.BASELINE:
            return _("Baseline finished")
        case VerdictKind.BASELINE_UNFINISHED:
            return _("Baseline not finished")


def verdict_figures(line: CaseloadLine) -> str:
    """What the verdict rests on, or what is missing for one; or that the plan now has other checks."""
    if line.change is None:
        return ""
    figures = _figures(line, line.change)
    return _("a new baseline begins") if line.change.anew else figures


def _figures(line: CaseloadLine, change: ChangeSummary) -> str:
    if change.in_blocks:
        return _of_course(line, change)
    match line.verdict:
        case (
            VerdictKind.BETTER
            | VerdictKind.WORSE
            | VerdictKind.CANNOT_TELL
            | VerdictKind.COULD_NOT_TELL
            | VerdictKind.NO_ROOM
        ):
            return _dated(line, change)
        case VerdictKind.BELOW_DOSE:
            return _("{done} of {planned} practices").format(
                done=change.practised, planned=change.practised + change.practices_needed
            )
        case VerdictKind.BASELINE:
            return _("no later check yet")
        case VerdictKind.BASELINE_UNFINISHED:
            return _("{checks} of 2 checks").format(checks=change.checks)


def _of_course(line: CaseloadLine, change: ChangeSummary) -> str:
    """The gain with its date, or how many checks of the part that goes on are made."""
    if change.found_on is None or (line.verdict is VerdictKind.CANNOT_TELL and change.planned):
        return _("{checks} of {planned} checks").format(checks=change.checks, planned=change.planned)
    said = _dated(line, change)
    later = _later(change)
    return f"{said}; {later}" if later else said


def _dated(line: CaseloadLine, change: ChangeSummary) -> str:
    points = signed(_points(line))
    if change.found_on is None:
        return _("{points} points").format(points=points)
    return _("{points} points, {date}").format(points=points, date=day(date.fromisoformat(change.found_on)))


def _later(change: ChangeSummary) -> str:
    """What a follow-up found to be otherwise than at the end."""
    points = signed(100 * (change.later_gain or 0.0))
    match change.later:
        case VerdictKind.WORSE:
            return _("later {points}, fewer than at the end").format(points=points)
        case VerdictKind.BETTER:
            return _("later {points}, more than at the end").format(points=points)
        case _:
            return ""


def dose(line: CaseloadLine) -> str:
    if line.days == 0:
        return _("none")
    return ngettext("{minutes} min on {days} day", "{minutes} min on {days} days", line.days).format(
        minutes=round(line.minutes), days=line.days
    )


def account_state(line: CaseloadLine) -> str:
    """Where the account stands, while the person has not come in."""
    if not line.active:
        return _("Archived")
    if line.joined:
        return ""
    if line.invited_until is not None:
        return _("Invited until {date}").format(date=day(line.invited_until))
    return _("The link is too old")


def next_steps(line: CaseloadLine) -> list[str]:
    """What the clinician could do, most pressing first; empty where nothing waits for them."""
    steps = [_("Asks to be deleted: decide")] if line.erasure_asked else []
    steps += [step(one) for one in line.concerns]
    if line.active and not line.joined and line.invited_until is None:
        steps.append(_("Make a new link"))
    if line.active and line.finished:
        steps.append(_("The plan is done: look at it together"))
    return steps


def step(concern: Concern) -> str:
    """A concern as the next step, in a few words."""
    match concern:
        case Concern.HARD:
            return _("Said it was hard: ask")
        case Concern.STOPPED:
            return _("Stopped a run: ask why")
        case Concern.CHECK_STOPPED:
            return _("Stopped a check: ask why")
        case Concern.LEFT:
            return _("A check is half done: remind")
        case Concern.SILENT:
            return _("Silent: get in touch")
        case _:
            return _("Has not begun: get in touch")


def _points(line: CaseloadLine) -> int:
    return round(100 * (line.gain or 0.0))
