"""What of all that was done an export is asked for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.domain.people import Refusal

TASKS = ("recognition", "expression")
SHORTEST = timedelta(days=28)
"""Days that may be chosen: who gets what was done on one day knows by how much the days of those people were moved."""


@dataclass(frozen=True)
class Selection:
    """What is asked for. `study`: its id (None: people in and outside of studies); `since` and `until`: real days of
    UTC, both within; `sets`: names of sets of faces (empty: all, and expressions without one)."""

    study: str | None = None
    since: date | None = None
    until: date | None = None
    tasks: tuple[str, ...] = TASKS
    sets: tuple[str, ...] = ()

    @property
    def begins(self) -> datetime | None:
        """From when on it is wanted."""
        return _midnight(self.since)

    @property
    def ends(self) -> datetime | None:
        """Before when it is wanted."""
        return _midnight(None if self.until is None else self.until + timedelta(days=1))

    def holds(self, day: date) -> bool:
        """Whether a day is among those chosen."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def check_days(self, today: date) -> None:
        """Raises Refusal unless the first day is before the last one, with enough between them."""
        if self.since is None:
            return
        last = self.until or today
        if last < self.since:
            raise Refusal("The last day is before the first one.")
        if last - self.since < SHORTEST - timedelta(days=1):
            raise Refusal("Choose four weeks or more: in a shorter time it shows by how many days a person was moved.")


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)
