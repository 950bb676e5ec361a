"""Questions to the tables of people, care, invitations and sign-ins; the caller owns the transaction."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.people import Person, Role
from core.storage.tables import CareRow, InvitationRow, PersonRow, SignInRow, code_key


def hashed(secret: str) -> str:
    """SHA-256 hex of a random secret (cookie, link). Passwords are short and go through argon2 instead."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person(row: PersonRow) -> Person:
    """The row as the domain knows a person."""
    return Person(
        id=row.id, code=row.code, role=Role(row.role), administrator=row.administrator, language=row.language
    )


def signed_in(db: Session, token: str, at: datetime) -> PersonRow | None:
    """The active person whose open sign-in `token` is at `at`."""
    query = (
        select(PersonRow)
        .join(SignInRow, SignInRow.person_id == PersonRow.id)
        .where(
            SignInRow.token_hash == hashed(token),
            SignInRow.ended_at.is_(None),
            SignInRow.expires_at > at,
            PersonRow.active,
        )
    )
    return db.scalar(query)


def with_code(db: Session, code: str) -> PersonRow | None:
    """The person with `code`, whatever its capitals."""
    return db.scalar(select(PersonRow).where(PersonRow.code_key == code_key(code)))


def cares_for(db: Session, clinician_id: str, patient_id: str) -> bool:
    return db.get(CareRow, (clinician_id, patient_id)) is not None


def patients_of(db: Session, clinician_id: str) -> list[PersonRow]:
    """The clinician's patients, ordered by code."""
    query = (
        select(PersonRow)
        .join(CareRow, CareRow.patient_id == PersonRow.id)
        .where(CareRow.clinician_id == clinician_id, PersonRow.role == Role.PATIENT)
        .order_by(PersonRow.code_key)
    )
    return list(db.scalars(query))


def open_invitation(db: Session, secret: str, at: datetime) -> InvitationRow | None:
    """The invitation with `secret` if it was not used and has not expired at `at`."""
    query = select(InvitationRow).where(
        InvitationRow.token_hash == hashed(secret), InvitationRow.used_at.is_(None), InvitationRow.expires_at > at
    )
    return db.scalar(query)
