"""Results and progress: what came of a block, and how the checks of a person went over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.clocks import recent
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Block
from core.domain.patient.summary import FinishedCheck, comparable, measured, scores, shown
from core.domain.people import NotAllowed, Role
from core.domain.statistics.blocks import BlockMean, block_mean
from core.domain.statistics.change import Verdict, verdict
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.domain.statistics.metrics import Interval, wilson
from core.domain.statistics.result import BlockResult, summarise
from core.services.gate.access import require, require_patient_of
from core.storage.database import Store
from core.storage.queries import exercise_queries, opinion_queries, summary_queries
from core.storage.queries.people_queries import zone_of
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import RECOGNITION, BlockRow, TrialRow, now
from core.tasks.recognition.course_state import course_of
from core.tasks.recognition.feedback import chose_target, shared_at

JUST_NOW = timedelta(minutes=5)
MOST_PRACTICES = 1000
PRACTISED = timedelta(weeks=9)
"""Pages show the days of eight weeks, which may begin in the middle of one."""


@dataclass(frozen=True)
class FinishedRun:
    """A block that is over, with its summary. `hard` is what the person said of it, None before."""

    block: Block
    summary: BlockResult
    hard: bool | None


@dataclass(frozen=True)
class CheckPoint:
    """One finished check on the line of a person: when, how many faces were named as meant, of how many."""

    when: datetime
    right: int
    shown: int
    interval: Interval
    comparable: bool


@dataclass(frozen=True)
class PartMean:
    """A part of a course that is over: how many faces were named as meant on its days together."""

    part: CoursePart
    phase: int
    share: BlockMean
    places: tuple[int, ...]
    """Of its checks among those that are shown."""


@dataclass(frozen=True)
class CheckProgress:
    """Checks over time with what can be said of change, and when the person practised."""

    plan: Plan
    checks: tuple[CheckPoint, ...]
    """Those that are shown (`core.domain.patient.summary.shown`)."""
    verdict: Verdict
    """By the rule of the plan; of a course the kind, the gain and the checks alone."""
    course: Course | None
    """Of checks in blocks; None where the plan has none."""
    practised: tuple[datetime, ...]
    """In the last nine weeks."""
    zone: tzinfo
    """The person's own, in which all these are days."""
    parts: tuple[PartMean, ...] = ()
    """Of the course, in order."""


def result(store: Store, token: str, block_id: str) -> FinishedRun:
    """What came of one of the signed-in patient's own blocks."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = db.get(BlockRow, block_id)
        if row is None or row.person_id != person.id or row.task != RECOGNITION or row.ended_at is None:
            raise NotAllowed("There is no result here yet.")
        return _result(db, row)


def last_result(store: Store, token: str) -> FinishedRun | None:
    """What came of the signed-in patient's newest finished block, if there is one."""
    with store.begin() as db:
        row = exercise_queries.last_finished(db, require(db, token, Role.PATIENT).id)
        return None if row is None else _result(db, row)


def just_finished(store: Store, token: str) -> bool:
    """Whether the signed-in patient has finished a run in the last minutes."""
    with store.begin() as db:
        row = exercise_queries.last_finished(db, require(db, token, Role.PATIENT).id)
        return row is not None and row.ended_at is not None and recent(row.ended_at, now(), JUST_NOW)


def tryout_result(store: Store, block: Block) -> BlockResult:
    """The same summary for a visitor's try-out, which is not stored."""
    with store.begin() as db:
        seen = {t.number: opinion_queries.network_answer(db, t.stimulus.hash)[1] for t in block.trials}
        known = {number: probabilities for number, probabilities in seen.items() if probabilities}
        return summarise(block.trials, known, _people(db, block, shared=False))


def progress(store: Store, token: str, patient_id: str | None = None) -> CheckProgress:
    """The line of the signed-in patient, or of a patient in the signed-in clinician's care."""
    with store.begin() as db:
        if patient_id is None:
            patient_id = require(db, token, Role.PATIENT).id
        else:
            require_patient_of(db, token, patient_id)
        _, plan = plan_in_force(db, patient_id)
        return progress_of(db, patient_id, plan, summary_queries.finished_checks(db, patient_id))


def progress_of(db: Session, person_id: str, plan: Plan, checks: Sequence[FinishedCheck]) -> CheckProgress:
    """The line of a person whose plan in force is `plan`, with all their finished `checks`, oldest first."""
    own = measured(checks, plan)
    used = {check.id for check in comparable(own)}
    points = tuple(CheckPoint(c.began, c.right, c.shown, wilson(c.right, c.shown), c.id in used) for c in shown(checks))
    course = course_of(db, person_id, plan, checks)
    if course is None:
        outcome = verdict(scores(own, partial(summary_queries.practices_between, db, person_id)), plan)
    else:
        said = course.said.verdict if course.said else None
        outcome = Verdict(course.kind, len(used), gain=said.gain if said else None)
    practised = summary_queries.practices_begun(db, person_id, now() - PRACTISED, MOST_PRACTICES)
    parts = _part_means(course, shown(checks)) if course else ()
    return CheckProgress(plan, points, outcome, course, tuple(practised), zone_of(db, person_id), parts)


def _part_means(course: Course, checks: Sequence[FinishedCheck]) -> tuple[PartMean, ...]:
    found = []
    for part in course.closed:
        own = [(place, check) for place, check in enumerate(checks) if check.id in part.checks]
        if own and part.own:
            share = block_mean([check.right for _, check in own], [check.shown for _, check in own])
            found.append(PartMean(part.part, part.phase, share, tuple(place for place, _ in own)))
    return tuple(found)


def _result(db: Session, row: BlockRow) -> FinishedRun:
    block = exercise_queries.load_block(db, row)
    shared = shared_at(db, row.person_id)(row.started_at)
    return FinishedRun(block, summarise(block.trials, _network(db, block), _people(db, block, shared)), row.hard)


def _network(db: Session, block: Block) -> dict[int, list[float]]:
    rows = select(TrialRow.number, TrialRow.network_probabilities).where(TrialRow.block_id == block.id)
    return {number: seen for number, seen in db.execute(rows) if seen is not None}


def _people(db: Session, block: Block, shared: bool) -> dict[int, tuple[int, int]] | None:
    """Other consenting users who chose the target, of how many, for faces that enough of them have met. `shared`: the
    person's own first answers were counted among theirs."""
    if any(trial.stimulus.votes for trial in block.trials):
        return None
    counts = opinion_queries.people_counts(db, {trial.stimulus.hash for trial in block.trials})
    lines = ((trial.number, chose_target(counts[trial.stimulus.hash], trial, shared)) for trial in block.trials)
    return {number: line for number, line in lines if line}
