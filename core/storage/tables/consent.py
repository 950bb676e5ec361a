"""What people agreed to, and who needs a guardian's word beside their own."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base, now


class ConsentRow(Base):
    """One yes, no or withdrawal to one version of one text; rows are added and never changed.

    A guardian's name is not kept.
    """

    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(16))
    """The person or a guardian."""
    decision: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    text_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now)
    relation: Mapped[str | None] = mapped_column(String(16))
    signed_on: Mapped[date | None]
    """Where a guardian agreed on paper, the date there."""
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    """The clinician who saw the paper."""


class MinorRow(Base):
    """A person for whom a guardian consents too, as a clinician said; `until` is when they came of age."""

    __tablename__ = "minors"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    marked_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]
