"""Erasure (GDPR Art. 17): the patient asks for it, a clinician who cares for them carries it out.

Nothing of the person remains but counts that name nobody, and entries of the audit log that nobody can attribute any
more: their key goes too, in the same transaction. Their random id is kept in a file, so that whoever
comes back with an older backup is erased again when a server starts: it is written before the database commits, and
taken back where that is refused.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.config import settings
from core.domain.audit import Act
from core.domain.days import day_of
from core.domain.people import NotAllowed, Person, Refusal, Role
from core.services.gate import throttle
from core.services.gate.access import require, require_patient_of
from core.services.gate.audit import note
from core.storage import waiting_exports
from core.storage.backups.leftovers import log_former, remove_leftovers
from core.storage.codes import code_key
from core.storage.database import Store
from core.storage.queries import erasure_queries, people_queries
from core.storage.queries.people_queries import is_demonstration
from core.storage.queries.sign_in_queries import browsers_of
from core.storage.tables import AttemptRow, ErasureRequestRow, PersonRow, now
from core.storage.upserts import make

_log = logging.getLogger(__name__)


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


def asked(store: Store, token: str, patient_id: str | None = None) -> date | None:
    """On which day of theirs the signed-in patient asked for erasure, or a patient in the signed-in clinician's care;
    None: they did not."""
    with store.begin() as db:
        if patient_id is None:
            patient_id = require(db, token, Role.PATIENT).id
        else:
            require_patient_of(db, token, patient_id)
        at = asked_by(db, [patient_id]).get(patient_id)
        return None if at is None else day_of(at, people_queries.zone_of(db, patient_id))


def asked_by(db: Session, person_ids: Sequence[str]) -> dict[str, datetime]:
    """When each of these people asked, for those who did."""
    query = select(ErasureRequestRow).where(ErasureRequestRow.person_id.in_(person_ids))
    return {row.person_id: row.asked_at for row in db.scalars(query)}


def erase(store: Store, token: str, patient_id: str, code: str) -> None:
    """Delete a patient in one's care and all that is theirs; `code` is theirs, typed once more.

    Raises Refusal for another code. There is no way back.
    """
    with _erasing(store) as (db, ids):
        clinician = require_patient_of(db, token, patient_id)
        if code_key(code) != code_key(db.get_one(PersonRow, patient_id).code):
            raise Refusal("“{code}” is not this patient’s code. Nothing was deleted.", code=code.strip())
        _erase(db, clinician, patient_id)
        ids.append(patient_id)


def erase_codes(store: Store, codes: Sequence[str]) -> int:
    """The same for whoever runs the installation; returns how many rows were deleted. All go, or none.

    Raises Refusal for a code that no patient has.
    """
    with _erasing(store) as (db, ids):
        named = {code: people_queries.with_code(db, code) for code in codes}
        rows = 0
        for code, row in named.items():
            if row is None:
                raise Refusal("Nobody here has the code “{code}”.", code=code)
            ids.append(row.id)
            rows += _erase(db, None, row.id)
    return rows


def erase_again(store: Store) -> int:
    """Erase whoever was erased before and is back with a restored backup, when a server starts; returns how many."""
    with store.begin() as db:
        known = set() if is_demonstration(db) else _erased()
    if not known:
        return 0
    with store.begin() as db:
        back = people_queries.patients_among(db, sorted(known))
        for id_ in back:
            _erase(db, None, id_)
    if back:
        _sweep(store)
    return len(back)


@contextmanager
def _erasing(store: Store) -> Iterator[tuple[Session, list[str]]]:
    """A transaction, and a list for the ids of those who are erased in it. Afterwards what may hold them beside the
    tables goes too. A demonstration invents the same people again: nobody is remembered there."""
    ids: list[str] = []
    with store.begin() as db:
        invents = is_demonstration(db)
    try:
        with store.begin() as db:
            yield db, ids
            if not invents:
                _remember(ids)
    except BaseException:
        if ids and not invents:
            _remember([f"-{id_}" for id_ in ids])
        raise
    _sweep(store)


def _sweep(store: Store) -> None:
    """Delete what may hold them: exports that wait to be fetched, and what the database's own files still have."""
    waiting_exports.delete_all()
    remove_leftovers(store)
    log_former(store)
    if not erasure_queries.sweep(store):
        _log.warning(
            "the log of the database could not be emptied after an erasure: it is when somebody is erased next, or "
            "when the server stops"
        )


def _remember(lines: Sequence[str]) -> None:
    _remembered().parent.mkdir(parents=True, exist_ok=True)
    _remembered().touch(mode=0o600)
    with _remembered().open("a", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def _erased() -> set[str]:
    """Who is not to come back. A line takes an id back that begins with a minus: the database had refused."""
    ids: set[str] = set()
    if _remembered().exists():
        for line in _remembered().read_text(encoding="ascii").split():
            if line.startswith("-"):
                ids.discard(line[1:])
            else:
                ids.add(line)
    return ids


def _remembered() -> Path:
    return settings().local / "erased"


def _erase(db: Session, by: Person | None, patient_id: str) -> int:
    row = db.get_one(PersonRow, patient_id)
    if row.role != Role.PATIENT:
        raise NotAllowed("Only patients are erased. Close a colleague’s account instead: what they did must stay.")
    wished = bool(asked_by(db, [patient_id]))
    note(db, by, Act.ERASE, patient_id, asked=wished)
    limits = [throttle.of_code(row.code), throttle.of_person(patient_id), throttle.of_signed_in(patient_id)]
    limits += [throttle.of_browser(browser, patient_id) for browser in browsers_of(db, patient_id)]
    guessed = [limit.about for limit in limits]
    db.execute(delete(AttemptRow).where(AttemptRow.about.in_(guessed)))
    return erasure_queries.erase(db, patient_id)
