"""A person's own calendar, in which exports speak: days since the first run, and parts of the day."""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.days import day_of, zone_or_utc

DAY_PARTS = {
    "night": "from midnight to six",
    "morning": "from six to noon",
    "afternoon": "from noon to six",
    "evening": "from six to midnight",
}
_LENGTH = 24 // len(DAY_PARTS)


@dataclass(frozen=True)
class OwnDays:
    """Days of one person. What happened from the day `until` on is kept back, as if it had not happened yet."""

    first: date | None
    """Of the first run; None: there is none before `until`."""
    until: date
    zone: str | None
    """Of the first run's browser, for what was not done at one."""

    def number(self, at: datetime, zone: str | None) -> int | None:
        """Days since the first run, 0 for its own day."""
        return self.number_of(own_day(at, zone))

    def number_of(self, day: date) -> int | None:
        return None if self.first is None else (day - self.first).days

    def over(self, at: datetime | None, zone: str | None) -> bool:
        """Whether something happened, and long enough ago to be told."""
        return at is not None and own_day(at, zone) < self.until


def day_part(at: datetime, zone: str | None) -> str:
    """One of DAY_PARTS, in the zone of the person's browser; of UTC where it named none."""
    return list(DAY_PARTS)[at.astimezone(zone_or_utc(zone)).hour // _LENGTH]


def own_day(at: datetime, zone: str | None) -> date:
    """The day in the zone that the person's browser called `zone`; of UTC where it named none."""
    return day_of(at, zone_or_utc(zone))
