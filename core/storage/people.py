"""Questions to the tables of people, care, invitations and sign-ins; the caller owns the transaction."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.domain.people import Person, Role
from core.storage.tables import BlockRow, CareRow, InvitationRow, PersonRow, SignInRow, code_key


def hashed(secret: str) -> str:
    """SHA-256 hex of a random secret (cookie, link). Passwords are short and go through argon2 instead."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person(row: PersonRow) -> Person:
    """The row as the domain knows a person."""
    return Person(id=row.id, code=row.code, role=Role(row.role), administrator=row.administrator, language=row.language)


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


def anyone(db: Session) -> bool:
    """Whether there is a single account."""
    return db.scalar(select(PersonRow.id).limit(1)) is not None


def colleagues(db: Session) -> list[PersonRow]:
    """Every clinician and researcher, ordered by code."""
    query = select(PersonRow).where(PersonRow.role != Role.PATIENT).order_by(PersonRow.role, PersonRow.code_key)
    return list(db.scalars(query))


def invitations_of(db: Session, person_ids: Sequence[str], at: datetime) -> dict[str, datetime]:
    """When the open invitation of each person ends, for those who have one at `at`."""
    query = select(InvitationRow.person_id, InvitationRow.expires_at).where(
        InvitationRow.person_id.in_(person_ids), InvitationRow.used_at.is_(None), InvitationRow.expires_at > at
    )
    return {row.person_id: row.expires_at for row in db.execute(query)}


def last_blocks(db: Session, person_ids: Sequence[str]) -> dict[str, datetime]:
    """When each person last began a run of faces, for those who ever did."""
    query = (
        select(BlockRow.person_id, func.max(BlockRow.started_at).label("last"))
        .where(BlockRow.person_id.in_(person_ids))
        .group_by(BlockRow.person_id)
    )
    return {row.person_id: row.last for row in db.execute(query)}


def use_invitation(db: Session, secret: str, at: datetime) -> PersonRow | None:
    """Use up the open invitation with `secret`; of two at the same moment one gets the person, the other None."""
    used = db.execute(
        update(InvitationRow)
        .where(
            InvitationRow.token_hash == hashed(secret),
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > at,
        )
        .values(used_at=at)
        .returning(InvitationRow.person_id)
    ).scalar()
    return None if used is None else db.get(PersonRow, used)


def end_invitations(db: Session, person_id: str, at: datetime) -> None:
    """No link handed over before `at` works any more."""
    db.execute(
        update(InvitationRow)
        .where(InvitationRow.person_id == person_id, InvitationRow.used_at.is_(None), InvitationRow.expires_at > at)
        .values(expires_at=at)
    )


def end_sign_ins(db: Session, person_id: str, at: datetime) -> None:
    """Sign the person out everywhere."""
    db.execute(
        update(SignInRow).where(SignInRow.person_id == person_id, SignInRow.ended_at.is_(None)).values(ended_at=at)
    )


def end_sign_in(db: Session, token: str, at: datetime) -> None:
    """Sign out where `token` is the cookie; nothing happens when it already ended."""
    db.execute(
        update(SignInRow).where(SignInRow.token_hash == hashed(token), SignInRow.ended_at.is_(None)).values(ended_at=at)
    )
