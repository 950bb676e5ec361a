"""Recognition exercise of a patient: what is due today, begin or resume, take answers, stop.

Every answer is committed before it returns, so before the next face can show. A block in a page's hands is a copy:
the database decides which trial is still open, whatever was clicked twice or in two tabs.
"""

import math
import secrets
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.exercise import design
from core.domain.exercise.plan import Plan, blueprint
from core.domain.exercise.trials import Answer, Block, Kind, Trial
from core.domain.patient.consent import Purpose
from core.domain.patient.summary import scheduled
from core.domain.people import NotAllowed, Person, Refusal, Role
from core.domain.statistics.result import summarise
from core.services.exercise.summary import keep_time_zone, refresh_summary
from core.services.faces import stimulus_sets
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, face_queries, opinion_queries, summary_queries
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import RECOGNITION, BlockRow, ExposureRow, PeopleAnswerRow, SessionRow, StimulusSetRow, now
from core.storage.upserts import count_one

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
    kind: Kind
    faces: int
    minutes: int
    left: int | None
    checks_done: int
    practices_until_check: int | None


def today(store: Store, token: str) -> Today:
    """What the signed-in patient's plan asks next, and how long it takes."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = exercise_queries.open_block(db, person.id)
        _, plan = plan_in_force(db, person.id)
        checks, practices, _ = _history(db, person, plan)
        kind, until = due(plan, checks, practices, _set(db, plan).has_roles)
        if row is not None:
            block = exercise_queries.load_block(db, row)
            left = block.length - len(block.answered)
            return Today(plan, block.kind, block.length, _minutes(block.kind, left), left, checks, until)
        length = plan.check_length if kind is Kind.CHECK else plan.practice_length
        return Today(plan, kind, length, _minutes(kind, length), None, checks, until)


def begin(store: Store, token: str, browser: Browser, kind: Kind | None = None) -> Block:
    """The patient's open block where it was left, or a new one: of `kind`, or of the kind that is due.

    A timed face that was on the screen when the page went away becomes void and is replaced by its like. Raises
    NotAgreed, as `answer` does, where the person has not agreed to a record.
    """
    try:
        return _begin(store, token, browser, kind)
    except IntegrityError:  # another tab began one at the same moment: that one is now the open block
        return _begin(store, token, browser, kind)


def painted(store: Store, token: str, block: Block, number: int) -> None:
    """Note that a timed face is on the screen."""
    with store.begin() as db:
        _own(db, token, block)
        sitting = db.get_one(SessionRow, block.session_id)
        exercise_queries.mark_painted(db, block.id, number, now(), _screen_context(sitting.id, sitting))
    for trial in block.trials:
        trial.painted = trial.painted or trial.number == number


def answer(store: Store, token: str, block: Block, number: int, given: Answer, browser: Browser) -> Block:
    """Commit the answer to trial `number`, then hand back the block as it stands.

    An answer to anything but the open trial changes nothing: the block is read again and returned.
    """
    trial = block.current
    with store.begin() as db:
        person, row = _own(db, token, block)
        consents.require_agreed(db, person.id, Purpose.TREATMENT)
        if trial is None or trial.number != number:
            return exercise_queries.load_block(db, row, block.session_id)
        context = {**_screen_context(block.session_id, browser), **_exposure_context(db, person, block, trial)}
        if not exercise_queries.save_answer(db, block.id, replace(trial, answer=given), context):
            return exercise_queries.load_block(db, row, block.session_id)
        _count(db, person, block, trial, given, first_meeting=context["earlier_face"] == 0)
        if len(block.answered) + 1 == block.length:
            row.ended_at = now()
            _refresh_after_run(db, row)
    block.answer(number, given)
    return block


def stop(store: Store, token: str, block: Block) -> None:
    """End a block early at the person's wish; what was answered stays. A check that is stopped does not count."""
    with store.begin() as db:
        _, row = _own(db, token, block)
        if row.ended_at is None:
            row.ended_at, row.stopped = now(), True
            _refresh_after_run(db, row)
    block.stopped = True


def say_hard(store: Store, token: str, block_id: str, hard: bool) -> None:
    """Keep the answer to "Was this hard for you?", of a run of either task."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = db.get(BlockRow, block_id)
        if row is None or row.person_id != person.id:
            raise NotAllowed("This run of faces is not yours.")
        row.hard = hard
        refresh_summary(db, person.id)


def pictures(store: Store, token: str, block: Block, hashes: list[str]) -> dict[str, tuple[str, bytes]]:
    """Media type and bytes of pictures of the patient's own block."""
    with store.begin() as db:
        _own(db, token, block)
        mine = {trial.stimulus.hash for trial in block.trials}
        return face_queries.pictures(db, [found for found in hashes if found in mine])


def _begin(store: Store, token: str, browser: Browser, kind: Kind | None) -> Block:
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        consents.require_agreed(db, person.id, Purpose.TREATMENT)
        keep_time_zone(db, person.id, browser.time_zone)
        sitting = exercise_queries.sitting(db, person.id, {**asdict(browser), "software": VERSION})
        row = exercise_queries.open_block(db, person.id) or _draw(store, db, person, sitting.id, browser, kind)
        block = exercise_queries.load_block(db, row, sitting.id)
        trial = block.current
        if trial is None or trial.exposure_ms is None or not trial.painted:
            return block
        _replace(store, db, person, row, block, trial)
        return exercise_queries.load_block(db, row, sitting.id)


def _replace(store: Store, db: Session, person: Person, row: BlockRow, block: Block, trial: Trial) -> None:
    context = _exposure_context(db, person, block, trial)
    exercise_queries.mark_void(db, block.id, trial.number, "left while shown", context)
    _count_exposures(db, person, block, trial)
    assert block.set_id is not None
    number = exercise_queries.next_number(db, block.id)
    like = design.replacement(
        stimulus_sets.pool(store, block.set_id, block.form or "practice", block.kind is Kind.CHECK),
        [earlier.stimulus for earlier in block.trials],
        trial.stimulus,
        seed=row.seed + number,
        votes=tuple(row.design["votes" if block.kind is Kind.CHECK else "practice_votes"]),
    )
    exercise_queries.add_trials(db, block.id, number, [like], trial.exposure_ms)


def _draw(store: Store, db: Session, person: Person, session_id: str, browser: Browser, kind: Kind | None) -> BlockRow:
    plan_id, plan = plan_in_force(db, person.id)
    source = _set(db, plan)
    checks, practices, finished = _history(db, person, plan)
    kind = kind or due(plan, checks, practices, source.has_roles)[0]
    if kind is Kind.CHECK and not source.has_roles:
        raise Refusal("The faces “{title}” are for practice only. Please ask your clinician.", title=source.title)
    seed = secrets.randbits(31)
    row = BlockRow(person_id=person.id, session_id=session_id, plan_id=plan_id, set_id=source.id, kind=kind, seed=seed)
    if kind is Kind.CHECK:
        asked = blueprint(plan, source.version, browser.language, browser.device)
        row.form = design.form_for(finished, person.id)
        row.blueprint, row.design = asked.key, asked.to_json()
        drawn = design.draw_check(stimulus_sets.pool(store, source.id, row.form, True), asked, seed)
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


def _refresh_after_run(db: Session, row: BlockRow) -> None:
    """A run has just ended: the person stands elsewhere, and has practised on the day on which it began."""
    refresh_summary(db, row.person_id, row.started_at if row.kind == Kind.PRACTICE else None)


def _minutes(kind: Kind, left: int) -> int:
    return max(1, math.ceil(left * SECONDS_A_FACE[kind] / 60))


def _own(db: Session, token: str, block: Block) -> tuple[Person, BlockRow]:
    person = require(db, token, Role.PATIENT)
    row = db.get(BlockRow, block.id)
    if row is None or row.person_id != person.id or row.task != RECOGNITION:
        raise NotAllowed("This run of faces is not yours.")
    return person, row


def _screen_context(session_id: str | None, browser: Browser | SessionRow) -> dict[str, object]:
    """Where a face was on the screen; of a timed one this is written when it is painted, else with the answer."""
    return {"session_id": session_id, "language": browser.language, "device": browser.device, "software": VERSION}


def _exposure_context(db: Session, person: Person, block: Block, trial: Trial) -> dict[str, Any]:
    """What stands beside a face that was met: how often before, and what the network says of it."""
    face, identity = _met(block, trial)
    earlier = exercise_queries.exposures(db, person.id, [face, identity] if identity else [face])
    network = opinion_queries.active_network(db)
    return {
        "earlier_face": earlier.get(face, 0),
        "earlier_identity": earlier.get(identity, 0) if identity else None,
        "network_id": network.id if network else None,
        "network_probabilities": opinion_queries.network_answer(db, face, network.id) if network else None,
    }


def _met(block: Block, trial: Trial) -> tuple[str, str | None]:
    """The names under which meeting this face and this identity is counted."""
    identity = trial.stimulus.identity
    return trial.stimulus.hash, f"{block.set_id}:{identity}" if identity else None


def _count_exposures(db: Session, person: Person, block: Block, trial: Trial) -> None:
    for what in _met(block, trial):
        if what is not None:
            count_one(db, ExposureRow, "times", person_id=person.id, what=what)


def _count(db: Session, person: Person, block: Block, trial: Trial, given: Answer, first_meeting: bool) -> None:
    """Count the meeting, and the answer among people's if the person agreed and never saw the face before."""
    _count_exposures(db, person, block, trial)
    if first_meeting and consents.has_consent(db, person.id, Purpose.NORMS):
        count_one(db, PeopleAnswerRow, "people", picture_hash=trial.stimulus.hash, response=given.response.value)
