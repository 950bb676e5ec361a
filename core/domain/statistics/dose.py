"""Dose of practice: minutes and days, counted the same wherever they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_FACE = timedelta(minutes=1)
WEEKS = 4


@dataclass(frozen=True)
class PracticeRun:
    """A practice: when it began and ended (None: it is still open), and how many faces it had."""

    started_at: datetime
    ended_at: datetime | None
    faces: int


@dataclass(frozen=True)
class Dose:
    """Minutes of practice and the days (UTC) on which there was some."""

    minutes: float
    days: int


def minutes(run: PracticeRun) -> float:
    """From beginning to end, at most one minute for each face: who puts the telephone aside in the middle does not
    practise. 0 for a run that is still open."""
    if run.ended_at is None:
        return 0.0
    return min(run.ended_at - run.started_at, run.faces * LONGEST_FACE).total_seconds() / 60


def dose(runs: Iterable[PracticeRun], now: datetime, weeks: int = WEEKS) -> Dose:
    """What was practised on the days (UTC) of the last `weeks`, today included."""
    before = now.date() - timedelta(weeks=weeks)
    recent = [run for run in runs if before < run.started_at.date() <= now.date()]
    return Dose(sum(minutes(run) for run in recent), len({run.started_at.date() for run in recent}))
