"""Queries of the caseload: which patients are asked for, in which order; then what stands in their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Date, Select, SQLColumnExpression, and_, case, collate, func, literal, or_, select
from sqlalchemy.orm import Session

from core.domain.days import day_of, zone_or_utc
from core.domain.patient.attention import LEFT_OPEN, RECENT, SILENCE
from core.domain.patient.caseload import CaseloadFilter, CaseloadOptions, CaseloadSort
from core.domain.people import Role
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.dose import WEEKS
from core.storage.codes import code_key
from core.storage.tables import CareRow, ErasureRequestRow, PersonRow, SummaryRow, TrainingDayRow

_T = TypeVar("_T")
_RANK = (
    VerdictKind.WORSE,
    VerdictKind.BASELINE_UNFINISHED,
    VerdictKind.BASELINE,
    VerdictKind.BELOW_DOSE,
    VerdictKind.CANNOT_TELL,
    VerdictKind.COULD_NOT_TELL,
    VerdictKind.NO_ROOM,
    VerdictKind.BETTER,
)
"""Verdicts in the order of the list, when it goes up."""
_verdict = func.coalesce(SummaryRow.verdict, VerdictKind.BASELINE_UNFINISHED.value)


@dataclass(frozen=True)
class PatientOverview:
    """A patient of the list. `summary` is None before the first run; seconds and days are those of four weeks."""

    person: PersonRow
    summary: SummaryRow | None
    seconds: float
    days: int
    erasure_asked: bool


def count(db: Session, clinician_id: str, options: CaseloadOptions, now: datetime) -> int:
    """How many patients `options` asks for, on all pages."""
    summaries = options.show is CaseloadFilter.ATTENTION or options.show.verdict is not None
    return db.scalar(_filtered(select(func.count()), clinician_id, options, now, summaries)) or 0


def anybody(db: Session, clinician_id: str, now: datetime) -> bool:
    """Whether there is a patient who is not archived."""
    return db.scalar(_filtered(select(PersonRow.id), clinician_id, CaseloadOptions(), now).limit(1)) is not None


def page(db: Session, clinician_id: str, options: CaseloadOptions, size: int, now: datetime) -> list[PatientOverview]:
    """The patients of one page, in order."""
    query = _filtered(select(PersonRow.id), clinician_id, options, now)
    order: list[SQLColumnExpression[object]]
    order = [_seconds(db, now)] if options.sort is CaseloadSort.DOSE else _order(options.sort, now)
    wanted: list[SQLColumnExpression[object]] = [one.desc() if options.descending else one.asc() for one in order]
    if options.sort is CaseloadSort.LAST:
        wanted.insert(0, SummaryRow.last_practice.is_(None).asc())  # who never practised is last either way
    by_code = collate(PersonRow.code_key, "C")
    wanted.append(by_code.desc() if options.sort is CaseloadSort.CODE and options.descending else by_code.asc())
    return _overviews(db, db.scalars(query.order_by(*wanted).limit(size).offset(options.page * size)).all(), now)


def _overviews(db: Session, ids: Sequence[str], now: datetime) -> list[PatientOverview]:
    days = _days(db, now).where(TrainingDayRow.person_id.in_(ids)).subquery()
    rows = db.execute(
        select(PersonRow, SummaryRow, days.c.seconds, days.c.days, ErasureRequestRow.person_id)
        .outerjoin(SummaryRow, SummaryRow.person_id == PersonRow.id)
        .outerjoin(days, days.c.person_id == PersonRow.id)
        .outerjoin(ErasureRequestRow, ErasureRequestRow.person_id == PersonRow.id)
        .where(PersonRow.id.in_(ids))
    )
    by_id = {row[0].id: PatientOverview(row[0], row[1], row[2] or 0.0, row[3] or 0, row[4] is not None) for row in rows}
    return [by_id[id_] for id_ in ids]


def _filtered(
    query: Select[_T], clinician_id: str, options: CaseloadOptions, now: datetime, summaries: bool = True
) -> Select[_T]:
    """`query` over the patients that `options` asks for, with their `summaries` or without."""
    query = (
        query.select_from(PersonRow)
        .join(CareRow, CareRow.patient_id == PersonRow.id)
        .where(CareRow.clinician_id == clinician_id, PersonRow.role == Role.PATIENT)
        .where(PersonRow.active.is_(options.show is not CaseloadFilter.ARCHIVED))
    )
    if summaries:
        query = query.outerjoin(SummaryRow, SummaryRow.person_id == PersonRow.id)
    if options.search.strip():
        query = query.where(PersonRow.code_key.contains(code_key(options.search), autoescape=True))
    if options.show is CaseloadFilter.ATTENTION:
        query = query.where(or_(*_needs(now)))
    if options.show.verdict is not None:
        query = query.where(_verdict == options.show.verdict)
    return query


def _days(db: Session, now: datetime) -> Select[str, float, int]:
    """Seconds and days of practice of each person in `_weeks`."""
    return (
        select(TrainingDayRow.person_id, func.sum(TrainingDayRow.seconds).label("seconds"), func.count().label("days"))
        .join(PersonRow, PersonRow.id == TrainingDayRow.person_id)
        .where(_weeks(db, now))
        .group_by(TrainingDayRow.person_id)
    )


def _seconds(db: Session, now: datetime) -> ColumnElement[float]:
    """The same seconds of the patient of a row, to order all by: asked for each of them, and for nobody else's."""
    total = select(func.sum(TrainingDayRow.seconds)).where(TrainingDayRow.person_id == PersonRow.id, _weeks(db, now))
    return func.coalesce(total.correlate(PersonRow).scalar_subquery(), 0.0)


def _weeks(db: Session, now: datetime) -> ColumnElement[bool]:
    """Of a day: whether it lies in the weeks that end with the person's own today, as the domain counts a dose."""
    names = db.scalars(select(PersonRow.time_zone).where(PersonRow.time_zone.is_not(None)).distinct())
    today = {name: day_of(now, zone_or_utc(name)) for name in names}
    elsewhere = day_of(now, UTC)

    def ago(weeks: int) -> ColumnElement[date]:
        days = {name: literal(day - timedelta(weeks=weeks), Date) for name, day in today.items()}
        other = literal(elsewhere - timedelta(weeks=weeks), Date)
        return case(days, value=PersonRow.time_zone, else_=other) if days else other

    return and_(TrainingDayRow.day > ago(WEEKS), TrainingDayRow.day <= ago(0))


def _order(sort: CaseloadSort, now: datetime) -> list[SQLColumnExpression[object]]:
    match sort:
        case CaseloadSort.ATTENTION:
            return [sum((case((need, 1), else_=0) for need in _needs(now)), start=case((PersonRow.active, 0), else_=0))]
        case CaseloadSort.CHANGE:
            rank = case(*((_verdict == kind.value, place) for place, kind in enumerate(_RANK)))
            return [rank, func.coalesce(SummaryRow.gain, 0.0)]
        case CaseloadSort.CHECKS:
            return [func.coalesce(SummaryRow.checks, 0)]
        case CaseloadSort.LAST:
            return [SummaryRow.last_practice]
        case _:
            return []


def _needs(now: datetime) -> list[ColumnElement[bool]]:
    """As `core.domain.patient.summary.concerns`, and a wish to be erased; a test keeps both equal."""
    summary = SummaryRow
    return [
        *(when >= now - RECENT for when in (summary.hard_at, summary.stopped_at, summary.check_stopped_at)),
        summary.check_left_at < now - LEFT_OPEN,
        and_(summary.last_practice < now - SILENCE, summary.checks_left > 0),
        and_(summary.last_practice.is_(None), PersonRow.created_at < now - SILENCE),
        PersonRow.id.in_(select(ErasureRequestRow.person_id)),
    ]
