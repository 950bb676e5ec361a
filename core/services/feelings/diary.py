"""Diary of one's own feelings, as the person reads, changes and deletes it. It can be read without a consent."""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.days import day_of
from core.domain.feelings.check_in import CheckIn, Part, parse_part
from core.domain.feelings.diary import DiaryFigures, figures, needs_help_line
from core.domain.people import Role
from core.services.feelings.check_ins import own_check_in
from core.services.gate.access import require
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import DiaryRow, now


@dataclass(frozen=True)
class Diary:
    """A person's check-ins, oldest first, and what they come to."""

    entries: tuple[CheckIn, ...]
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
        entries = feelings_queries.entries(db, person.id)
        shared = db.get(DiaryRow, person.id)
        return Diary(
            tuple(entries),
            figures(entries),
            None if shared is None else shared.shared_at,
            needs_help_line(entries),
            day_of(now(), zone_of(db, person.id)),
        )


def change(store: Store, token: str, check_in_id: str, part: Part, value: object) -> None:
    """Answer a part of one of the patient's own check-ins anew. Raises PartNotUnderstood."""
    with store.begin() as db:
        row = own_check_in(db, require(db, token, Role.PATIENT), check_in_id)
        if row.erased_at is None:
            feelings_queries.fill(db, row, parse_part(part, value))


def delete(store: Store, token: str, check_in_id: str) -> None:
    """Delete one of the patient's own check-ins: nothing of it is left but that there was one that day."""
    with store.begin() as db:
        row = own_check_in(db, require(db, token, Role.PATIENT), check_in_id)
        if row.erased_at is None:
            feelings_queries.empty(row, now())
        shown = db.get(DiaryRow, row.person_id) is not None
    if shown:
        waiting_exports.delete_all()
