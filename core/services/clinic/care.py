"""Care relations: a patient shared with colleagues, handed over, and ended. Archiving is `accounts.set_active`."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.people import AccountEvent, NotAllowed, Person, Role
from core.services.gate.access import require_administrator, require_patient_of
from core.services.gate.audit import PURPOSE, note
from core.storage.database import Store
from core.storage.locks import write_lock
from core.storage.queries import people_queries
from core.storage.queries.account_event_queries import record
from core.storage.queries.pseudonym_queries import pseudonym
from core.storage.tables import CareRow, PersonRow

CARE_LOCK = "care"
"""Ending somebody's care and closing a clinician's account wait for each other, or a patient could end up alone."""


@dataclass(frozen=True)
class Colleague:
    """A clinician with an open account."""

    id: str
    code: str
    cares: bool
    """For the patient in question."""
    me: bool
    """It is who asks."""


def clinicians(store: Store, token: str, patient_id: str) -> list[Colleague]:
    """Every clinician who could care for a patient in one's care, by code."""
    with store.begin() as db:
        asking = require_patient_of(db, token, patient_id)
        caring = people_queries.carers(db, patient_id)
        open_ = [row for row in people_queries.colleagues(db) if row.role == Role.CLINICIAN and row.active]
        return [Colleague(row.id, row.code, row.id in caring, row.id == asking.id) for row in open_]


def share(store: Store, token: str, patient_id: str, clinician_id: str) -> None:
    """Let another clinician care for a patient in one's care, too. Doing it again changes nothing."""
    with store.begin() as db:
        actor = require_patient_of(db, token, patient_id)
        _require_open(db, clinician_id)
        if not people_queries.cares_for(db, clinician_id, patient_id):
            _give(db, actor, patient_id, clinician_id)


def hand_over(store: Store, token: str, from_id: str, to_id: str) -> int:
    """Let another clinician care for all patients of one, too, by an administrator; returns for how many that is new.

    The first one's account may be closed already. Their own care is not ended: the account may open again.
    """
    with store.begin() as db:
        administrator = require_administrator(db, token)
        _require_open(db, to_id)
        write_lock(db, CARE_LOCK)
        there = {row.id for row in people_queries.patients_of(db, to_id)}
        new = [row.id for row in people_queries.patients_of(db, from_id) if row.id not in there]
        for patient_id in new:
            _give(db, administrator, patient_id, to_id)
        return len(new)


def end_care(store: Store, token: str, patient_id: str, clinician_id: str) -> None:
    """End a clinician's care, one's own or a colleague's; somebody with an open account goes on caring."""
    with store.begin() as db:
        actor = require_patient_of(db, token, patient_id)
        write_lock(db, CARE_LOCK)
        _require_another(db, patient_id, clinician_id)
        if row := db.get(CareRow, (clinician_id, patient_id)):
            db.delete(row)
            record(db, actor.id, patient_id, AccountEvent.CARE_ENDED)
            note(db, actor, Act.ASSIGN, patient_id, gives=False, colleague=pseudonym(db, clinician_id, PURPOSE))


def asking_alone(store: Store, token: str) -> list[str]:
    """The codes of patients who wish to be deleted and whom no clinician sees yet, for an administrator: whoever came
    by an OpenID provider may ask before anybody took them into care."""
    with store.begin() as db:
        require_administrator(db, token)
        return people_queries.asking_alone(db)


def require_others(db: Session, clinician_id: str) -> None:
    """Refuse to go on where a patient of this clinician, archived or not, has no other with an open account."""
    write_lock(db, CARE_LOCK)
    if number := people_queries.number_left_alone(db, clinician_id):
        raise NotAllowed(
            "Patients who would have nobody, archived ones too: {number}. Hand them over first.", number=number
        )


def _give(db: Session, actor: Person, patient_id: str, clinician_id: str) -> None:
    db.add(CareRow(clinician_id=clinician_id, patient_id=patient_id))
    record(db, actor.id, patient_id, AccountEvent.CARE_SHARED)
    note(db, actor, Act.ASSIGN, patient_id, gives=True, colleague=pseudonym(db, clinician_id, PURPOSE))


def _require_open(db: Session, clinician_id: str) -> None:
    row = db.get(PersonRow, clinician_id)
    if row is None or row.role != Role.CLINICIAN or not row.active:
        raise NotAllowed("Only a clinician with an open account can care for a patient.")


def _require_another(db: Session, patient_id: str, clinician_id: str) -> None:
    rest = people_queries.carers(db, patient_id) - {clinician_id}
    if not any(db.get_one(PersonRow, one).active for one in rest):
        raise NotAllowed("Somebody must care for this patient. Share the care with a colleague first.")
