"""Queries of check-ins; the caller owns the transaction. Own words and notes come decrypted, only where asked for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from core.domain.feelings.check_in import BodyMark, CheckIn, Company, Sensation, Surroundings, Zone
from core.storage.feelings.own_words import OwnWords
from core.storage.tables import CheckInRow, DiaryRow

HIDDEN = ("own_word", "note")
"""Fields that are stored encrypted under the person's own key."""
MOST = timedelta(minutes=5)
"""That a check-in counts among the time of a day: a minute for each part."""


def entries(
    db: Session, person_id: str, only: ColumnElement[bool] | None = None, most: int | None = None, skip: int = 0
) -> list[CheckIn]:
    """A person's check-ins in which something was answered or left out, oldest first, with own words and notes; the
    latest `most` of them, but for the `skip` newest."""
    own = OwnWords(db, person_id)
    return [entry_of(row, revealed(own, row)) for row in told_rows(db, person_id, only, most, skip)]


def told_rows(
    db: Session, person_id: str, only: ColumnElement[bool] | None = None, most: int | None = None, skip: int = 0
) -> Sequence[CheckInRow]:
    """Rows of check-ins in which something was told and that were not deleted, oldest first; the latest `most`, but for
    the `skip` newest."""
    newest = _told(person_id, only).order_by(CheckInRow.at.desc(), CheckInRow.id.desc())
    return db.scalars(newest.limit(most).offset(skip)).all()[::-1]


def how_many(db: Session, person_id: str, only: ColumnElement[bool] | None = None) -> int:
    """Of these check-ins."""
    return db.scalar(select(func.count()).select_from(_told(person_id, only).subquery())) or 0


def days_from(db: Session, person_id: str, first: date) -> list[date]:
    """The days from `first` on of these check-ins, one for each."""
    told = _told(person_id, CheckInRow.day >= first).subquery()
    return list(db.scalars(select(told.c.day)))


def entry_of(row: CheckInRow, own: Mapping[str, str | None] | None = None) -> CheckIn:
    """A row as a check-in; `own`: its own word and note in the clear, None: without them."""
    body = None if row.body is None else {Zone(zone): _mark(mark) for zone, mark in row.body.items()}
    own = own or {}
    return CheckIn(
        id=row.id,
        at=row.at,
        day=row.day,
        body=body,
        pleasant=row.pleasant,
        energy=row.energy,
        strength=row.strength,
        words=tuple(row.words),
        own_word=own.get("own_word"),
        unnamed=row.unnamed,
        ratings=row.ratings,
        with_whom=None if row.with_whom is None else Company(row.with_whom),
        place=None if row.place is None else Surroundings(row.place),
        note=own.get("note"),
        shared=row.shared,
    )


def fill(db: Session, row: CheckInRow, fields: Mapping[str, object]) -> None:
    """Write fields of a part; own words are encrypted."""
    own = OwnWords(db, row.person_id)
    for name, value in fields.items():
        text = value if value is None or isinstance(value, str) else ""
        setattr(row, name, own.hide(text) if name in HIDDEN else value)


def open_check_in(db: Session, person_id: str, since: datetime) -> CheckInRow | None:
    """The person's latest check-in that was begun after `since` and is not over."""
    query = select(CheckInRow).where(
        CheckInRow.person_id == person_id,
        CheckInRow.ended_at.is_(None),
        CheckInRow.erased_at.is_(None),
        CheckInRow.at > since,
    )
    return db.scalars(query.order_by(CheckInRow.at.desc())).first()


def has_told(db: Session, person_id: str) -> bool:
    """Whether a check-in of the person's is over and was not deleted."""
    rows = select(CheckInRow.id).where(
        CheckInRow.person_id == person_id, CheckInRow.ended_at.is_not(None), CheckInRow.erased_at.is_(None)
    )
    return db.scalar(rows.limit(1)) is not None


def time_of_check_ins(db: Session, person_id: str, day: date) -> timedelta:
    """What those of the person's own `day` took that are over, each at most as long as MOST."""
    rows = select(CheckInRow.at, CheckInRow.ended_at).where(
        CheckInRow.person_id == person_id, CheckInRow.day == day, CheckInRow.ended_at.is_not(None)
    )
    return sum((max(timedelta(), min(ended - at, MOST)) for at, ended in db.execute(rows) if ended), timedelta())


def empty(row: CheckInRow, at: datetime) -> None:
    """Delete what a check-in says; its date stays."""
    row.body = row.pleasant = row.energy = row.strength = row.own_word = row.note = row.with_whom = row.place = None
    row.words, row.ratings, row.told, row.unnamed, row.shared = [], {}, [], False, False
    row.erased_at = at


def stop_sharing(db: Session, person_id: str) -> None:
    """Nothing of the diary is shown to anybody any more."""
    db.execute(delete(DiaryRow).where(DiaryRow.person_id == person_id))
    db.execute(update(CheckInRow).where(CheckInRow.person_id == person_id).values(shared=False))


def revealed(own: OwnWords, row: CheckInRow) -> dict[str, str | None]:
    """The own word and the note of a row of this person, in the clear."""
    return {name: own.reveal(getattr(row, name)) for name in HIDDEN}


def _told(person_id: str, only: ColumnElement[bool] | None) -> Select[CheckInRow]:
    query = select(CheckInRow).where(
        CheckInRow.person_id == person_id,
        CheckInRow.erased_at.is_(None),
        func.json_array_length(CheckInRow.told) > 0,
    )
    return query if only is None else query.where(only)


def _mark(mark: Mapping[str, object]) -> BodyMark:
    sensation = mark.get("sensation")
    return BodyMark(int(str(mark["amount"])), None if sensation is None else Sensation(str(sensation)))
