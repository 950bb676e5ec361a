"""Parts of a course of checks in blocks, and what is found when one is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.domain.exercise.presets import CourseDesign
from core.domain.statistics.block_limits import course_limits
from core.domain.statistics.block_verdict import BlockVerdict, DayCount, block_verdict
from core.domain.statistics.change import VerdictKind


class CoursePart(StrEnum):
    WARM_UP = "warm_up"
    """With feedback, and never counted."""
    BASELINE = "baseline"
    MIDDLE = "middle"
    END = "end"
    FOLLOW_UP = "follow_up"
    """Months after the end, without training in between."""


MAY_BE_LEFT_OUT = frozenset({CoursePart.MIDDLE, CoursePart.FOLLOW_UP})
"""Nobody looks at one with too few checks."""


@dataclass(frozen=True)
class CourseCheck:
    """A finished check, the only one of its day."""

    id: str
    phase: int
    part: CoursePart
    blueprint: str
    """The key of its blueprint."""
    day: date
    """The person's own, on which it began."""
    right: int
    shown: int
    counts: bool
    """Enough of its faces were seen."""


@dataclass(frozen=True)
class ClosedPart:
    """A part that is over."""

    phase: int
    part: CoursePart
    on: date
    checks: tuple[str, ...]
    """The ids of those that it rests on, oldest first; none where a middle or a follow-up was left out."""
    by_clinician: bool = False
    verdict: BlockVerdict | None = None
    """None for a baseline, and for a part that was left out. Of a follow-up: against the end."""
    still: BlockVerdict | None = None
    """Of a follow-up against the baseline, where the phase was called better: only then it is asked whether it still
    is, so that nobody who never changed is called better more often than in the phase itself."""

    @property
    def own(self) -> bool:
        """Whether it has checks that were made in it: the baseline of a later phase is the end of the one before."""
        return bool(self.checks) and (self.phase == 1 or self.part is not CoursePart.BASELINE)


def part_of(parts: Sequence[ClosedPart], phase: int, part: CoursePart) -> ClosedPart | None:
    return next((one for one in parts if one.phase == phase and one.part is part), None)


def said_of(closed: Sequence[ClosedPart]) -> ClosedPart | None:
    judged = [one for one in closed if one.verdict and one.part is not CoursePart.FOLLOW_UP]
    phase = [one for one in judged if one.phase == judged[-1].phase]
    called = [one for one in phase if one.verdict and one.verdict.kind in {VerdictKind.BETTER, VerdictKind.WORSE}]
    return next(iter(called), phase[-1] if phase else None)


def judged(
    part: ClosedPart, parts: Sequence[ClosedPart], planned: CourseDesign, by_id: Mapping[str, CourseCheck]
) -> ClosedPart:
    """With the verdict, by the limits of the checks that were really made."""
    baseline = part_of(parts, part.phase, CoursePart.BASELINE)
    if baseline is None or part.part is CoursePart.BASELINE or not part.checks:
        return part
    if part.part is CoursePart.FOLLOW_UP:
        return _kept(part, parts, planned.length, by_id)
    middle = part_of(parts, part.phase, CoursePart.MIDDLE)
    last = part.part is CoursePart.END
    made = CourseDesign(
        planned.length,
        len(baseline.checks),
        (len(middle.checks) if middle else 0) if last else len(part.checks),
        len(part.checks) if last else planned.end,
    )
    limits = course_limits(made)
    look = limits.end if last else limits.middle
    assert look is not None
    before, after = day_counts(baseline.checks, by_id), day_counts(part.checks, by_id)
    return replace(part, verdict=block_verdict(before, after, look, last))


def _kept(part: ClosedPart, parts: Sequence[ClosedPart], length: int, by_id: Mapping[str, CourseCheck]) -> ClosedPart:
    """A follow-up against the end of its phase, and, where the phase was called better, against its baseline: each by
    the limits of one look with the checks that were really made."""
    said = said_of([one for one in parts if one.phase == part.phase])
    better = said is not None and said.verdict is not None and said.verdict.kind is VerdictKind.BETTER

    def against(reference: CoursePart, needs_room: bool) -> BlockVerdict:
        before = part_of(parts, part.phase, reference)
        assert before is not None
        limits = course_limits(CourseDesign(length, len(before.checks), 0, len(part.checks))).end
        earlier, later = day_counts(before.checks, by_id), day_counts(part.checks, by_id)
        return block_verdict(earlier, later, limits, last=True, needs_room=needs_room)

    end = against(CoursePart.END, needs_room=False)
    return replace(part, verdict=end, still=against(CoursePart.BASELINE, needs_room=True) if better else None)


def day_counts(ids: Sequence[str], by_id: Mapping[str, CourseCheck]) -> list[DayCount]:
    return [DayCount(by_id[one].right, by_id[one].shown) for one in ids]
