"""Queries of an export: a person's sittings, blocks and enrolments, and the trials of some blocks.

Columns are read, not objects: a million trials go through here.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from core.domain.exercise.trials import Kind
from core.storage.tables import (
    BlockRow,
    EnrolmentRow,
    NetworkRow,
    PersonRow,
    PlanRow,
    QuestionnaireScoreRow,
    SessionRow,
    StimulusRow,
    StimulusSetRow,
    StudyArmRow,
    StudyRow,
    TrialRow,
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


def blocks(db: Session, person_id: str) -> Found:
    """Every block of a person in the order in which they began, with its set and plan."""
    query = (
        select(
            BlockRow.id,
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
        .outerjoin(PlanRow, PlanRow.id == BlockRow.plan_id)
        .outerjoin(StimulusSetRow, StimulusSetRow.id == BlockRow.set_id)
        .where(BlockRow.person_id == person_id)
    )
    return db.execute(query.order_by(BlockRow.started_at, BlockRow.id)).all()


def trials(db: Session, block_ids: Collection[str]) -> dict[str, list[Any]]:
    """The trials of these blocks with their faces, by block, in order."""
    query = (
        select(
            TrialRow.block_id,
            TrialRow.number,
            TrialRow.session_id,
            TrialRow.target,
            TrialRow.intensity,
            TrialRow.votes,
            TrialRow.exposure_ms,
            TrialRow.painted_at,
            TrialRow.answered_at,
            TrialRow.response,
            TrialRow.best_guess,
            TrialRow.response_time_ms,
            TrialRow.focus_lost,
            TrialRow.void,
            TrialRow.earlier_face,
            TrialRow.earlier_identity,
            TrialRow.network_id,
            TrialRow.network_probabilities,
            TrialRow.frames,
            TrialRow.way,
            TrialRow.language,
            TrialRow.window,
            TrialRow.device,
            TrialRow.software,
            StimulusRow.file,
            StimulusRow.picture_hash,
            StimulusRow.identity,
            StimulusRow.sex,
            StimulusRow.skin,
        )
        .outerjoin(StimulusRow, StimulusRow.id == TrialRow.stimulus_id)
        .where(TrialRow.block_id.in_(block_ids))
        .order_by(TrialRow.block_id, TrialRow.number)
    )
    by_block: dict[str, list[Any]] = {id_: [] for id_ in block_ids}
    for row in db.execute(query):
        by_block[row.block_id].append(row)
    return by_block


def networks(db: Session) -> dict[int, tuple[str, str, str]]:
    """Name, version and hash of every network, by its number."""
    rows = db.execute(select(NetworkRow.id, NetworkRow.name, NetworkRow.version, NetworkRow.hash))
    return {id_: (name, version, hash_) for id_, name, version, hash_ in rows}


def totals(db: Session, person_id: str) -> Found:
    """A person's questionnaire totals by day: questionnaire, filled_on, total."""
    query = select(
        QuestionnaireScoreRow.questionnaire, QuestionnaireScoreRow.filled_on, QuestionnaireScoreRow.total
    ).where(QuestionnaireScoreRow.person_id == person_id)
    return db.execute(query.order_by(QuestionnaireScoreRow.filled_on, QuestionnaireScoreRow.questionnaire)).all()


def size(
    db: Session,
    person_ids: Collection[str],
    tasks: Collection[str],
    sets: Collection[str],
    since: datetime | None,
    before: datetime | None,
    study_id: str | None,
) -> tuple[int, int, int]:
    """Of the blocks of these people that began from `since` on and `before`, and while they took part in the study, or
    as finished checks before: how many sittings and blocks, and the sum of their lengths. An empty `sets` means
    all."""
    query = select(
        func.count(BlockRow.session_id.distinct()), func.count(), func.coalesce(func.sum(BlockRow.length), 0)
    ).where(BlockRow.task.in_(tasks))
    if sets:
        named = select(StimulusSetRow.id).where(StimulusSetRow.name.in_(sets))
        query = query.where(BlockRow.set_id.in_(named))
    if since is not None:
        query = query.where(BlockRow.started_at >= since)
    if before is not None:
        query = query.where(BlockRow.started_at < before)
    if study_id is not None:
        query = query.join(EnrolmentRow, EnrolmentRow.person_id == BlockRow.person_id).where(
            EnrolmentRow.study_id == study_id,
            or_(
                BlockRow.started_at >= EnrolmentRow.enrolled_at,
                and_(BlockRow.kind == Kind.CHECK, BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False)),
            ),
            or_(EnrolmentRow.withdrawn_at.is_(None), BlockRow.started_at < EnrolmentRow.withdrawn_at),
        )
    sizes = [db.execute(query.where(BlockRow.person_id.in_(ids))).one() for ids in _batches(person_ids)]
    sessions, blocks, lengths = (sum(counts) for counts in zip(*sizes, strict=True)) if sizes else (0, 0, 0)
    return sessions, blocks, lengths


def _batches(values: Collection[str]) -> list[list[str]]:
    ordered = sorted(values)
    return [ordered[start : start + _SOME] for start in range(0, len(ordered), _SOME)]
