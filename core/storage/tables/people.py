"""People, who cares for whom, and invitations."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.domain.language import SOURCE
from core.storage.codes import code_key
from core.storage.tables.base import Base, new_id, now


def _code_key(context: Any) -> str:
    return code_key(str(context.get_current_parameters()["code"]))


class PersonRow(Base):
    """A person; a patient has a code and no name. Without a password the invitation was not used yet."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(64))
    code_key: Mapped[str] = mapped_column(String(192), unique=True, default=_code_key)
    """Two people who had codes that look alike before these were one keep the exact key of one of them."""
    role: Mapped[str] = mapped_column(String(16))
    administrator: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(256))
    language: Mapped[str] = mapped_column(String(8), default=SOURCE)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    """Of the last browser at which they were, by its IANA name."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class CareRow(Base):
    """Which clinician cares for which patient."""

    __tablename__ = "care"
    clinician_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class InvitationRow(Base):
    """A one-time link with which a person sets a password; only the hash of its secret is kept."""

    __tablename__ = "invitations"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
