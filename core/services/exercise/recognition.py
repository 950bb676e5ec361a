"""Recognition exercise of a patient: what is due today, and begin or resume it. How it is played: `runs`."""

import math
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.domain.devices import Browser
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Block, Kind
from core.domain.people import Person, Role
from core.domain.statistics.course import Course
from core.services.exercise import runs
from core.services.exercise.summary import keep_time_zone
from core.services.gate.access import require
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import BlockRow
from core.tasks.recognition.course_state import due_in
from core.tasks.recognition.drawing import course_in_force, due, history, set_of
from core.tasks.recognition.task import TASK

SECONDS_A_FACE = {Kind.PRACTICE: 12, Kind.CHECK: 6, Kind.TRYOUT: 12}


@dataclass(frozen=True)
class Today:
    """What the `plan` asks now. `left` is set when a run was begun and can be gone on with."""

    plan: Plan
    kind: Kind | None
    """None: that was all for today."""
    faces: int
    minutes: int
    left: int | None
    checks_done: int
    practices_until_check: int | None
    course: Course | None = None
    """Of checks in blocks."""


def today(store: Store, token: str, time_zone: str | None = None) -> Today:
    """What the signed-in patient's plan asks next, and how long it takes. `time_zone`: where their browser is now."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        keep_time_zone(db, person.id, time_zone)
        row = exercise_queries.open_run(db, person.id)
        _, plan = plan_in_force(db, person.id)
        source = set_of(db, plan)
        if source.has_roles and (found := course_in_force(db, person.id, plan)):
            return _today_in_course(db, person, plan, found, row)
        checks, practices, _ = history(db, person.id, plan)
        kind, until = due(plan, checks, practices, source.has_roles)
        if row is not None:
            return _begun(db, plan, row, checks, until)
        length = plan.check_length if kind is Kind.CHECK else plan.practice_length
        return Today(plan, kind, length, _minutes(kind, length), None, checks, until)


def begin(store: Store, token: str, browser: Browser, kind: Kind | None = None) -> Block:
    """What the plan asks of the patient: as `runs.begin`."""
    run_id = runs.begin(store, token, browser, TASK, kind)
    with store.begin() as db:
        return exercise_queries.load_block(db, db.get_one(BlockRow, run_id))


def _today_in_course(db: Session, person: Person, plan: Plan, found: Course, row: BlockRow | None) -> Today:
    done = sum(len(one.checks) for one in found.closed if one.phase == found.phase) + found.made
    if row is not None:
        return _begun(db, plan, row, done, None, found)
    asked = due_in(db, person.id, plan, found)
    minutes = _minutes(asked.kind, asked.length) if asked.kind else 0
    return Today(plan, asked.kind, asked.length, minutes, None, done, None, found)


def _begun(
    db: Session, plan: Plan, row: BlockRow, checks: int, until: int | None, course: Course | None = None
) -> Today:
    """A run that can be gone on with."""
    block = exercise_queries.load_block(db, row)
    left = block.length - len(block.answered)
    return Today(plan, block.kind, block.length, _minutes(block.kind, left), left, checks, until, course)


def _minutes(kind: Kind, left: int) -> int:
    return max(1, math.ceil(left * SECONDS_A_FACE[kind] / 60))
