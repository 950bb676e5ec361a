"""Dose of practice: minutes and days, counted the same wherever they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from core.domain.days import day_of

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
    """Minutes of practice and the days on which there was some."""

    minutes: float
    days: int


def minutes(run: PracticeRun) -> float:
    """From beginning to end, at most one minute for each face: who puts the telephone aside in the middle does not
    practise. 0 for a run that is still open, or ended before it began: a clock was put back meanwhile."""
    if run.ended_at is None:
        return 0.0
    return max(0.0, min(run.ended_at - run.started_at, run.faces * LONGEST_FACE).total_seconds() / 60)


def dose(runs: Iterable[PracticeRun], now: datetime, zone: tzinfo = UTC, weeks: int = WEEKS) -> Dose:
    """What was practised on the days of the last `weeks`, today included, by the days of the person's own `zone`."""
    today = day_of(now, zone)
    began = [(day_of(run.started_at, zone), run) for run in runs]
    recent = [(day, run) for day, run in began if today - timedelta(weeks=weeks) < day <= today]
    return Dose(sum(minutes(run) for _, run in recent), len({day for day, _ in recent}))
