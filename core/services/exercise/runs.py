"""Runs of faces as a browser plays them: what it may know ahead, and what it tells, batch by batch.

A batch is committed whole before it is acknowledged, or nothing of it. The database decides which face is still open:
what is told twice, or by a second tab, changes nothing.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.exercise import design
from core.domain.exercise.events import Answered, Batch, Left, OutOfOrder, Painted, Stopped
from core.domain.exercise.trials import Answer, Block, Kind, Trial
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Person, Role
from core.services.exercise.feedback import Opinions, opinions
from core.services.exercise.recognition import Browser
from core.services.exercise.summary import refresh_summary
from core.services.faces import stimulus_sets
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, face_queries, opinion_queries
from core.storage.tables import RECOGNITION, BlockRow, ExposureRow, PeopleAnswerRow, StimulusRow, now
from core.storage.upserts import count_one

Picture = tuple[str, bytes]
"""Media type and file."""


@dataclass(frozen=True)
class Item:
    """A face that is still to be answered, as its browser may know it: nothing here tells a target of a check."""

    number: int
    exposure_ms: int | None
    """None: until answered."""
    painted: bool = False
    """A timed face that has been on a screen."""
    opinions: Opinions | None = None
    """What is said after the answer; None in a check."""


@dataclass(frozen=True)
class RunState:
    """Where a run stands, and what is ahead of it in order."""

    id: str
    kind: Kind
    length: int
    answered: int
    over: bool
    """Every face is answered, or the person stopped."""
    next: int | None
    """The number of the face whose turn it is."""
    items: tuple[Item, ...]


def state(store: Store, token: str, block_id: str) -> RunState:
    """The patient's own run with every face that is open."""
    with store.begin() as db:
        person, row = _own(db, token, block_id)
        consents.require_agreed(db, person.id, Purpose.TREATMENT)
        return _state(db, exercise_queries.load_block(db, row), known=0)


def take(store: Store, token: str, block_id: str, batch: Batch, browser: Browser) -> RunState:
    """Commit what a browser tells of the patient's own run; the state has the faces that are new to it.

    An answer to a face that has one already, or is void, changes nothing. Raises OutOfOrder for an event of a face that
    was never drawn or whose turn has not come, and NotAgreed without a consent; then nothing of the batch is kept.
    """
    with store.begin() as db:
        person, row = _own(db, token, block_id)
        consents.require_agreed(db, person.id, Purpose.TREATMENT)
        sitting = exercise_queries.sitting(db, person.id, {**asdict(browser), "software": VERSION})
        where = {
            "session_id": sitting.id,
            "language": browser.language,
            "device": browser.device,
            "software": VERSION,
        }
        block = exercise_queries.load_block(db, row)
        for event in batch.events:
            match event:
                case Answered(number, given):
                    _answer(db, person, block, number, given, where)
                case Painted(number):
                    _painted(db, block, number, where)
                case Left(number):
                    _left(store, db, person, row, block, number)
                case Stopped():
                    block.stopped = True
        if block.done:
            _end(db, row, block.stopped)
        return _state(db, block, batch.known)


def stop(store: Store, token: str, block_id: str) -> None:
    """End a run early at the person's wish; what was answered stays. A check that is stopped does not count."""
    with store.begin() as db:
        _, row = _own(db, token, block_id)
        _end(db, row, stopped=True)


def picture(store: Store, token: str, block_id: str, number: int) -> Picture:
    """The face at place `number` of the patient's own run."""
    with store.begin() as db:
        _, row = _own(db, token, block_id)
        face = exercise_queries.face_at(db, row.id, number)
        if face is None:
            raise NotAllowed("There is no such face in this run.")
        return face_queries.pictures(db, [face.picture_hash])[face.picture_hash]


def step_picture(store: Store, token: str, practice_id: str, number: int, step: int) -> Picture:
    """Step `step` (from 0) of the same person from neutral to full, for a face of a practice."""
    with store.begin() as db:
        _, row = _own(db, token, practice_id)
        face = exercise_queries.face_at(db, row.id, number)
        if face is None or row.kind == Kind.CHECK:
            raise NotAllowed("There is no such face in this run.")
        return series_step(db, face, step)


def series_step(db: Session, face: StimulusRow, step: int) -> Picture:
    """Raises NotAllowed where the series has no such step, or the face is none of practice."""
    steps = face_queries.series(db, face) if face.role == "practice" else []
    if not 0 <= step < len(steps):
        raise NotAllowed("There is no such face in this run.")
    return face_queries.pictures(db, [steps[step].picture_hash])[steps[step].picture_hash]


def say_hard(store: Store, token: str, block_id: str, hard: bool) -> None:
    """Keep the answer to "Was this hard for you?", of a run of either task."""
    with store.begin() as db:
        person, row = _own(db, token, block_id, any_task=True)
        row.hard = hard
        refresh_summary(db, person.id)


def _end(db: Session, row: BlockRow, stopped: bool) -> None:
    """End a run, once: the person stands elsewhere then, and has practised on the day on which it began."""
    if row.ended_at is None:
        row.ended_at, row.stopped = now(), stopped
        refresh_summary(db, row.person_id, row.started_at if row.kind == Kind.PRACTICE else None)


def _own(db: Session, token: str, block_id: str, any_task: bool = False) -> tuple[Person, BlockRow]:
    person = require(db, token, Role.PATIENT)
    row = db.get(BlockRow, block_id)
    if row is None or row.person_id != person.id or not (any_task or row.task == RECOGNITION):
        raise NotAllowed("This run of faces is not yours.")
    return person, row


def _state(db: Session, block: Block, known: int) -> RunState:
    turn = block.current
    fresh = [trial for trial in block.trials if turn and trial.open and trial.number > known]
    said = {} if block.kind is Kind.CHECK else opinions(db, fresh)
    items = tuple(Item(t.number, t.exposure_ms, t.painted, said.get(t.number)) for t in fresh)
    number = turn.number if turn else None
    return RunState(block.id, block.kind, block.length, len(block.answered), block.done, number, items)


def _open(block: Block, number: int) -> Trial | None:
    """The trial, if it is its turn; None if it has been answered or is void. Raises OutOfOrder.

    The answers of a run that was stopped elsewhere meanwhile were given before, and are kept.
    """
    trial = next((t for t in block.trials if t.number == number), None)
    if trial is None:
        raise OutOfOrder("Face {number} is not in this run. Please reload the page and go on.", number=number)
    if not trial.open:
        return None
    if any(earlier.open for earlier in block.trials[: block.trials.index(trial)]):
        raise OutOfOrder("It is not the turn of face {number}. Please reload the page and go on.", number=number)
    return trial


def _answer(db: Session, person: Person, block: Block, number: int, given: Answer, where: dict[str, Any]) -> None:
    trial = _open(block, number)
    if trial is None:
        return
    context = {**where, **_exposure_context(db, person, block, trial)}
    answered = block.trials[block.trials.index(trial)] = replace(trial, answer=given)
    if not exercise_queries.save_answer(db, block.id, answered, context):
        return  # another tab was first, a moment ago: closed it is
    _count(db, person, block, trial, given, first_meeting=context["earlier_face"] == 0)


def _painted(db: Session, block: Block, number: int, where: dict[str, Any]) -> None:
    """A timed face is on the screen: from now on it must be answered or becomes void."""
    trial = _open(block, number)
    if trial is not None:
        exercise_queries.mark_painted(db, block.id, number, now(), where)
        trial.painted = True


def _left(store: Store, db: Session, person: Person, row: BlockRow, block: Block, number: int) -> None:
    """A timed face that was on the screen when the page went away becomes void and is replaced by its like."""
    trial = _open(block, number)
    if trial is None or trial.exposure_ms is None or not trial.painted:
        return
    context = _exposure_context(db, person, block, trial)
    if not exercise_queries.mark_void(db, block.id, number, "left while shown", context):
        return
    trial.void = "left while shown"
    _count_exposures(db, person, block, trial)
    assert block.set_id is not None
    place = exercise_queries.next_number(db, block.id)
    like = design.replacement(
        stimulus_sets.pool(store, block.set_id, block.form or "practice", block.kind is Kind.CHECK),
        [earlier.stimulus for earlier in block.trials],
        trial.stimulus,
        seed=row.seed + place,
        votes=tuple(row.design["votes" if block.kind is Kind.CHECK else "practice_votes"]),
    )
    exercise_queries.add_trials(db, block.id, place, [like], trial.exposure_ms)
    block.trials.append(Trial(place, like, trial.exposure_ms))


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
