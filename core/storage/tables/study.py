"""Studies, their arms, and who takes part."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base, new_id, now


class StudyRow(Base):
    """A study."""

    __tablename__ = "studies"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    protocol: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    """Draws the allocation (core/domain/exercise/allocation.py)."""
    allocated: Mapped[int] = mapped_column(default=0)
    """Places that were given away, also to people of whom nothing is kept any more."""
    created_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    """From then on nobody is enrolled."""
    licence: Mapped[str] = mapped_column(String(80), default="", server_default="")
    """Of its exports, as researchers name it; empty: nothing was said."""
    authors: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """Of its exports: names, in order."""


class StudyArmRow(Base):
    """One arm: what is trained in it. `number` counts from 0, as the allocation does."""

    __tablename__ = "study_arms"
    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80))
    plan: Mapped[dict[str, Any]]


class EnrolmentRow(Base):
    """A person's part in a study. A person takes part in one study at a time, and in none twice."""

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("study_id", "place"),
        UniqueConstraint("study_id", "person_id"),
        Index(
            "uq_enrolments_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    place: Mapped[int]
    """In the allocation, from 0."""
    arm: Mapped[int]
    """The one that the place gave."""
    enrolled_at: Mapped[datetime] = mapped_column(default=now)
    enrolled_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]


class ApprovalRow(Base):
    """What somebody asks a second person for (core/services/research/approvals.py), and what came of it."""

    __tablename__ = "approvals"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    act: Mapped[str] = mapped_column(String(20))
    """A value of `Act`."""
    asks: Mapped[dict[str, Any]]
    """`whom_in_json` of core/domain/exercise/selection.py."""
    reason: Mapped[str]
    asked_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    approved: Mapped[bool | None]
    used_at: Mapped[datetime | None]
