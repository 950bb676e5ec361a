"""A person's own feelings: check-ins, and whether their clinicians may see all of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base, new_id, now


class CheckInRow(Base):
    """One check-in, part by part as it was told; a part that was left out is null or empty.

    `own_word` and `note` are encrypted under the person's own key (core/storage/feelings/own_words.py). An entry that
    the person deleted is emptied and stays as a date, so that a browser that was without a line cannot bring it back.
    """

    __tablename__ = "checkins"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    day: Mapped[date]
    """The person's own."""
    told: Mapped[list[Any]] = mapped_column(default=list)
    """The parts that were answered or left out, in order."""
    ended_at: Mapped[datetime | None]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    pleasant: Mapped[int | None]
    energy: Mapped[int | None]
    strength: Mapped[int | None]
    words: Mapped[list[Any]] = mapped_column(default=list)
    own_word: Mapped[str | None]
    unnamed: Mapped[bool] = mapped_column(default=False)
    ratings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    with_whom: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None]
    shared: Mapped[bool] = mapped_column(default=False)
    """With the person's clinicians, this entry and its note."""
    erased_at: Mapped[datetime | None]


class DiaryRow(Base):
    """A person who shows their clinicians the whole diary, but for own words and notes; the row goes when they stop."""

    __tablename__ = "diaries"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    shared_at: Mapped[datetime] = mapped_column(default=now)
