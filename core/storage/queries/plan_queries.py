"""Queries of the plans of patients, of which the newest is in force, and of the courses of checks that they ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.domain.exercise.plan import STANDARD_PLAN, Plan
from core.domain.statistics.block_limits import LookLimits
from core.domain.statistics.block_verdict import BlockVerdict
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course_parts import ClosedPart, CoursePart
from core.storage.tables import BlockRow, CoursePartRow, PlanRow, TrainingDayRow

_STILL = "still"
"""Among the figures of a follow-up: its comparison with the baseline."""


def plans_of(db: Session, person_id: str) -> dict[int | None, Plan]:
    """Every plan a person ever had, by the number of its row; None is the plan of who has none stored."""
    rows = select(PlanRow.id, PlanRow.content).where(PlanRow.person_id == person_id)
    return {None: Plan(), **{number: Plan.from_json(content) for number, content in db.execute(rows)}}


def plan_in_force(db: Session, person_id: str) -> tuple[int | None, Plan]:
    """The newest plan of a person with its row id, or the plan of who began when none was stored."""
    newest = select(PlanRow).where(PlanRow.person_id == person_id).order_by(PlanRow.id.desc()).limit(1)
    row = db.scalars(newest).first()
    return (None, Plan()) if row is None else (row.id, Plan.from_json(row.content))


def set_at(db: Session, plan_id: int) -> datetime | None:
    """When somebody set this plan; None of the one that new patients have."""
    row = db.get_one(PlanRow, plan_id)
    return None if row.created_by is None and Plan.from_json(row.content) == STANDARD_PLAN else row.created_at


def programme_since(db: Session, person_id: str) -> datetime | None:
    """Since when each of the person's plans has had a programme; None where the newest has none."""
    since: datetime | None = None
    rows = select(PlanRow.created_at, PlanRow.content).where(PlanRow.person_id == person_id)
    for at, content in db.execute(rows.order_by(PlanRow.id.desc())):
        if not content.get("programme"):
            break
        since = at
    return since


def closed_parts(db: Session, person_id: str) -> list[ClosedPart]:
    """In the order in which they were closed."""
    rows = db.scalars(select(CoursePartRow).where(CoursePartRow.person_id == person_id).order_by(CoursePartRow.id))
    return [
        ClosedPart(row.phase, CoursePart(row.part), row.closed_on, tuple(row.checks), row.by_clinician, *_verdicts(row))
        for row in rows
    ]


def add_parts(db: Session, person_id: str, parts: Sequence[ClosedPart], by: str | None = None) -> None:
    for part in parts:
        figures = asdict(part.verdict) if part.verdict else None
        kind = figures.pop("kind") if figures else None
        if figures is not None and part.still is not None:
            figures[_STILL] = asdict(part.still)
        db.add(
            CoursePartRow(
                person_id=person_id,
                phase=part.phase,
                part=part.part,
                closed_on=part.on,
                closed_by=by if part.by_clinician else None,
                by_clinician=part.by_clinician,
                checks=list(part.checks),
                verdict=kind,
                figures=figures,
            )
        )
    db.flush()


def last_check_day(db: Session, person_id: str) -> tuple[date | None, datetime | None]:
    """The last own day of a check of a course, finished or not; and when one last ended."""
    rows = select(func.max(BlockRow.own_day), func.max(BlockRow.ended_at)).where(
        BlockRow.person_id == person_id, BlockRow.own_day.is_not(None)
    )
    day, ended = db.execute(rows).one()
    return day, ended


def has_warm_up(db: Session, person_id: str) -> bool:
    """Whether a warm-up is over, finished or stopped."""
    rows = select(BlockRow.id).where(BlockRow.person_id == person_id, BlockRow.part == CoursePart.WARM_UP)
    return db.scalar(rows.limit(1)) is not None


def days_trained(db: Session, person_id: str, after: date, before: date | None = None) -> int:
    """On how many own days after the one, and before the other, there was practice."""
    rows = select(func.count()).where(TrainingDayRow.person_id == person_id, TrainingDayRow.day > after)
    return db.scalar(rows if before is None else rows.where(TrainingDayRow.day < before)) or 0


def last_training_day(db: Session, person_id: str, days: int, after: date) -> date | None:
    """The last of the first so many own days with practice after the one; None where there was none."""
    rows = select(TrainingDayRow.day).where(TrainingDayRow.person_id == person_id, TrainingDayRow.day > after)
    first = rows.order_by(TrainingDayRow.day).limit(days).subquery()
    last: date | None = db.scalar(select(func.max(first.c.day)))
    return last


def last_day_before(db: Session, person_id: str, today: date) -> date | None:
    """The last own day before `today` on which there was practice or a check of a course."""
    trained = select(func.max(TrainingDayRow.day)).where(
        TrainingDayRow.person_id == person_id, TrainingDayRow.day < today
    )
    checked = select(func.max(BlockRow.own_day)).where(BlockRow.person_id == person_id, BlockRow.own_day < today)
    return max((day for day in (db.scalar(trained), db.scalar(checked)) if day), default=None)


def _verdicts(row: CoursePartRow) -> tuple[BlockVerdict | None, BlockVerdict | None]:
    """The part's own, and that of a follow-up against the baseline."""
    if row.verdict is None or row.figures is None:
        return None, None
    figures = dict(row.figures)
    still = figures.pop(_STILL, None)
    return _verdict({**figures, "kind": row.verdict}), _verdict(still) if still else None


def _verdict(figures: Mapping[str, Any]) -> BlockVerdict:
    return BlockVerdict(**{**figures, "limits": LookLimits(**figures["limits"]), "kind": VerdictKind(figures["kind"])})
