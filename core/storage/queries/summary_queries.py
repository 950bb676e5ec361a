"""Queries behind the summary row of a patient; every one reads that patient's rows alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.orm import Session

from core.domain.days import beginning
from core.domain.exercise.trials import Kind
from core.domain.patient.summary import RULE, FinishedCheck
from core.domain.statistics.dose import PracticeRun
from core.storage.queries.plan_queries import plans_of
from core.storage.tables import IN_ORDER, RECOGNITION, BlockRow, SummaryRow, TrialRow
from core.storage.trials import UNSCORED, score_missing


@dataclass(frozen=True)
class RunDates:
    """When the last run of either task began: any, one that was called hard, one stopped that was no check, a stopped
    check, an open check."""

    last: datetime | None
    hard: datetime | None
    stopped: datetime | None
    check_stopped: datetime | None
    check_left: datetime | None


def run_dates(db: Session, person_id: str) -> RunDates:
    began, check = BlockRow.started_at, BlockRow.kind == Kind.CHECK
    conditions = (
        BlockRow.hard.is_(True),
        BlockRow.stopped & ~check,
        BlockRow.stopped & check,
        check & BlockRow.ended_at.is_(None),
    )
    latest = [func.max(case((condition, began))) for condition in conditions]
    return RunDates(*db.execute(select(func.max(began), *latest).where(BlockRow.person_id == person_id)).one())


def finished_checks(db: Session, person_id: str) -> list[FinishedCheck]:
    """Every finished check of recognition, oldest first, counted by the score that stands beside each answer."""
    rows = _counted(db, person_id)
    if any(unscored for *_, unscored in rows):
        score_missing(db, BlockRow.person_id == person_id)
        rows = _counted(db, person_id)
    plans = plans_of(db, person_id)
    return [
        FinishedCheck(
            row.id,
            row.number,
            row.blueprint or "",
            row.started_at,
            int(right or 0),
            int(shown or 0),
            row.length,
            row.design,
            plans[row.plan_id],
        )
        for row, right, shown, _ in rows
    ]


def _counted(db: Session, person_id: str) -> Sequence[Row[BlockRow, int | None, int | None, int | None]]:
    """The finished checks: how many faces were named as meant, of how many, and how many have no score yet."""
    counts = (
        select(
            TrialRow.block_id,
            func.sum(case((TrialRow.correct.is_(True), 1), else_=0)).label("right"),
            func.count(TrialRow.correct).label("shown"),
            func.sum(case((UNSCORED, 1), else_=0)).label("unscored"),
        )
        .join(BlockRow, BlockRow.id == TrialRow.block_id)
        .where(BlockRow.person_id == person_id, BlockRow.kind == Kind.CHECK)
        .group_by(TrialRow.block_id)
        .subquery()
    )
    rows = (
        select(BlockRow, counts.c.right, counts.c.shown, counts.c.unscored)
        .outerjoin(counts, counts.c.block_id == BlockRow.id)
        .where(*_over(person_id, Kind.CHECK), BlockRow.stopped.is_(False))
        .order_by(*IN_ORDER)
    )
    return db.execute(rows).all()


def practices_begun(db: Session, person_id: str) -> list[tuple[int, datetime]]:
    """The number of each finished practice and when it began, oldest first."""
    finished = (*_over(person_id, Kind.PRACTICE), BlockRow.stopped.is_(False))
    rows = db.execute(select(BlockRow.number, BlockRow.started_at).where(*finished).order_by(*IN_ORDER))
    return [(row[0], row[1]) for row in rows]


def practices(db: Session, person_id: str, zone: tzinfo, on: date | None = None) -> list[PracticeRun]:
    """The practices that are over, stopped ones among them; of all days or those that began `on` one in `zone`."""
    rows = select(BlockRow.started_at, BlockRow.ended_at, BlockRow.length).where(*_over(person_id, Kind.PRACTICE))
    if on is not None:
        next_day = beginning(on + timedelta(days=1), zone)
        rows = rows.where(BlockRow.started_at >= beginning(on, zone), BlockRow.started_at < next_day)
    return [PracticeRun(*row) for row in db.execute(rows)]


def without_summary(db: Session, most: int) -> Sequence[str]:
    """Up to `most` people who have begun a run and have no summary row by the rule of today."""
    known = select(SummaryRow.person_id).where(SummaryRow.change["rule"].as_integer() == RULE)
    return db.scalars(select(BlockRow.person_id).where(BlockRow.person_id.not_in(known)).distinct().limit(most)).all()


def _over(person_id: str, kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return (
        BlockRow.person_id == person_id,
        BlockRow.task == RECOGNITION,
        BlockRow.kind == kind,
        BlockRow.ended_at.is_not(None),
    )
