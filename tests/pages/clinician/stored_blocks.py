"""What is stored of a course of checks in blocks, part by part, and the clock by which it is read."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

import pandas as pd

from core.domain.statistics.block_verdict import BlockVerdict
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import ClosedPart, CoursePart
from core.services.clinic.record import Review
from tests.pages.clinician import blocks_by_hand
from tests.pages.clinician.by_hand import exactly
from tests.pages.clinician.conftest import NOW, DemoClinic

LENGTH = 21
"""Faces of a check."""


class StandingClock:
    """It is NOW for every service."""

    @staticmethod
    def now(zone: tzinfo | None = None) -> datetime:
        return NOW.astimezone(zone)


@dataclass(frozen=True)
class StoredPart:
    """The checks of a part, from the rows."""

    ids: tuple[str, ...]
    days: tuple[date, ...]
    counts: tuple[tuple[int, int], ...]
    trials: pd.DataFrame


def stored_parts(clinic: DemoClinic) -> dict[CoursePart, StoredPart]:
    """Each part of the first phase that has a check."""
    rows = clinic.table(
        "SELECT b.id AS run, b.part, b.own_day, b.started_at, t.* FROM blocks b JOIN trials t ON t.block_id = b.id "
        "WHERE b.person_id = :person AND b.kind = 'check' AND b.ended_at IS NOT NULL AND NOT b.stopped "
        "AND t.void IS NULL ORDER BY b.started_at, t.number"
    )
    rows["said"] = rows["response"].where(rows["response"] != "not_sure", rows["best_guess"].fillna("not_sure"))
    rows["right"] = rows["said"] == rows["target"]
    rows = rows[rows["response"] != "cannot_see"]
    parts = {}
    for part, own in rows.groupby("part", sort=False):
        runs = own.groupby("run", sort=False)
        counts = tuple((int(run["right"].sum()), len(run)) for _, run in runs)
        days = tuple(date.fromisoformat(str(run["own_day"].iloc[0])) for _, run in runs)
        parts[CoursePart(str(part))] = StoredPart(tuple(str(name) for name, _ in runs), days, counts, own)
    return parts


def limits(baseline: int, middle: int, end: int) -> tuple[tuple[float, float], ...]:
    """Those of a shipped design stand in its table with four decimals."""
    simulated = blocks_by_hand.limits(LENGTH, baseline, middle, end)
    if (baseline, middle, end) != (7, 2, 14):
        return simulated
    return tuple((round(better, 4), round(worse, 4)) for better, worse in simulated)


def closed(course: Course, part: CoursePart, phase: int = 1) -> ClosedPart | None:
    return next((one for one in course.closed if (one.part, one.phase) == (part, phase)), None)


def closed_in(found: Review, part: CoursePart) -> bool:
    return found.progress.course is not None and closed(found.progress.course, part) is not None


def agrees(
    verdict: BlockVerdict | None,
    before: StoredPart,
    after: StoredPart,
    edges: tuple[float, float],
    last: bool = True,
    needs_room: bool = True,
) -> None:
    assert verdict is not None
    own = blocks_by_hand.compared(before.counts, after.counts)
    assert (verdict.before, verdict.after, verdict.gain) == (exactly(own.before), exactly(own.after), exactly(own.gain))
    assert (verdict.se, verdict.z, verdict.day_sd) == (exactly(own.se), exactly(own.z), exactly(own.day_sd))
    assert (verdict.limits.better, verdict.limits.worse) == exactly(edges)
    assert verdict.interval == exactly((own.gain - edges[0] * own.se, own.gain + edges[1] * own.se))
    assert verdict.kind is blocks_by_hand.called(before.counts, after.counts, edges, last, needs_room)
    assert (verdict.days_before, verdict.days_after) == (len(before.days), len(after.days))
    assert (verdict.faces_before, verdict.faces_after) == (len(before.trials), len(after.trials))
