"""The list of a clinician's patients: which of them are asked for, in which order; then what stands in their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, collate, func, or_, select
from sqlalchemy.orm import Session

from core.domain.patient.attention import LEFT_OPEN, RECENT, SILENCE
from core.domain.patient.caseload import Show, Sort, Wish
from core.domain.people import Role
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.dose import WEEKS
from core.storage.tables import CareRow, ErasureRequestRow, PersonRow, StandingRow, TrainingDayRow, code_key

_T = TypeVar("_T")
_RANK = (
    VerdictKind.WORSE,
    VerdictKind.BASELINE_UNFINISHED,
    VerdictKind.BASELINE,
    VerdictKind.BELOW_DOSE,
    VerdictKind.CANNOT_TELL,
    VerdictKind.BETTER,
)
"""Verdicts in the order of the list, when it goes up."""
_verdict = func.coalesce(StandingRow.verdict, VerdictKind.BASELINE_UNFINISHED.value)


@dataclass(frozen=True)
class Found:
    """A patient of the list. `standing` is None before the first run; seconds and days are those of four weeks."""

    person: PersonRow
    standing: StandingRow | None
    seconds: float
    days: int
    erasure_asked: bool


def count(db: Session, clinician_id: str, wish: Wish, now: datetime) -> int:
    """How many patients `wish` asks for, on all pages."""
    return db.scalar(_asked(select(func.count()), clinician_id, wish, now)) or 0


def anybody(db: Session, clinician_id: str, now: datetime) -> bool:
    """Whether there is a patient who is not archived."""
    return db.scalar(_asked(select(PersonRow.id), clinician_id, Wish(), now).limit(1)) is not None


def page(db: Session, clinician_id: str, wish: Wish, size: int, now: datetime) -> list[Found]:
    """The patients of one page, in order."""
    query = _asked(select(PersonRow.id), clinician_id, wish, now)
    if wish.sort is Sort.DOSE:
        days = _days(now.date()).subquery()
        query = query.outerjoin(days, days.c.person_id == PersonRow.id)
        order: list[Any] = [func.coalesce(days.c.seconds, 0.0)]
    else:
        order = _order(wish.sort, now)
    wanted: list[Any] = [one.desc() if wish.descending else one.asc() for one in order]
    if wish.sort is Sort.LAST:
        wanted.insert(0, StandingRow.last_practice.is_(None).asc())  # who never practised is last either way
    by_code = collate(PersonRow.code_key, "C")
    wanted.append(by_code.desc() if wish.sort is Sort.CODE and wish.descending else by_code.asc())
    return _found(db, db.scalars(query.order_by(*wanted).limit(size).offset(wish.page * size)).all(), now.date())


def _found(db: Session, ids: Sequence[str], today: date) -> list[Found]:
    days = _days(today).where(TrainingDayRow.person_id.in_(ids)).subquery()
    rows = db.execute(
        select(PersonRow, StandingRow, days.c.seconds, days.c.days, ErasureRequestRow.person_id)
        .outerjoin(StandingRow, StandingRow.person_id == PersonRow.id)
        .outerjoin(days, days.c.person_id == PersonRow.id)
        .outerjoin(ErasureRequestRow, ErasureRequestRow.person_id == PersonRow.id)
        .where(PersonRow.id.in_(ids))
    )
    by_id = {row[0].id: Found(row[0], row[1], row[2] or 0.0, row[3] or 0, row[4] is not None) for row in rows}
    return [by_id[id_] for id_ in ids]


def _asked(query: Select[_T], clinician_id: str, wish: Wish, now: datetime) -> Select[_T]:
    """`query` over the patients that `wish` asks for."""
    query = (
        query.select_from(PersonRow)
        .join(CareRow, CareRow.patient_id == PersonRow.id)
        .outerjoin(StandingRow, StandingRow.person_id == PersonRow.id)
        .where(CareRow.clinician_id == clinician_id, PersonRow.role == Role.PATIENT)
        .where(PersonRow.active.is_(wish.show is not Show.ARCHIVED))
    )
    if wish.search.strip():
        query = query.where(PersonRow.code_key.contains(code_key(wish.search.strip()), autoescape=True))
    if wish.show is Show.ATTENTION:
        query = query.where(or_(*_needs(now)))
    if wish.show.verdict is not None:
        query = query.where(_verdict == wish.show.verdict)
    return query


def _days(today: date) -> Select[str, float, int]:
    """Seconds and days of practice of each person in the weeks that end `today`, as the domain counts a dose."""
    return (
        select(TrainingDayRow.person_id, func.sum(TrainingDayRow.seconds).label("seconds"), func.count().label("days"))
        .where(TrainingDayRow.day > today - timedelta(weeks=WEEKS), TrainingDayRow.day <= today)
        .group_by(TrainingDayRow.person_id)
    )


def _order(sort: Sort, now: datetime) -> list[Any]:
    match sort:
        case Sort.ATTENTION:
            return [sum((case((need, 1), else_=0) for need in _needs(now)), start=case((PersonRow.active, 0), else_=0))]
        case Sort.CHANGE:
            rank = case(*((_verdict == kind.value, place) for place, kind in enumerate(_RANK)))
            return [rank, func.coalesce(StandingRow.gain, 0.0)]
        case Sort.CHECKS:
            return [func.coalesce(StandingRow.checks, 0)]
        case Sort.LAST:
            return [StandingRow.last_practice]
        case _:
            return []


def _needs(now: datetime) -> list[ColumnElement[bool]]:
    """As `core.domain.patient.summary.concerns`, and a wish to be erased; a test keeps both equal."""
    standing = StandingRow
    return [
        *(when >= now - RECENT for when in (standing.hard_at, standing.stopped_at, standing.check_stopped_at)),
        standing.check_left_at < now - LEFT_OPEN,
        and_(standing.last_practice < now - SILENCE, standing.checks_left > 0),
        and_(standing.last_practice.is_(None), PersonRow.created_at < now - SILENCE),
        PersonRow.id.in_(select(ErasureRequestRow.person_id)),
    ]
