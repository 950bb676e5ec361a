"""Days: a time is another day in another place, so a day is always somebody's: who did it, or who reads it."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EASTERNMOST = timezone(timedelta(hours=14))
"""Where a day begins first on earth."""


def day_of(at: datetime, zone: tzinfo) -> date:
    """The day that a time, which knows its own zone, is in `zone`."""
    return at.astimezone(zone).date()


def beginning(day: date, zone: tzinfo) -> datetime:
    """When a day begins in `zone`, in UTC: at the first moment after a midnight that a change of the hour left out, at
    the first of two midnights."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def has_begun(day: date, at: datetime, zone: tzinfo | None) -> bool:
    """Whether a day has begun in `zone`, of which the time is `at`; without a zone, whether it has anywhere."""
    return day <= day_of(at, zone or _EASTERNMOST)


def zone_named(name: str | None) -> ZoneInfo | None:
    """The zone that a browser calls `name` (IANA: "America/Los_Angeles"); None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones, as "America"
        return None


def zone_or_utc(name: str | None) -> tzinfo:
    """The zone that a browser calls `name`, UTC where there is none."""
    return zone_named(name) or UTC
