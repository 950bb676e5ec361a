"""Recognition exercise of a patient: what is due today, and begin or resume it. How it is played: `runs`."""

import math
import secrets
from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.exercise import design
from core.domain.exercise.plan import ChangeRule, Plan, blueprint
from core.domain.exercise.trials import Block, Kind
from core.domain.patient.consent import Purpose
from core.domain.patient.summary import scheduled
from core.domain.people import Person, Refusal, Role
from core.domain.statistics.course import Course, CoursePart
from core.domain.statistics.result import summarise
from core.services.exercise.course_state import CourseDue, course_of, due_in
from core.services.exercise.summary import keep_time_zone, refresh_summary
from core.services.faces import stimulus_sets
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, face_queries, summary_queries
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import BlockRow, StimulusSetRow, now

SECONDS_A_FACE = {Kind.PRACTICE: 12, Kind.CHECK: 6, Kind.TRYOUT: 12}


@dataclass(frozen=True)
class Browser:
    """What a page knows of the browser: language of the words, its time zone, kind of device, user agent."""

    language: str
    time_zone: str | None
    device: str
    user_agent: str | None


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
        row = exercise_queries.open_block(db, person.id)
        _, plan = plan_in_force(db, person.id)
        source = _set(db, plan)
        if source.has_roles and (found := _course(db, person, plan)):
            return _today_in_course(db, person, plan, found, row)
        checks, practices, _ = _history(db, person, plan)
        kind, until = due(plan, checks, practices, source.has_roles)
        if row is not None:
            block = exercise_queries.load_block(db, row)
            left = block.length - len(block.answered)
            return Today(plan, block.kind, block.length, _minutes(block.kind, left), left, checks, until)
        length = plan.check_length if kind is Kind.CHECK else plan.practice_length
        return Today(plan, kind, length, _minutes(kind, length), None, checks, until)


def begin(store: Store, token: str, browser: Browser, kind: Kind | None = None) -> Block:
    """The patient's open block where it was left, or a new one: of `kind`, or of the kind that is due.

    Raises NotAgreed where the person has not agreed to a record.
    """
    try:
        return _begin(store, token, browser, kind)
    except IntegrityError:  # another tab began one at the same moment: that one is now the open block, or the day's
        return _begin(store, token, browser, kind)


def _begin(store: Store, token: str, browser: Browser, kind: Kind | None) -> Block:
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        consents.require_agreed(db, person.id, Purpose.TREATMENT)
        keep_time_zone(db, person.id, browser.time_zone)
        sitting = exercise_queries.sitting(db, person.id, {**asdict(browser), "software": VERSION})
        row = exercise_queries.open_block(db, person.id) or _draw(store, db, person, sitting.id, browser, kind)
        return exercise_queries.load_block(db, row)


def _draw(store: Store, db: Session, person: Person, session_id: str, browser: Browser, kind: Kind | None) -> BlockRow:
    plan_id, plan = plan_in_force(db, person.id)
    source = _set(db, plan)
    checks, practices, finished = _history(db, person, plan)
    asked_for = _due_in_course(db, person, plan, kind) if source.has_roles else None
    kind = asked_for.kind if asked_for else kind or due(plan, checks, practices, source.has_roles)[0]
    if kind is Kind.CHECK and not source.has_roles:
        raise Refusal("The faces “{title}” are for practice only. Please ask your clinician.", title=source.title)
    seed = secrets.randbits(31)
    row = BlockRow(person_id=person.id, session_id=session_id, plan_id=plan_id, set_id=source.id, kind=kind, seed=seed)
    row.started_at = now()
    if asked_for is not None and asked_for.part is not None:
        row.part, row.phase = asked_for.part, asked_for.phase
        row.own_day = asked_for.day if kind is Kind.CHECK else None
    if kind is Kind.CHECK:
        asked = blueprint(plan, source.version, browser.language, browser.device)
        row.form = design.form_for(finished, person.id)
        row.blueprint, row.design = asked.key, asked.to_json()
        drawn = design.draw_check(stimulus_sets.pool(store, source.id, row.form, True), asked, seed)
    elif row.part is not None:
        row.design = plan.to_json()
        drawn = design.draw_warm_up(stimulus_sets.pool(store, source.id, "practice"), plan, seed)
    else:
        level = _level(db, plan, person)
        row.design = {"level": level, **plan.to_json()}
        drawn = design.draw_practice(stimulus_sets.pool(store, source.id, "practice"), plan, level, seed)
    row.length = len(drawn)
    db.add(row)
    db.flush()
    exercise_queries.add_trials(db, row.id, 1, drawn, plan.exposure_ms)
    refresh_summary(db, person.id)
    return row


def _course(db: Session, person: Person, plan: Plan) -> Course | None:
    if plan.rule is not ChangeRule.BLOCKS:
        return None
    return course_of(db, person.id, plan, summary_queries.finished_checks(db, person.id))


def _today_in_course(db: Session, person: Person, plan: Plan, found: Course, row: BlockRow | None) -> Today:
    done = sum(len(one.checks) for one in found.closed if one.phase == found.phase) + found.made
    if row is not None:
        block = exercise_queries.load_block(db, row)
        left = block.length - len(block.answered)
        return Today(plan, block.kind, block.length, _minutes(block.kind, left), left, done, None, found)
    asked = due_in(db, person.id, plan, found)
    minutes = _minutes(asked.kind, asked.length) if asked.kind else 0
    return Today(plan, asked.kind, asked.length, minutes, None, done, None, found)


def _due_in_course(db: Session, person: Person, plan: Plan, kind: Kind | None) -> CourseDue | None:
    """What the person's course asks for; None where they have none. Raises Refusal where nothing, or not `kind`, may be
    begun today."""
    found = _course(db, person, plan)
    if found is None:
        return None
    asked = due_in(db, person.id, plan, found)
    if asked.kind is None:
        raise Refusal("That was all for today. The next check is for tomorrow.")
    if kind is Kind.CHECK and asked.kind is not Kind.CHECK:
        raise Refusal("There is no check now: at most one is made a day.")
    if kind is Kind.PRACTICE and found.open is not CoursePart.BASELINE:
        return CourseDue(kind, None, asked.phase, asked.day, plan.practice_length)
    return asked


def _set(db: Session, plan: Plan) -> StimulusSetRow:
    row = face_queries.newest_set(db, plan.set_name)
    if row is None:
        raise Refusal("The faces “{name}” are not here any more. Please ask your clinician.", name=plan.set_name)
    return row


def _history(db: Session, person: Person, plan: Plan) -> tuple[int, int, int]:
    """How many finished checks the plan's schedule goes by, how many practices were finished since the latest of them,
    and how many checks were finished in all. Reads no more of a long history than of a short one."""
    groups = summary_queries.check_groups(db, person.id)
    checks, latest = scheduled(groups, plan)
    since = summary_queries.practices_between(db, person.id, after=latest) if latest is not None else 0
    return checks, since, sum(group.finished for group in groups)


def due(plan: Plan, checks: int, practices: int, measures: bool) -> tuple[Kind, int | None]:
    """The kind that is due after so many checks, and practices since the latest of them, and how many practices come
    before the next check (None: no check is planned). `checks`: those that count and that the plan asks for, so that
    other checks begin with a new baseline at once. `measures`: the set of faces can be used for checks."""
    if not measures or checks >= 2 + plan.checks_planned:
        return Kind.PRACTICE, None
    if checks < 2:
        return Kind.CHECK, 0
    until = max(0, plan.check_every - practices)
    return (Kind.CHECK if until == 0 else Kind.PRACTICE), until


def _level(db: Session, plan: Plan, person: Person) -> int:
    last = exercise_queries.last_finished(db, person.id, Kind.PRACTICE)
    if last is None or "level" not in last.design:
        return design.first_level(plan)
    done = summarise(exercise_queries.load_block(db, last).trials)
    return design.next_level(plan, last.design["level"], done.right, done.shown)


def _minutes(kind: Kind, left: int) -> int:
    return max(1, math.ceil(left * SECONDS_A_FACE[kind] / 60))
