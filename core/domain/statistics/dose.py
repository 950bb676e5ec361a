"""Dose of practice: minutes and days, counted the same wherever they are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

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


def practice_days(runs: Iterable[PracticeRun], zone: tzinfo = UTC) -> dict[date, float]:
    """Seconds of practice by the day on which a run began in the person's own `zone`."""
    seconds: dict[date, float] = {}
    for run in runs:
        day = day_of(run.started_at, zone)
        seconds[day] = seconds.get(day, 0.0) + 60 * minutes(run)
    return seconds


def dose(days: Mapping[date, float], today: date, weeks: int = WEEKS) -> Dose:
    """What was practised on the days of the last `weeks`, `today` included; seconds by day."""
    recent = [seconds for day, seconds in days.items() if today - timedelta(weeks=weeks) < day <= today]
    return Dose(sum(recent) / 60, len(recent))
