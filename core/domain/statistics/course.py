"""Course of checks in blocks: which part is due, when a part is over, and the verdict that stays.

A part (baseline, middle, end) is over when its planned checks are made; when its window is over and enough of them
are, or when the clinician closes it. What was closed is stored with the checks it rests on and never judged again.
After the end a next phase may begin, whose baseline is the end of the one before. A follow-up, months after the end,
asks whether it is kept: it is a comparison with limits of its own, and changes nothing in the verdict of the phase.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from core.domain.exercise.presets import TRAINING_DAYS, WEEKS, CourseDesign
from core.domain.exercise.programme import FollowUp
from core.domain.statistics.block_verdict import no_room
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course_parts import (
    MAY_BE_LEFT_OUT,
    ClosedPart,
    CourseCheck,
    CoursePart,
    day_counts,
    judged,
    part_of,
    said_of,
)

ENOUGH = 0.8
"""Of the planned checks, when the window of a part is over."""
WINDOW, LEAST_WINDOW = 2, 7
"""Days for each planned check, from the first one of the part on; never fewer than a week."""
FOLLOW_UP_WINDOW = 4
"""Of a follow-up, from its first finished check on. Then it is over with what there is: nobody waits for practice."""
LEAST_TO_CLOSE = 2
"""Checks, for a clinician who closes a part early."""


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
    apart: int = 0
    """Checks of the open part that are compared with none: in another language or on another kind of device."""
    follow_up_on: date | None = None
    """The day from which on the follow-up of this phase is asked, while it is ahead."""

    @property
    def over(self) -> bool:
        """Whether this phase has its end."""
        return part_of(self.closed, self.phase, CoursePart.END) is not None

    @property
    def looked_later(self) -> bool:
        """Whether the follow-up of this phase is over."""
        return part_of(self.closed, self.phase, CoursePart.FOLLOW_UP) is not None

    @property
    def said(self) -> ClosedPart | None:
        """The look whose verdict holds: the first of the latest judged phase that called a change, else its last. A
        follow-up is no such look."""
        return said_of(self.closed)

    @property
    def later(self) -> ClosedPart | None:
        """The follow-up of the phase whose verdict holds, where it is over and was looked at."""
        said = self.said
        found = part_of(self.closed, said.phase, CoursePart.FOLLOW_UP) if said else None
        return found if found is not None and found.verdict else None

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
        """How many checks of this phase are still to be made until its end: nobody is late for a follow-up."""
        done = {one.part for one in self.closed if one.phase == self.phase}
        parts = _parts(self.design)
        made = 0 if self.open is CoursePart.FOLLOW_UP else self.made
        return sum(planned for part, planned in parts if part not in done) - made


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
    follow_up: FollowUp | None = None,
    training_ended: Callable[[date], date | None] = lambda _: None,
) -> Course:
    """Where a person stands `today`, with all parts that are over by now.

    `checks`: the finished ones of every phase, oldest first; `closed`: the stored parts; `trained`: on how many days
    there was training after a day; `end_from`: weeks of training before the end begins. `close`: the clinician closes
    the open part, which has LEAST_TO_CLOSE checks or more, else ValueError; a middle or a follow-up with fewer is left
    out. `training_ended`: the last day of the training after a day, so far; None where there was none.
    """
    by_id = {check.id: check for check in checks}
    parts = list(closed)

    def state(part: CoursePart | None, made: int, planned: int) -> Course:
        before = part_of(parts, phase, CoursePart.BASELINE)
        room = before is None or not no_room(day_counts(before.checks, by_id))
        return Course(design, phase, part, made, planned, tuple(parts), room)

    for part, planned in _parts(design, follow_up):
        if part_of(parts, phase, part) is not None:
            continue
        own = [check for check in checks if check.phase == phase and check.part is part]
        if part is CoursePart.FOLLOW_UP and follow_up is not None:
            ahead = _follow_up_on(parts, phase, follow_up, training_ended)
            if today < ahead and not own:
                return replace(state(None, 0, 0), follow_up_on=ahead)
        elif not _opens(part, parts, phase, end_from, today, trained):
            return state(None, 0, planned)
        made = _made(own, parts, phase, by_id)
        on = _over_on(made, planned, today, part, own[0].day if own else None)
        by_clinician = on is None and close
        if by_clinician and len(made) < LEAST_TO_CLOSE and part not in MAY_BE_LEFT_OUT:
            raise ValueError(f"{len(made)} checks of this part are made; expected {LEAST_TO_CLOSE} or more")
        if on is None and not close:
            return replace(state(part, len(made), planned), apart=sum(check.counts for check in own) - len(made))
        close = close and not by_clinician
        parts.append(judged(ClosedPart(phase, part, on or today, _ids(made, part), by_clinician), parts, design, by_id))
    return state(None, 0, 0)


def next_phase(before: Course, today: date) -> ClosedPart:
    """The baseline of the phase that follows one that is over: its end. Raises ValueError where there is no end."""
    end = part_of(before.closed, before.phase, CoursePart.END)
    if end is None:
        raise ValueError(f"phase {before.phase} has no end yet")
    return ClosedPart(before.phase + 1, CoursePart.BASELINE, today, end.checks, by_clinician=True)


def _parts(design: CourseDesign, follow_up: FollowUp | None = None) -> list[tuple[CoursePart, int]]:
    """The parts that a design has, and how many checks each has."""
    every = (
        (CoursePart.BASELINE, design.baseline),
        (CoursePart.MIDDLE, design.middle),
        (CoursePart.END, design.end),
        (CoursePart.FOLLOW_UP, follow_up.checks if follow_up else 0),
    )
    return [(part, planned) for part, planned in every if planned]


def _follow_up_on(
    parts: Sequence[ClosedPart],
    phase: int,
    follow_up: FollowUp,
    training_ended: Callable[[date], date | None],
) -> date:
    """So many weeks after the end was closed, or after the last day of training where that is later."""
    baseline, end = part_of(parts, phase, CoursePart.BASELINE), part_of(parts, phase, CoursePart.END)
    assert baseline is not None
    assert end is not None
    return max(end.on, training_ended(baseline.on) or end.on) + timedelta(weeks=follow_up.weeks)


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
    baseline = part_of(parts, phase, CoursePart.BASELINE)
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
    baseline = part_of(parts, phase, CoursePart.BASELINE)
    known = [by_id[one].blueprint for one in baseline.checks] if baseline else [c.blueprint for c in reversed(counting)]
    usual = Counter(known).most_common(1)[0][0] if known else ""
    return [check for check in counting if check.blueprint == usual]


def _over_on(
    made: Sequence[CourseCheck], planned: int, today: date, part: CoursePart, began: date | None
) -> date | None:
    """The day on which a part was over, None while it is not. A middle whose window is over is over: it keeps nobody
    from the end; nor does a follow-up from practice, whose window runs from `began`, its first check, though that
    may not count."""
    if len(made) >= planned:
        return made[planned - 1].day
    later = part is CoursePart.FOLLOW_UP
    first = began if later else made[0].day if made else None
    if first is None:
        return None
    ends = first + timedelta(days=max(LEAST_WINDOW, (FOLLOW_UP_WINDOW if later else WINDOW) * planned))
    enough = len(made) >= ceil(ENOUGH * planned) or part in MAY_BE_LEFT_OUT
    return max([ends, *(check.day for check in made[-1:])]) if enough and today > ends else None


def _ids(made: Sequence[CourseCheck], part: CoursePart) -> tuple[str, ...]:
    """One check of a middle or of a follow-up is no block: nobody looks then."""
    left_out = part in MAY_BE_LEFT_OUT and len(made) < LEAST_TO_CLOSE
    return () if left_out else tuple(check.id for check in made)
