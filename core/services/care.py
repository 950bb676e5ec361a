"""Who cares for a patient: shared with colleagues, and ended. Archiving is `accounts.set_active`."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.domain.audit import Act
from core.domain.people import AccountEvent, NotAllowed, Role
from core.services.access import require_patient_of
from core.services.audit import note
from core.storage import people
from core.storage.account_events import record
from core.storage.database import Store
from core.storage.locks import take_turns
from core.storage.tables import CareRow, PersonRow


@dataclass(frozen=True)
class Colleague:
    """A clinician with an open account. `cares`: for the patient in question; `me`: who is asking."""

    id: str
    code: str
    cares: bool
    me: bool


def clinicians(store: Store, token: str, patient_id: str) -> list[Colleague]:
    """Every clinician who could care for a patient in one's care, by code."""
    with store.begin() as db:
        asking = require_patient_of(db, token, patient_id)
        caring = people.carers(db, patient_id)
        open_ = [row for row in people.colleagues(db) if row.role == Role.CLINICIAN and row.active]
        return [Colleague(row.id, row.code, row.id in caring, row.id == asking.id) for row in open_]


def share(store: Store, token: str, patient_id: str, clinician_id: str) -> None:
    """Let another clinician care for a patient in one's care, too. Doing it again changes nothing."""
    with store.begin() as db:
        actor = require_patient_of(db, token, patient_id)
        row = db.get(PersonRow, clinician_id)
        if row is None or row.role != Role.CLINICIAN or not row.active:
            raise NotAllowed("Only a clinician with an open account can care for a patient.")
        if people.cares_for(db, clinician_id, patient_id):
            return
        db.add(CareRow(clinician_id=clinician_id, patient_id=patient_id))
        record(db, actor.id, patient_id, AccountEvent.CARE_SHARED)
        note(db, actor, Act.ASSIGN, patient_id, gives=True)


def end_care(store: Store, token: str, patient_id: str, clinician_id: str) -> None:
    """End a clinician's care, one's own or a colleague's; somebody with an open account goes on caring."""
    with store.begin() as db:
        actor = require_patient_of(db, token, patient_id)
        take_turns(db, f"care {patient_id}")
        _require_another(db, patient_id, clinician_id)
        if row := db.get(CareRow, (clinician_id, patient_id)):
            db.delete(row)
            record(db, actor.id, patient_id, AccountEvent.CARE_ENDED)
            note(db, actor, Act.ASSIGN, patient_id, gives=False)


def _require_another(db: Session, patient_id: str, clinician_id: str) -> None:
    rest = people.carers(db, patient_id) - {clinician_id}
    if not any(db.get_one(PersonRow, one).active for one in rest):
        raise NotAllowed("Somebody must care for this patient. Share the care with a colleague first.")
