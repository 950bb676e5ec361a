"""Diary of one's own feelings, as the person reads it and deletes from it. Neither asks for a consent."""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.days import day_of
from core.domain.feelings.check_in import CheckIn
from core.domain.feelings.diary import MOST_READ, DiaryFigures, figures, needs_help_line
from core.domain.people import Role
from core.services.feelings.check_ins import own_check_in
from core.services.gate.access import require
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import DiaryRow, now

ON_A_PAGE = 10
"""Check-ins that are read, one under the other."""


@dataclass(frozen=True)
class Diary:
    """A person's latest check-ins, and what they come to."""

    entries: tuple[CheckIn, ...]
    """The latest MOST_READ, oldest first."""
    number: int
    """Of all check-ins."""
    figures: DiaryFigures
    shared_at: datetime | None
    """Since when the clinicians are shown all of it; None: they are not."""
    help: bool
    """Say where to find help."""
    today: date
    """The person's own day."""


def mine(store: Store, token: str) -> Diary:
    """The signed-in patient's."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        entries = feelings_queries.entries(db, person.id, most=MOST_READ)
        shared = db.get(DiaryRow, person.id)
        return Diary(
            tuple(entries),
            feelings_queries.how_many(db, person.id),
            figures(entries),
            None if shared is None else shared.shared_at,
            needs_help_line(entries),
            day_of(now(), zone_of(db, person.id)),
        )


def page(store: Store, token: str, skip: int) -> tuple[CheckIn, ...]:
    """ON_A_PAGE of the signed-in patient's check-ins, the newest first, but for the `skip` newest."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        return tuple(reversed(feelings_queries.entries(db, person.id, most=ON_A_PAGE, skip=skip)))


def delete(store: Store, token: str, check_in_id: str) -> None:
    """Delete one of the patient's own check-ins: nothing of it is left but that there was one that day."""
    with store.begin() as db:
        row = own_check_in(db, require(db, token, Role.PATIENT), check_in_id)
        if row.erased_at is None:
            feelings_queries.empty(row, now())
        shown = db.get(DiaryRow, row.person_id) is not None
    if shown:
        waiting_exports.delete_all()
