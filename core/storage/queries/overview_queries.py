"""Queries of the researcher's overview: runs by month, and what came of the faces in finished checks."""

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select
from sqlalchemy.orm import Session

from core.domain.exercise.trials import Kind, Response
from core.storage.tables import RECOGNITION, BlockRow, EnrolmentRow, StimulusSetRow, TrialRow
from core.storage.trials import UNSCORED, score_missing

_Ts = TypeVarTuple("_Ts")


@dataclass(frozen=True)
class MonthOfPerson:
    """One person's runs of recognition that are over, in one month."""

    person_id: str
    month: str
    """YYYY-MM, of UTC."""
    sessions: int
    faces: int
    """Of the runs that were answered to the end."""


@dataclass(frozen=True)
class TargetOfPerson:
    """One person's faces of one target in finished checks."""

    person_id: str
    target: str | None
    shown: int
    right: int
    not_sure: int
    missed: int
    """Not seen."""
    void: int
    unscored: int
    """Answers without a score, which are scored before they are counted: 0."""


def runs(db: Session, study_id: str | None, set_name: str | None) -> list[MonthOfPerson]:
    """Runs that are over, by person and month."""
    month = func.substr(cast(BlockRow.started_at, String), 1, 7).label("month")
    answered = case((BlockRow.stopped.is_(False), BlockRow.length), else_=0)
    query = select(
        BlockRow.person_id,
        month,
        func.count(BlockRow.session_id.distinct()).label("sessions"),
        func.sum(answered).label("faces"),
    ).where(BlockRow.task == RECOGNITION, BlockRow.ended_at.is_not(None))
    counted = db.execute(_of(query, study_id, set_name).group_by(BlockRow.person_id, month))
    return [MonthOfPerson(*row) for row in counted]


def faces_of_checks(db: Session, study_id: str | None, set_name: str | None) -> list[TargetOfPerson]:
    """Faces of finished checks, by person and target."""
    counted = _faces_of_checks(db, study_id, set_name)
    if any(row.unscored for row in counted):
        score_missing(db, BlockRow.kind == Kind.CHECK)
        return _faces_of_checks(db, study_id, set_name)
    return counted


def _faces_of_checks(db: Session, study_id: str | None, set_name: str | None) -> list[TargetOfPerson]:
    query = (
        select(
            BlockRow.person_id,
            TrialRow.target,
            func.count(TrialRow.correct).label("shown"),
            _how_many(TrialRow.correct.is_(True)).label("right"),
            _how_many(TrialRow.response == Response.NOT_SURE).label("not_sure"),
            _how_many(TrialRow.response == Response.CANNOT_SEE).label("missed"),
            _how_many(TrialRow.void.is_not(None)).label("void"),
            _how_many(UNSCORED).label("unscored"),
        )
        .join(TrialRow, TrialRow.block_id == BlockRow.id)
        .where(
            BlockRow.task == RECOGNITION,
            BlockRow.kind == Kind.CHECK,
            BlockRow.ended_at.is_not(None),
            BlockRow.stopped.is_(False),
        )
        .group_by(BlockRow.person_id, TrialRow.target)
    )
    return [TargetOfPerson(*row) for row in db.execute(_of(query, study_id, set_name))]


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _of(query: Select[*_Ts], study_id: str | None, set_name: str | None) -> Select[*_Ts]:
    """Of one set of faces, in whatever version, and of one study, while people took part in it."""
    if set_name is not None:
        sets = select(StimulusSetRow.id).where(StimulusSetRow.name == set_name)
        query = query.where(BlockRow.set_id.in_(sets))
    if study_id is not None:
        within = or_(EnrolmentRow.withdrawn_at.is_(None), BlockRow.started_at < EnrolmentRow.withdrawn_at)
        query = query.join(EnrolmentRow, EnrolmentRow.person_id == BlockRow.person_id).where(
            EnrolmentRow.study_id == study_id, BlockRow.started_at >= EnrolmentRow.enrolled_at, within
        )
    return query
