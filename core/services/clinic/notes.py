"""Notes and life events of a patient, as a clinician in charge writes them down."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.days import has_begun, zone_named
from core.domain.patient.events import EventKind, LifeEvent
from core.domain.people import NotAllowed, Person, Refusal
from core.services.gate.access import require_patient_of
from core.services.gate.audit import note
from core.storage.database import Store
from core.storage.queries import clinic_queries
from core.storage.tables import LifeEventRow, NoteRow, QuestionnaireScoreRow, now

LONGEST_NOTE, LONGEST_EVENT = 5000, 200
Entry = TypeVar("Entry", LifeEventRow, NoteRow, QuestionnaireScoreRow)


@dataclass(frozen=True)
class Note:
    """A note with the code of who wrote it. `mine`: the reader did, and may correct or remove it."""

    id: int
    author: str | None
    at: datetime
    changed_at: datetime | None
    text: str
    mine: bool


def notes(store: Store, token: str, patient_id: str) -> list[Note]:
    """The notes about a patient in one's care, newest first."""
    with store.begin() as db:
        reader = require_patient_of(db, token, patient_id)
        return [
            Note(row.id, author, row.at, row.changed_at, row.text, row.author_id == reader.id)
            for row, author in clinic_queries.notes(db, patient_id)
        ]


def add_note(store: Store, token: str, patient_id: str, text: str) -> None:
    """Raises Refusal for an empty note or one of more than 5,000 signs."""
    with store.begin() as db:
        author = require_patient_of(db, token, patient_id)
        db.add(NoteRow(person_id=patient_id, author_id=author.id, text=_checked(text, LONGEST_NOTE)))


def change_note(store: Store, token: str, patient_id: str, note_id: int, text: str) -> None:
    """Correct one's own note; when it was changed is kept with it."""
    with store.begin() as db:
        row = _own_note(db, token, patient_id, note_id)
        row.text, row.changed_at = _checked(text, LONGEST_NOTE), now()


def remove_note(store: Store, token: str, patient_id: str, note_id: int) -> None:
    """Remove one's own note."""
    with store.begin() as db:
        db.delete(_own_note(db, token, patient_id, note_id))


def events(store: Store, token: str, patient_id: str) -> list[LifeEvent]:
    """The events in the life of a patient in one's care, oldest first."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        return [
            LifeEvent(row.id, row.happened_on, EventKind(row.kind), row.text)
            for row in clinic_queries.events(db, patient_id)
        ]


def add_event(store: Store, token: str, patient_id: str, on: date, kind: EventKind, text: str) -> None:
    """Raises Refusal for an empty text, one of more than 200 signs, or a day that has not come."""
    with store.begin() as db:
        author = require_patient_of(db, token, patient_id)
        require_past(on, author)
        said = _checked(text, LONGEST_EVENT)
        db.add(LifeEventRow(person_id=patient_id, author_id=author.id, happened_on=on, kind=kind, text=said))


def remove_event(store: Store, token: str, patient_id: str, event_id: int) -> None:
    """Remove an event of a patient in one's care, whoever entered it; the audit log says so."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        row = entry_of(db, LifeEventRow, event_id, patient_id, "This event is not there any more.")
        db.delete(row)
        note(db, clinician, Act.REMOVE, patient_id, event=row.kind, day=str(row.happened_on))


def entry_of(db: Session, kind: type[Entry], entry_id: int, patient_id: str, gone: str) -> Entry:
    """An entry about `patient_id`; raises NotAllowed, saying `gone`, where there is none with this id."""
    row = db.get(kind, entry_id)
    if row is None or row.person_id != patient_id:
        raise NotAllowed(gone)
    return row


def require_past(on: date, by: Person) -> None:
    """Raises Refusal for a day that has not come where `by` is."""
    if not has_begun(on, now(), zone_named(by.time_zone)):
        raise Refusal("This day has not come yet. Please check the date.")


def _own_note(db: Session, token: str, patient_id: str, note_id: int) -> NoteRow:
    author = require_patient_of(db, token, patient_id)
    others = "Only who wrote a note can change it."
    row = entry_of(db, NoteRow, note_id, patient_id, others)
    if row.author_id != author.id:
        raise NotAllowed(others)
    return row


def _checked(text: str, longest: int) -> str:
    text = text.strip()
    if not text:
        raise Refusal("Please write something first.")
    if len(text) > longest:
        raise Refusal("This has {length} signs; at most {longest} can be kept.", length=len(text), longest=longest)
    return text
