"""Retention period: who has not been here for so long that nothing about them need be kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.storage.database import Store
from core.storage.queries import people_queries
from core.storage.tables import now

_MONTH = timedelta(days=365.25 / 12)


@dataclass(frozen=True)
class DueErasure:
    """A patient whose time is over: `last` is when they were last here, or else when their account was made."""

    code: str
    last: datetime


def due(store: Store, months: int) -> list[DueErasure]:
    """Patients who did not practise within the last `months`, who was away longest first. For whoever runs the
    installation."""
    with store.begin() as db:
        return [DueErasure(code, last) for code, last in people_queries.away_since(db, now() - months * _MONTH)]
