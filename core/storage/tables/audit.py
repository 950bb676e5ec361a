"""Who saw and did what, by pseudonyms only; the keys of those pseudonyms; and who asked to be erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.encryption import EncryptedText
from core.storage.tables.base import Base, now


class PersonKeyRow(Base):
    """A person's secret, from which pseudonyms and delays of exports are made. Without the row nobody can make them
    again."""

    __tablename__ = "person_keys"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedText)


class AuditRow(Base):
    """One entry of the audit log. Rows are added, numbered from 1 without a gap; triggers refuse any other change."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "about", "actor", "act", "at"),)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now)
    actor: Mapped[str | None] = mapped_column(String(16))
    """A pseudonym (`core.storage.pseudonyms`), never an id or a code."""
    act: Mapped[str] = mapped_column(String(24))
    about: Mapped[str | None] = mapped_column(String(16))
    """A pseudonym too."""
    facts: Mapped[dict[str, Any]]
    """What they say of people are pseudonyms too."""
    hash: Mapped[str] = mapped_column(String(64))
    """Over the entry and the hash of the one before it."""


class ErasureRequestRow(Base):
    """A patient's wish that all that is kept about them be deleted; the row goes with them, or when they take it
    back."""

    __tablename__ = "erasure_requests"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
