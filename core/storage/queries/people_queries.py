"""Queries of the tables of people and care; the caller owns the transaction."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlalchemy import collate, exists, func, select
from sqlalchemy.orm import Session

from core.domain.days import zone_or_utc
from core.domain.people import Person, Role
from core.storage.codes import code_key, exact_key
from core.storage.tables import CareRow, DemoAccountRow, ErasureRequestRow, IdentityRow, PersonRow, SessionRow


def hashed(secret: str) -> str:
    """SHA-256 hex of a random secret (cookie, link). Passwords are short and go through argon2 instead."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person(row: PersonRow) -> Person:
    """The row as the domain knows a person."""
    return Person(
        id=row.id,
        code=row.code,
        role=Role(row.role),
        administrator=row.administrator,
        language=row.language,
        time_zone=row.time_zone,
    )


def zone_of(db: Session, person_id: str) -> tzinfo:
    """Where the person was last, UTC where no browser of theirs has told."""
    return zone_or_utc(db.scalar(select(PersonRow.time_zone).where(PersonRow.id == person_id)))


def with_code(db: Session, code: str) -> PersonRow | None:
    """The person with `code`, or with one that looks like it; of two such people the one whose code it is exactly."""
    keys = {exact_key(code): 0, code_key(code): 1}
    rows = db.scalars(select(PersonRow).where(PersonRow.code_key.in_(keys)))
    return min(rows, key=lambda row: keys[row.code_key], default=None)


def cares_for(db: Session, clinician_id: str, patient_id: str) -> bool:
    return db.get(CareRow, (clinician_id, patient_id)) is not None


def carers(db: Session, patient_id: str) -> set[str]:
    """The ids of the clinicians who care for a patient."""
    return set(db.scalars(select(CareRow.clinician_id).where(CareRow.patient_id == patient_id)))


def patients_of(db: Session, clinician_id: str) -> list[PersonRow]:
    """The clinician's patients, ordered by code."""
    query = (
        select(PersonRow)
        .join(CareRow, CareRow.patient_id == PersonRow.id)
        .where(CareRow.clinician_id == clinician_id, PersonRow.role == Role.PATIENT)
        .order_by(collate(PersonRow.code_key, "C"))
    )
    return list(db.scalars(query))


def number_left_alone(db: Session, clinician_id: str) -> int:
    """For how many of the clinician's patients no other clinician with an open account cares."""
    others = (
        select(CareRow.patient_id)
        .join(PersonRow, PersonRow.id == CareRow.clinician_id)
        .where(CareRow.clinician_id != clinician_id, PersonRow.active)
    )
    query = select(func.count()).where(CareRow.clinician_id == clinician_id, CareRow.patient_id.not_in(others))
    return db.scalar(query) or 0


def anyone(db: Session) -> bool:
    """Whether there is a single account."""
    return db.scalar(select(PersonRow.id).limit(1)) is not None


def colleagues(db: Session) -> list[PersonRow]:
    """Every clinician and researcher, ordered by code."""
    query = (
        select(PersonRow)
        .where(PersonRow.role != Role.PATIENT)
        .order_by(PersonRow.role, collate(PersonRow.code_key, "C"))
    )
    return list(db.scalars(query))


def away_since(db: Session, before: datetime) -> list[tuple[str, datetime]]:
    """The codes of patients who were not here since `before`, with when they last were (who never was: when the
    account was made), the longest away first."""
    last = func.coalesce(func.max(SessionRow.last_at), PersonRow.created_at).label("last")
    query = (
        select(PersonRow.code, last)
        .outerjoin(SessionRow, SessionRow.person_id == PersonRow.id)
        .where(PersonRow.role == Role.PATIENT)
        .group_by(PersonRow.id)
        .having(last < before)
        .order_by(last, collate(PersonRow.code_key, "C"))
    )
    return [(row.code, row.last) for row in db.execute(query)]


def patients_among(db: Session, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that are a patient's."""
    known = set(db.scalars(select(PersonRow.id).where(PersonRow.role == Role.PATIENT)))
    return [id_ for id_ in dict.fromkeys(ids) if id_ in known]


def with_identity(db: Session, issuer: str, subject: str) -> PersonRow | None:
    """Who is `subject` at the OpenID provider `issuer`."""
    query = select(PersonRow).join(IdentityRow, IdentityRow.person_id == PersonRow.id)
    return db.scalar(query.where(IdentityRow.issuer == issuer, IdentityRow.subject == subject))


def identified(db: Session, person_ids: Sequence[str]) -> set[str]:
    """Which of these people are known at an OpenID provider."""
    return set(db.scalars(select(IdentityRow.person_id).where(IdentityRow.person_id.in_(person_ids))))


def came_alone(db: Session, patient_id: str) -> bool:
    """Whether this patient is known at an OpenID provider, and no clinician cares for them."""
    cared_for = select(CareRow.patient_id).where(CareRow.patient_id == patient_id).limit(1)
    return bool(identified(db, [patient_id])) and db.scalar(cared_for) is None


def asking_alone(db: Session) -> list[str]:
    """The codes of patients who asked that all of theirs be deleted, and for whom nobody cares."""
    query = select(PersonRow.code).join(ErasureRequestRow, ErasureRequestRow.person_id == PersonRow.id)
    alone = query.where(PersonRow.id.not_in(select(CareRow.patient_id)))
    return list(db.scalars(alone.order_by(collate(PersonRow.code_key, "C"))))


def active_administrators(db: Session) -> set[str]:
    """The ids of all who have that right; their rows stay as they are until this transaction ends."""
    query = select(PersonRow.id).where(PersonRow.administrator, PersonRow.active).with_for_update()
    return set(db.scalars(query))


def is_demonstration(db: Session) -> bool:
    """Whether accounts of this database are invented."""
    return bool(db.scalar(select(exists(select(DemoAccountRow.place)))))


def invented_accounts(db: Session) -> list[tuple[DemoAccountRow, PersonRow]]:
    """The accounts that a demonstration offers at the sign-in, in order."""
    rows = select(DemoAccountRow, PersonRow).join(PersonRow, PersonRow.id == DemoAccountRow.person_id)
    return [(row, person) for row, person in db.execute(rows.order_by(DemoAccountRow.place))]
