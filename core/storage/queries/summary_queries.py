"""Queries behind the summary row of a patient; every one reads that patient's rows alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.orm import Session

from core.domain.days import beginning
from core.domain.exercise.trials import Kind
from core.domain.patient.summary import LEAST_SEEN, RULE, CheckGroup, FinishedCheck
from core.domain.statistics.course_parts import CoursePart
from core.domain.statistics.dose import PracticeRun, minutes
from core.storage.queries.plan_queries import plans_of
from core.storage.tables import (
    IN_ORDER,
    LATEST_FIRST,
    RECOGNITION,
    BlockRow,
    PersonRow,
    SummaryRow,
    TrainingDayRow,
    TrialRow,
)
from core.storage.trials import score_missing

_PRACTICE = (BlockRow.started_at, BlockRow.ended_at, BlockRow.length)
_CHECK = (
    *(BlockRow.id, BlockRow.number, BlockRow.blueprint, BlockRow.form, BlockRow.started_at, BlockRow.length),
    *(BlockRow.plan_id, BlockRow.right_count, BlockRow.shown_count, BlockRow.practices_before),
    *(BlockRow.minutes_before, BlockRow.part, BlockRow.phase, BlockRow.own_day),
)


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
    """Every finished check of recognition, oldest first; of none of them a face is read that was counted before."""
    count_checks(db, person_id)
    plans, designs = plans_of(db, person_id), _designs(db, person_id)
    rows = db.execute(select(*_CHECK).where(*_finished(person_id, Kind.CHECK)).order_by(*IN_ORDER))
    return [
        FinishedCheck(
            id=row.id,
            number=row.number,
            blueprint=row.blueprint or "",
            began=row.started_at,
            right=row.right_count or 0,
            shown=row.shown_count or 0,
            length=row.length,
            design=designs[row.blueprint],
            plan=plans[row.plan_id],
            form=row.form,
            practices=row.practices_before or 0,
            minutes=row.minutes_before or 0.0,
            part=CoursePart(row.part) if row.part else None,
            phase=row.phase,
            own_day=row.own_day,
        )
        for row in rows
    ]


def check_groups(db: Session, person_id: str) -> list[CheckGroup]:
    """The person's finished checks, one line for each blueprint."""
    count_checks(db, person_id)
    counts = BlockRow.shown_count >= LEAST_SEEN * BlockRow.length
    rows = db.execute(
        select(
            BlockRow.blueprint,
            func.count(),
            func.sum(case((counts, 1), else_=0)),
            func.max(case((counts, BlockRow.number))),
        )
        .where(*_finished(person_id, Kind.CHECK))
        .group_by(BlockRow.blueprint)
    )
    designs = _designs(db, person_id)
    return [CheckGroup(designs[key], finished, int(used), latest) for key, finished, used, latest in rows]


def count_checks(db: Session, person_id: str) -> None:
    """Count the faces of finished checks, and the practice before them, where nobody has yet: by the score that stands
    beside each answer. What lies before a finished check never changes."""
    finished = _finished(person_id, Kind.CHECK)
    missing = db.execute(
        select(BlockRow.id, BlockRow.number).where(*finished, BlockRow.shown_count.is_(None)).order_by(*IN_ORDER)
    ).all()
    score_missing(db, BlockRow.id.in_([row.id for row in missing]))
    for row in missing:
        counted = (BlockRow.number, BlockRow.practices_before, BlockRow.minutes_before)
        earlier = select(*counted).where(*finished, BlockRow.number < row.number, BlockRow.shown_count.is_not(None))
        last = db.execute(earlier.order_by(*LATEST_FIRST).limit(1)).first()
        since, practices_before, minutes_before = last or (-1, None, None)
        faces = select(func.count()).where(TrialRow.block_id == row.id)
        db.execute(
            update(BlockRow)
            .where(BlockRow.id == row.id)
            .values(
                right_count=faces.where(TrialRow.correct.is_(True)).scalar_subquery(),
                shown_count=faces.where(TrialRow.correct.is_not(None)).scalar_subquery(),
                practices_before=(practices_before or 0) + practices_between(db, person_id, since, row.number),
                minutes_before=(minutes_before or 0.0) + _minutes_between(db, person_id, since, row.number),
            )
        )


def _designs(db: Session, person_id: str) -> dict[str | None, dict[str, Any]]:
    """What the finished checks of each blueprint have in common, by its key."""
    first = select(func.min(BlockRow.id)).where(*_finished(person_id, Kind.CHECK)).group_by(BlockRow.blueprint)
    return dict(db.execute(select(BlockRow.blueprint, BlockRow.design).where(BlockRow.id.in_(first))).all())


def practices_between(db: Session, person_id: str, after: int, before: int | None = None) -> int:
    """How many finished practices have a number above `after` and below `before`."""
    rows = select(func.count()).where(*_finished(person_id, Kind.PRACTICE), BlockRow.number > after)
    return db.scalar(rows if before is None else rows.where(BlockRow.number < before)) or 0


def practices_begun(db: Session, person_id: str, since: datetime, most: int) -> list[datetime]:
    """When each finished practice since then began, of up to so many of the latest; the latest first."""
    finished = (*_finished(person_id, Kind.PRACTICE), BlockRow.started_at >= since)
    return list(db.scalars(select(BlockRow.started_at).where(*finished).order_by(*LATEST_FIRST).limit(most)))


def training_days(db: Session, person_id: str, since: date) -> dict[date, float]:
    """Seconds of practice of each day with any from `since` on."""
    own = (TrainingDayRow.person_id == person_id, TrainingDayRow.day >= since)
    return dict(db.execute(select(TrainingDayRow.day, TrainingDayRow.seconds).where(*own)).all())


def latest_practices(db: Session, person_id: str, most: int) -> list[PracticeRun]:
    """Up to so many of the latest practices that are over, stopped ones among them, the latest first."""
    rows = select(*_PRACTICE).where(*_over(person_id, Kind.PRACTICE)).order_by(*LATEST_FIRST).limit(most)
    return [PracticeRun(*row) for row in db.execute(rows)]


def practices(db: Session, person_id: str, zone: tzinfo, on: date | None = None) -> list[PracticeRun]:
    """The practices of any task that are over, stopped ones among them; of all days or those that began `on` one in
    `zone`."""
    over = (BlockRow.person_id == person_id, BlockRow.kind == Kind.PRACTICE, BlockRow.ended_at.is_not(None))
    rows = select(*_PRACTICE).where(*over)
    if on is not None:
        next_day = beginning(on + timedelta(days=1), zone)
        rows = rows.where(BlockRow.started_at >= beginning(on, zone), BlockRow.started_at < next_day)
    return [PracticeRun(*row) for row in db.execute(rows)]


def without_summary(db: Session, most: int) -> Sequence[str]:
    """Up to `most` people who have begun a run and have no summary row by the rule of today."""
    known = select(SummaryRow.person_id).where(SummaryRow.change["rule"].as_integer() == RULE)
    return db.scalars(select(BlockRow.person_id).where(BlockRow.person_id.not_in(known)).distinct().limit(most)).all()


def in_courses(db: Session, since: datetime) -> Sequence[str]:
    """Who is not archived and made a check of a course after `since`."""
    query = select(BlockRow.person_id).join(PersonRow, PersonRow.id == BlockRow.person_id)
    query = query.where(PersonRow.active, BlockRow.own_day.is_not(None), BlockRow.started_at > since)
    return db.scalars(query.distinct().order_by(BlockRow.person_id)).all()


def _minutes_between(db: Session, person_id: str, after: int, before: int) -> float:
    between = (BlockRow.number > after, BlockRow.number < before)
    rows = select(*_PRACTICE).where(*_over(person_id, Kind.PRACTICE), *between)
    return sum(minutes(PracticeRun(*row)) for row in db.execute(rows))


def _finished(person_id: str, kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return (*_over(person_id, kind), BlockRow.stopped.is_(False))


def _over(person_id: str, kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return (
        BlockRow.person_id == person_id,
        BlockRow.task == RECOGNITION,
        BlockRow.kind == kind,
        BlockRow.ended_at.is_not(None),
    )
