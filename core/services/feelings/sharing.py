"""Sharing of a diary: the person decides, entry by entry or for all, and takes it back at any time.

Clinicians see by default that somebody checks in and how often. What they are shown is read anew at every click, and
each look at it stands in the audit log.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.days import day_of
from core.domain.feelings.check_in import CheckIn
from core.domain.feelings.diary import MOST_READ, DiaryFigures, figures
from core.domain.patient.consent import Purpose
from core.domain.people import Role
from core.services.feelings.check_ins import own_check_in
from core.services.gate.access import require, require_patient_of
from core.services.gate.audit import viewed
from core.services.privacy import consents
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.feelings.own_words import OwnWords
from core.storage.queries.people_queries import zone_of
from core.storage.tables import CheckInRow, DiaryRow, now
from core.storage.upserts import make

WEEKS = 8
"""Of which it is said how often somebody checked in."""


@dataclass(frozen=True)
class SharedDiary:
    """What a clinician may know of a patient's diary."""

    kept: bool
    """The person agreed to a diary, and that stands."""
    weeks: tuple[tuple[date, int], ...]
    """Check-ins in the latest WEEKS weeks of seven days, by the first day of each, oldest first."""
    whole: bool
    """The person shows all of it: but for own words and notes, which are there entry by entry."""
    entries: tuple[CheckIn, ...]
    """What is shown, the latest MOST_READ, oldest first."""
    number: int
    """Of all that are shown."""
    figures: DiaryFigures | None
    """Of these, where the whole diary is shown."""


def share_diary(store: Store, token: str, yes: bool) -> None:
    """The signed-in patient shows their clinicians the whole diary, or stops to: what was shown alone stays shown."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = db.get(DiaryRow, person.id)
        if yes:
            consents.require_agreed(db, person.id, Purpose.FEELINGS)
            make(db, DiaryRow, {"person_id": person.id}, shared_at=now())
        elif row is not None:
            db.delete(row)
    if not yes:
        waiting_exports.delete_all()


def share_entry(store: Store, token: str, check_in_id: str, yes: bool) -> None:
    """The signed-in patient shows one entry with its note, or stops to."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = own_check_in(db, person, check_in_id)
        if yes:
            consents.require_agreed(db, person.id, Purpose.FEELINGS)
        row.shared = yes and row.erased_at is None


def of_patient(store: Store, token: str, patient_id: str) -> SharedDiary:
    """What a patient in one's care shows; that it was seen is written to the audit log."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        shown = shared_with_clinicians(db, patient_id)
        if shown.entries:
            viewed(db, clinician, patient_id, Act.FEELINGS)
        return shown


def whole_diaries(db: Session) -> set[str]:
    """Everybody who shows the whole diary, and whose consents stand."""
    agreed = consents.agreed(db, Purpose.TREATMENT) & consents.agreed(db, Purpose.FEELINGS)
    return set(db.scalars(select(DiaryRow.person_id))) & agreed


def shared_for_research(db: Session, person_id: str) -> list[CheckIn]:
    """The check-ins of a whole diary that is shown, oldest first, without own words; whether the person agreed to
    research is the caller's to ask."""
    consented = consents.has_consent(db, person_id, Purpose.TREATMENT, Purpose.FEELINGS)
    if not consented or db.get(DiaryRow, person_id) is None:
        return []
    return [feelings_queries.entry_of(row) for row in feelings_queries.told_rows(db, person_id)]


def shared_with_clinicians(db: Session, patient_id: str) -> SharedDiary:
    """The same inside another service's transaction, after its check."""
    if not consents.has_consent(db, patient_id, Purpose.TREATMENT, Purpose.FEELINGS):
        return SharedDiary(False, (), False, (), 0, None)
    own, whole = OwnWords(db, patient_id), db.get(DiaryRow, patient_id) is not None
    only = None if whole else CheckInRow.shared.is_(True)
    entries = tuple(
        feelings_queries.entry_of(row, feelings_queries.revealed(own, row) if row.shared else None)
        for row in feelings_queries.told_rows(db, patient_id, only, MOST_READ)
    )
    number = feelings_queries.how_many(db, patient_id, only)
    return SharedDiary(True, _weeks(db, patient_id), whole, entries, number, figures(entries) if whole else None)


def _weeks(db: Session, patient_id: str) -> tuple[tuple[date, int], ...]:
    today = day_of(now(), zone_of(db, patient_id))
    firsts = [today - timedelta(days=7 * week + 6) for week in reversed(range(WEEKS))]
    ago = Counter((today - day).days // 7 for day in feelings_queries.days_from(db, patient_id, firsts[0]))
    return tuple((first, ago[WEEKS - 1 - place]) for place, first in enumerate(firsts))
