"""Queries of an export: enrolments, sittings and questionnaires of a person, the blocks that a selection asks for."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from core.domain.exercise.selection import Selection
from core.domain.exercise.trials import Kind
from core.storage.tables import (
    BlockRow,
    EnrolmentRow,
    PersonRow,
    PlanRow,
    QuestionnaireScoreRow,
    SessionRow,
    StimulusSetRow,
    StudyArmRow,
    StudyRow,
)

_SOME = 500
"""Values that go into one statement."""

Found = Sequence[Any]
"""Rows whose columns are named."""


def accounts(db: Session, person_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Code and language of each of these accounts."""
    by_id: dict[str, tuple[str, str]] = {}
    for ids in _batches(person_ids):
        rows = select(PersonRow.id, PersonRow.code, PersonRow.language).where(PersonRow.id.in_(ids))
        by_id |= {id_: (code, language) for id_, code, language in db.execute(rows)}
    return by_id


def enrolments(db: Session) -> Found:
    """Every enrolment with its study and arm: person_id, study_id, study, seed (None while it enrols), closed_at, arm,
    place, enrolled_at, withdrawn_at; in the order of enrolment."""
    query = (
        select(
            EnrolmentRow.person_id,
            EnrolmentRow.study_id,
            StudyRow.name.label("study"),
            StudyRow.seed,
            StudyRow.closed_at,
            StudyArmRow.name.label("arm"),
            EnrolmentRow.place,
            EnrolmentRow.enrolled_at,
            EnrolmentRow.withdrawn_at,
        )
        .join(StudyRow, StudyRow.id == EnrolmentRow.study_id)
        .join(StudyArmRow, (StudyArmRow.study_id == StudyRow.id) & (StudyArmRow.number == EnrolmentRow.arm))
    )
    return db.execute(query.order_by(EnrolmentRow.id)).all()


def sittings(db: Session, person_id: str) -> Found:
    """Every sitting of a person, the first one first: id, started_at, language, device, user_agent."""
    query = select(SessionRow.id, SessionRow.started_at, SessionRow.language, SessionRow.device, SessionRow.user_agent)
    return db.execute(
        query.where(SessionRow.person_id == person_id).order_by(SessionRow.started_at, SessionRow.id)
    ).all()


def chosen_blocks(selection: Selection) -> list[ColumnElement[bool]]:
    """What makes a block one that a selection asks for: it began within its days, is of its tasks and sets, and of a
    study was done while its person took part, or is a finished check from before. Preview and export ask by this."""
    began = BlockRow.started_at
    asked: list[ColumnElement[bool]] = [BlockRow.task.in_(selection.tasks)]
    if selection.sets:
        named = select(StimulusSetRow.id).where(StimulusSetRow.name.in_(selection.sets))
        asked.append(BlockRow.set_id.in_(named))
    if selection.begins is not None:
        asked.append(began >= selection.begins)
    if selection.ends is not None:
        asked.append(began < selection.ends)
    if selection.study is not None:
        finished_check = and_(BlockRow.kind == Kind.CHECK, BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False))
        part = exists().where(
            EnrolmentRow.person_id == BlockRow.person_id,
            EnrolmentRow.study_id == selection.study,
            or_(began >= EnrolmentRow.enrolled_at, finished_check),
            or_(EnrolmentRow.withdrawn_at.is_(None), began < EnrolmentRow.withdrawn_at),
        )
        asked.append(part)
    return asked


def blocks(db: Session, person_id: str, selection: Selection) -> Found:
    """The chosen blocks of a person in the order in which they began, with set and plan; `number`: the place of each
    among all blocks of the person, from 1."""
    order = (BlockRow.started_at, BlockRow.id)
    numbered = (
        select(BlockRow.id, func.row_number().over(order_by=order).label("number"))
        .where(BlockRow.person_id == person_id)
        .subquery()
    )
    query = (
        select(
            BlockRow.id,
            numbered.c.number,
            BlockRow.session_id,
            BlockRow.task,
            BlockRow.kind,
            BlockRow.blueprint,
            BlockRow.form,
            BlockRow.design,
            BlockRow.seed,
            BlockRow.length,
            BlockRow.started_at,
            BlockRow.ended_at,
            BlockRow.stopped,
            BlockRow.hard,
            BlockRow.baseline,
            PlanRow.content.label("plan"),
            StimulusSetRow.name.label("set_name"),
            StimulusSetRow.version.label("set_version"),
            StimulusSetRow.hash.label("set_hash"),
        )
        .join(numbered, numbered.c.id == BlockRow.id)
        .outerjoin(PlanRow, PlanRow.id == BlockRow.plan_id)
        .outerjoin(StimulusSetRow, StimulusSetRow.id == BlockRow.set_id)
        .where(BlockRow.person_id == person_id, *chosen_blocks(selection))
    )
    return db.execute(query.order_by(*order)).all()


def totals(db: Session, person_id: str) -> Found:
    """A person's questionnaire totals by day: questionnaire, filled_on, total."""
    query = select(
        QuestionnaireScoreRow.questionnaire, QuestionnaireScoreRow.filled_on, QuestionnaireScoreRow.total
    ).where(QuestionnaireScoreRow.person_id == person_id)
    return db.execute(query.order_by(QuestionnaireScoreRow.filled_on, QuestionnaireScoreRow.questionnaire)).all()


def size(db: Session, person_ids: Collection[str], selection: Selection) -> tuple[int, int, int]:
    """How many sittings and blocks of these people are chosen, and the sum of the blocks' lengths."""
    query = select(
        func.count(BlockRow.session_id.distinct()), func.count(), func.coalesce(func.sum(BlockRow.length), 0)
    ).where(*chosen_blocks(selection))
    sizes = [db.execute(query.where(BlockRow.person_id.in_(ids))).one() for ids in _batches(person_ids)]
    sessions, blocks, lengths = (sum(counts) for counts in zip(*sizes, strict=True)) if sizes else (0, 0, 0)
    return sessions, blocks, lengths


def _batches(values: Collection[str]) -> list[list[str]]:
    ordered = sorted(values)
    return [ordered[start : start + _SOME] for start in range(0, len(ordered), _SOME)]
