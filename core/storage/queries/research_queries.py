"""Queries of an export: enrolments, sittings, blocks and questionnaires of people."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from core.domain.audit import Act
from core.domain.exercise.trials import Kind
from core.storage.tables import (
    IN_ORDER,
    AuditRow,
    BlockRow,
    EnrolmentRow,
    PersonRow,
    PlanRow,
    QuestionnaireScoreRow,
    SessionRow,
    StimulusSetRow,
    StoredNeutral,
    StudyArmRow,
    StudyRow,
    TrialRow,
)

_SOME = 500
"""Values that go into one statement."""


class ResearchAccount(NamedTuple):
    """An account, as far as an export needs it."""

    id: str
    code: str
    language: str
    created_at: datetime


class ResearchEnrolment(NamedTuple):
    """A person's enrolment in a study."""

    person_id: str
    study_id: str
    study: str
    """Its name."""
    seed: int
    """Of the allocation."""
    closed_at: datetime | None
    """None while the study enrols."""
    arm: str
    """The name of the one that was allocated."""
    place: int
    """In the allocation sequence, from 0."""
    enrolled_at: datetime
    withdrawn_at: datetime | None


class ResearchRun(NamedTuple):
    """A block, as far as it is told from others when an export is chosen."""

    person_id: str
    id: str
    session_id: str
    """The sitting in which it began."""
    task: str
    kind: str
    set_name: str | None
    """None where no faces are shown."""
    length: int
    """How many faces were to be answered."""
    started_at: datetime
    ended_at: datetime | None
    stopped: bool
    time_zone: str | None
    """Of the browser at which it began."""


class ResearchBlock(NamedTuple):
    """All that an export says of a block; columns as in BlockRow."""

    id: str
    session_id: str
    task: str
    kind: str
    blueprint: str | None
    form: str | None
    design: Mapping[str, Any]
    """JSON, by the task's own names."""
    seed: int
    length: int
    started_at: datetime
    ended_at: datetime | None
    stopped: bool
    hard: bool | None
    part: str | None
    phase: int | None
    baseline: StoredNeutral | None
    plan: Mapping[str, Any] | None
    """The JSON of the plan in force; None where no clinician had set any."""
    set_name: str | None
    """None where no faces are shown, and so are the other two."""
    set_version: str | None
    set_hash: str | None


class ResearchSitting(NamedTuple):
    """A sitting of a person at one browser."""

    person_id: str
    id: str
    started_at: datetime
    time_zone: str | None
    user_agent: str | None
    in_room: bool


class ResearchTotal(NamedTuple):
    """A questionnaire's total of one day."""

    questionnaire: str
    filled_on: date
    total: int
    form_id: str | None
    """None of what a clinician entered, and so are the other two."""
    left_out: int | None
    subscales: Mapping[str, int] | None


def accounts(db: Session, person_ids: Collection[str]) -> dict[str, ResearchAccount]:
    """These accounts, by id."""
    query = select(PersonRow.id, PersonRow.code, PersonRow.language, PersonRow.created_at)
    rows = (row for ids in _batches(person_ids) for row in db.execute(query.where(PersonRow.id.in_(ids))))
    return {account.id: account for account in (ResearchAccount(*row) for row in rows)}


def enrolments(db: Session) -> list[ResearchEnrolment]:
    """Every enrolment with its study and arm, in the order of enrolment."""
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
    return [ResearchEnrolment(*row) for row in db.execute(query.order_by(EnrolmentRow.id))]


def runs(db: Session, person_ids: Collection[str], study: str | None) -> dict[str, list[ResearchRun]]:
    """All blocks of these people, or those that belong to a study: done while the person took part, and finished checks
    from before, since an earlier study if there was one, so that no block belongs to two. By person, in the order in
    which they began."""
    order = (BlockRow.person_id, *IN_ORDER, BlockRow.id)
    query = (
        select(
            BlockRow.person_id,
            BlockRow.id,
            BlockRow.session_id,
            BlockRow.task,
            BlockRow.kind,
            StimulusSetRow.name.label("set_name"),
            BlockRow.length,
            BlockRow.started_at,
            BlockRow.ended_at,
            BlockRow.stopped,
            SessionRow.time_zone,
        )
        .join(SessionRow, SessionRow.id == BlockRow.session_id)
        .outerjoin(StimulusSetRow, StimulusSetRow.id == BlockRow.set_id)
        .order_by(*order)
    )
    if study is not None:
        began = BlockRow.started_at
        earlier = aliased(EnrolmentRow)
        of_another = exists().where(
            earlier.person_id == EnrolmentRow.person_id,
            earlier.enrolled_at < EnrolmentRow.enrolled_at,
            earlier.withdrawn_at > began,
        )
        finished = and_(BlockRow.kind == Kind.CHECK, BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False))
        part = exists().where(
            EnrolmentRow.person_id == BlockRow.person_id,
            EnrolmentRow.study_id == study,
            or_(began >= EnrolmentRow.enrolled_at, and_(finished, ~of_another)),
            or_(EnrolmentRow.withdrawn_at.is_(None), began < EnrolmentRow.withdrawn_at),
        )
        query = query.where(part)
    by_person: defaultdict[str, list[ResearchRun]] = defaultdict(list)
    for ids in _batches(person_ids):
        for row in db.execute(query.where(BlockRow.person_id.in_(ids))):
            by_person[row.person_id].append(ResearchRun(*row))
    return by_person


def blocks(db: Session, block_ids: Collection[str]) -> dict[str, ResearchBlock]:
    """All that an export says of these blocks, with set and plan, by id."""
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
            BlockRow.part,
            BlockRow.phase,
            BlockRow.baseline,
            PlanRow.content.label("plan"),
            StimulusSetRow.name.label("set_name"),
            StimulusSetRow.version.label("set_version"),
            StimulusSetRow.hash.label("set_hash"),
        )
        .outerjoin(PlanRow, PlanRow.id == BlockRow.plan_id)
        .outerjoin(StimulusSetRow, StimulusSetRow.id == BlockRow.set_id)
    )
    return {row.id: ResearchBlock(*row) for row in db.execute(query.where(BlockRow.id.in_(block_ids)))}


def sittings(db: Session, person_ids: Collection[str], began: Mapping[str, str]) -> dict[str, list[ResearchSitting]]:
    """The sittings in which any of some blocks was begun or answered, by person, the first one first. `began`: the
    sitting in which each of the blocks began."""
    when = (SessionRow.started_at, SessionRow.time_zone)
    query = select(SessionRow.person_id, SessionRow.id, *when, SessionRow.user_agent, SessionRow.in_room).order_by(
        SessionRow.person_id, SessionRow.started_at, SessionRow.id
    )
    rows = [row for ids in _batches(person_ids) for row in db.execute(query.where(SessionRow.person_id.in_(ids)))]
    known = set(began.values())
    answered = select(TrialRow.session_id, TrialRow.block_id).distinct()
    for ids in _batches([row.id for row in rows if row.id not in known]):  # nothing began there: perhaps one went on
        found = db.execute(answered.where(TrialRow.session_id.in_(ids)))
        known |= {session_id for session_id, block_id in found if session_id and block_id in began}
    by_person: defaultdict[str, list[ResearchSitting]] = defaultdict(list)
    for row in rows:
        if row.id in known:
            by_person[row.person_id].append(ResearchSitting(*row))
    return by_person


def totals(db: Session, person_id: str) -> list[ResearchTotal]:
    """A person's questionnaire totals by day."""
    scores = QuestionnaireScoreRow
    filled_in = (scores.form_id, scores.left_out, scores.subscales)
    query = select(scores.questionnaire, scores.filled_on, scores.total, *filled_in)
    query = query.where(scores.person_id == person_id)
    return [ResearchTotal(*row) for row in db.execute(query.order_by(scores.filled_on, scores.questionnaire))]


def series_names(db: Session) -> set[str]:
    """The series in which anything was exported, besides the usual one."""
    facts = db.scalars(select(AuditRow.facts).where(AuditRow.act == Act.EXPORT))
    return {name for entry in facts if (name := entry.get("choice", {}).get("series"))}


def _batches(values: Collection[str]) -> list[list[str]]:
    ordered = sorted(values)
    return [ordered[start : start + _SOME] for start in range(0, len(ordered), _SOME)]
