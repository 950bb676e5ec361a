"""Erasure (GDPR Art. 17): the patient asks for it, a clinician who cares for them carries it out.

Nothing of the person remains but counts that name nobody, and entries of the audit log that nobody can attribute any
more: their key goes too, in the same transaction. Their random id is kept in a file, so that whoever
comes back with an older backup is erased again when a server starts.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.config import settings
from core.domain.audit import Act
from core.domain.people import NotAllowed, Person, Refusal, Role
from core.services import export_files, throttle
from core.services.access import require, require_patient_of
from core.services.audit import note
from core.services.demonstration import invented
from core.storage import erasure as stored
from core.storage import people
from core.storage.database import Store
from core.storage.tables import AttemptRow, ErasureRequestRow, PersonRow, code_key, now
from core.storage.upserts import make


def ask(store: Store, token: str) -> None:
    """The signed-in patient wishes that all that is kept about them be deleted."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        if db.get(ErasureRequestRow, person.id) is None:
            make(db, ErasureRequestRow, {"person_id": person.id}, asked_at=now())
            note(db, person, Act.ERASURE_ASKED, person.id)


def take_back(store: Store, token: str) -> None:
    """The signed-in patient does not wish it any more."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = db.get(ErasureRequestRow, person.id)
        if row is not None:
            db.delete(row)
            note(db, person, Act.ERASURE_TAKEN_BACK, person.id)


def asked(store: Store, token: str, patient_id: str | None = None) -> datetime | None:
    """When the signed-in patient asked for erasure, or a patient in the signed-in clinician's care; None: they did
    not."""
    with store.begin() as db:
        if patient_id is None:
            patient_id = require(db, token, Role.PATIENT).id
        else:
            require_patient_of(db, token, patient_id)
        return asked_by(db, [patient_id]).get(patient_id)


def asked_by(db: Session, person_ids: Sequence[str]) -> dict[str, datetime]:
    """When each of these people asked, for those who did."""
    query = select(ErasureRequestRow).where(ErasureRequestRow.person_id.in_(person_ids))
    return {row.person_id: row.asked_at for row in db.scalars(query)}


def erase(store: Store, token: str, patient_id: str, code: str) -> None:
    """Delete a patient in one's care and all that is theirs; `code` is theirs, typed once more.

    Raises Refusal for another code. There is no way back.
    """
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        if code_key(code.strip()) != db.get_one(PersonRow, patient_id).code_key:
            raise Refusal("“{code}” is not this patient’s code. Nothing was deleted.", code=code.strip())
        _erase(db, clinician, patient_id)
    _and_sweep(store, [patient_id])


def erase_codes(store: Store, codes: Sequence[str]) -> int:
    """The same for whoever runs the installation; returns how many rows were deleted. All go, or none.

    Raises Refusal for a code that no patient has.
    """
    with store.begin() as db:
        found = {code: people.with_code(db, code) for code in codes}
        rows, ids = 0, []
        for code, row in found.items():
            if row is None:
                raise Refusal("Nobody here has the code “{code}”.", code=code)
            ids.append(row.id)
            rows += _erase(db, None, row.id)
    _and_sweep(store, ids)
    return rows


def erase_again(store: Store) -> int:
    """Erase whoever was erased before and is back with a restored backup, when a server starts; returns how many."""
    if not _remembered().exists() or invented(store):
        return 0
    with store.begin() as db:
        back = people.patients_among(db, _remembered().read_text(encoding="ascii").split())
        for id_ in back:
            _erase(db, None, id_)
    if back:
        _and_sweep(store, [])
    return len(back)


def _and_sweep(store: Store, ids: list[str]) -> None:
    """After the database: remember whom not to let back, and delete what may hold them beside its tables, which are
    exports that wait to be fetched and the database's own file. A demonstration invents the same people again."""
    if ids and not invented(store):
        _remembered().parent.mkdir(parents=True, exist_ok=True)
        _remembered().touch(mode=0o600)
        with _remembered().open("a", encoding="ascii") as file:
            file.writelines(f"{id_}\n" for id_ in ids)
    export_files.forget_all()
    stored.sweep(store)


def _remembered() -> Path:
    return settings().local / "erased"


def _erase(db: Session, by: Person | None, patient_id: str) -> int:
    row = db.get_one(PersonRow, patient_id)
    if row.role != Role.PATIENT:
        raise NotAllowed("Only patients are erased. Close a colleague’s account instead: what they did must stay.")
    wished = bool(asked_by(db, [patient_id]))
    note(db, by, Act.ERASE, patient_id, asked=wished)
    guessed = [throttle.of_code(row.code).about, throttle.of_person(patient_id).about]
    db.execute(delete(AttemptRow).where(AttemptRow.about.in_(guessed)))
    return stored.erase(db, patient_id)
