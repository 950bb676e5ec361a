"""Course of checks in blocks: which part is due, when a part is over, and the verdict that stays.

A part (baseline, middle, end) is over when its planned checks are made; when its window is over and enough of them
are, or when the clinician closes it. What was closed is stored with the checks it rests on and never judged again.
After the end a next phase may begin, whose baseline is the end of the one before.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from core.domain.exercise.presets import TRAINING_DAYS, WEEKS, CourseDesign
from core.domain.statistics.block_limits import course_limits
from core.domain.statistics.block_verdict import BlockVerdict, DayCount, block_verdict, no_room
from core.domain.statistics.change import VerdictKind

ENOUGH = 0.8
"""Of the planned checks, when the window of a part is over."""
WINDOW, LEAST_WINDOW = 2, 7
"""Days for each planned check, from the first one of the part on; never fewer than a week."""
LEAST_TO_CLOSE = 2
"""Checks, for a clinician who closes a part early."""


class CoursePart(StrEnum):
    WARM_UP = "warm_up"
    """With feedback, and never counted."""
    BASELINE = "baseline"
    MIDDLE = "middle"
    END = "end"


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
    """The ids of those that it rests on, oldest first; none where a middle was left out."""
    by_clinician: bool = False
    verdict: BlockVerdict | None = None
    """None for a baseline, and for a middle that was left out."""


@dataclass(frozen=True)
class Course:
    """Where a person stands in a course."""

    design: CourseDesign
    phase: int
    """Counted from 1."""
    open: CoursePart | None
    """Whose checks are asked for now; None: there is only training."""
    made: int
    """Checks of the open part that count."""
    planned: int
    closed: tuple[ClosedPart, ...]
    """Of every phase, oldest first."""
    room: bool
    """The baseline of this phase leaves room for a gain."""

    @property
    def over(self) -> bool:
        """Whether this phase has its end."""
        return any(one.phase == self.phase and one.part is CoursePart.END for one in self.closed)

    @property
    def said(self) -> ClosedPart | None:
        """The look whose verdict holds: the first of the latest judged phase that called a change, else its last."""
        judged = [one for one in self.closed if one.verdict]
        phase = [one for one in judged if one.phase == judged[-1].phase]
        called = [one for one in phase if one.verdict and one.verdict.kind in {VerdictKind.BETTER, VerdictKind.WORSE}]
        return next(iter(called), phase[-1] if phase else None)

    @property
    def kind(self) -> VerdictKind:
        said = self.said
        if said is not None and said.verdict is not None:
            return said.verdict.kind
        if not self.room:
            return VerdictKind.NO_ROOM
        if any(one.part is CoursePart.BASELINE for one in self.closed):
            return VerdictKind.CANNOT_TELL if self.open else VerdictKind.BASELINE
        return VerdictKind.BASELINE_UNFINISHED

    @property
    def left(self) -> int:
        """How many checks of this phase are still to be made."""
        done = {one.part for one in self.closed if one.phase == self.phase}
        parts = _parts(self.design)
        return sum(planned for part, planned in parts if part not in done) - self.made


def course(
    checks: Sequence[CourseCheck],
    closed: Sequence[ClosedPart],
    design: CourseDesign,
    end_from: float,
    today: date,
    trained: Callable[[date], int],
    *,
    phase: int = 1,
    close: bool = False,
) -> Course:
    """Where a person stands `today`, with all parts that are over by now.

    `checks`: the finished ones of every phase, oldest first; `closed`: the stored parts; `trained`: on how many days
    there was training after a day; `end_from`: weeks of training before the end begins. `close`: the clinician closes
    the open part, which has LEAST_TO_CLOSE checks or more, else ValueError; a middle with fewer is left out.
    """
    by_id = {check.id: check for check in checks}
    parts = list(closed)

    def state(part: CoursePart | None, made: int, planned: int) -> Course:
        before = _of(parts, phase, CoursePart.BASELINE)
        room = before is None or not no_room(_counts(before.checks, by_id))
        return Course(design, phase, part, made, planned, tuple(parts), room)

    for part, planned in _parts(design):
        if _of(parts, phase, part) is not None:
            continue
        if not _opens(part, parts, phase, end_from, today, trained):
            return state(None, 0, planned)
        made = _made([check for check in checks if check.phase == phase and check.part is part], parts, phase, by_id)
        on = _over_on(made, planned, today, part)
        by_clinician = on is None and close
        if by_clinician and len(made) < LEAST_TO_CLOSE and part is not CoursePart.MIDDLE:
            raise ValueError(f"{len(made)} checks of this part are made; expected {LEAST_TO_CLOSE} or more")
        if on is None and not close:
            return state(part, len(made), planned)
        close = close and not by_clinician
        parts.append(
            _judged(ClosedPart(phase, part, on or today, _ids(made, part), by_clinician), parts, design, by_id)
        )
    return state(None, 0, 0)


def next_phase(before: Course, today: date) -> ClosedPart:
    """The baseline of the phase that follows one that is over: its end. Raises ValueError where there is no end."""
    end = _of(before.closed, before.phase, CoursePart.END)
    if end is None:
        raise ValueError(f"phase {before.phase} has no end yet")
    return ClosedPart(before.phase + 1, CoursePart.BASELINE, today, end.checks, by_clinician=True)


def _parts(design: CourseDesign) -> list[tuple[CoursePart, int]]:
    """The parts that a design has, and how many checks each has."""
    every = ((CoursePart.BASELINE, design.baseline), (CoursePart.MIDDLE, design.middle), (CoursePart.END, design.end))
    return [(part, planned) for part, planned in every if planned]


def _of(parts: Sequence[ClosedPart], phase: int, part: CoursePart) -> ClosedPart | None:
    return next((one for one in parts if one.phase == phase and one.part is part), None)


def _opens(
    part: CoursePart,
    parts: Sequence[ClosedPart],
    phase: int,
    end_from: float,
    today: date,
    trained: Callable[[date], int],
) -> bool:
    """Half of the training days are done before the middle, those of `end_from` weeks before the end; or as many weeks
    are over since the baseline, for somebody who trains on fewer days."""
    baseline = _of(parts, phase, CoursePart.BASELINE)
    if part is CoursePart.BASELINE or baseline is None:
        return True
    weeks = WEEKS / 2 if part is CoursePart.MIDDLE else end_from
    if today >= baseline.on + timedelta(days=ceil(7 * weeks)):
        return True
    return trained(baseline.on) >= ceil(TRAINING_DAYS * weeks / WEEKS)


def _made(
    done: Sequence[CourseCheck], parts: Sequence[ClosedPart], phase: int, by_id: dict[str, CourseCheck]
) -> list[CourseCheck]:
    """The checks of a part that count: those of the blueprint of the baseline; in the baseline, of its commonest."""
    counting = [check for check in done if check.counts]
    baseline = _of(parts, phase, CoursePart.BASELINE)
    known = [by_id[one].blueprint for one in baseline.checks] if baseline else [c.blueprint for c in reversed(counting)]
    usual = Counter(known).most_common(1)[0][0] if known else ""
    return [check for check in counting if check.blueprint == usual]


def _over_on(made: Sequence[CourseCheck], planned: int, today: date, part: CoursePart) -> date | None:
    """The day on which a part was over, None while it is not. A middle whose window is over is over: it keeps nobody
    from the end."""
    if len(made) >= planned:
        return made[planned - 1].day
    if not made:
        return None
    ends = made[0].day + timedelta(days=max(LEAST_WINDOW, WINDOW * planned))
    enough = len(made) >= ceil(ENOUGH * planned) or part is CoursePart.MIDDLE
    return max(ends, made[-1].day) if enough and today > ends else None


def _ids(made: Sequence[CourseCheck], part: CoursePart) -> tuple[str, ...]:
    """One check of a middle is no block: nobody looks then."""
    left_out = part is CoursePart.MIDDLE and len(made) < LEAST_TO_CLOSE
    return () if left_out else tuple(check.id for check in made)


def _judged(
    part: ClosedPart, parts: Sequence[ClosedPart], planned: CourseDesign, by_id: dict[str, CourseCheck]
) -> ClosedPart:
    """With the verdict, by the limits of the checks that were really made."""
    baseline = _of(parts, part.phase, CoursePart.BASELINE)
    if baseline is None or part.part is CoursePart.BASELINE or not part.checks:
        return part
    middle = _of(parts, part.phase, CoursePart.MIDDLE)
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
    before, after = _counts(baseline.checks, by_id), _counts(part.checks, by_id)
    return replace(part, verdict=block_verdict(before, after, look, last))


def _counts(ids: Sequence[str], by_id: dict[str, CourseCheck]) -> list[DayCount]:
    return [DayCount(by_id[one].right, by_id[one].shown) for one in ids]
