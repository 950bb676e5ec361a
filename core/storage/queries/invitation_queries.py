"""Queries of the table of invitations; the caller owns the transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from core.storage.queries.people_queries import hashed
from core.storage.tables import InvitationRow, PersonRow


def invitation(db: Session, secret: str) -> InvitationRow | None:
    """The invitation with `secret`, whether it still works or not."""
    return db.get(InvitationRow, hashed(secret))


def invitations_of(db: Session, person_ids: Sequence[str], at: datetime) -> dict[str, datetime]:
    """When the open invitation of each person ends, for those who have one at `at`."""
    query = select(InvitationRow.person_id, InvitationRow.expires_at).where(
        InvitationRow.person_id.in_(person_ids), *_open(at)
    )
    return {row.person_id: row.expires_at for row in db.execute(query)}


def use_invitation(db: Session, secret: str, at: datetime) -> PersonRow | None:
    """Use up the open invitation with `secret`; of two at the same moment one gets the person, the other None."""
    used = db.execute(
        update(InvitationRow)
        .where(
            InvitationRow.token_hash == hashed(secret),
            *_open(at),
        )
        .values(used_at=at)
        .returning(InvitationRow.person_id)
    ).scalar()
    return None if used is None else db.get(PersonRow, used)


def end_invitations(db: Session, person_id: str, at: datetime) -> None:
    """No link that is open at `at` works any more, not even for who began to use it a moment before."""
    db.execute(
        update(InvitationRow)
        .where(InvitationRow.person_id == person_id, InvitationRow.used_at.is_(None))
        .values(expires_at=InvitationRow.created_at)
    )


def _open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What was ended expired when it was made, whatever the clocks of then and now say."""
    lasting = InvitationRow.expires_at > InvitationRow.created_at
    return InvitationRow.used_at.is_(None), lasting, InvitationRow.expires_at > at


def forget_ended_invitations(db: Session, before: datetime) -> None:
    """Delete the links of everybody that were used or ran out before then."""
    db.execute(delete(InvitationRow).where(or_(InvitationRow.used_at < before, InvitationRow.expires_at < before)))
