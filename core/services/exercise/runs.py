"""Runs of every task as a browser plays them: what it may know ahead, and what it tells, batch by batch.

A batch is committed whole before it is acknowledged, or nothing of it. The database decides which item is still open:
what is told twice, or by a second tab, changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.devices import Browser
from core.domain.exercise.events import Answered, Batch, Given, Left, OutOfOrder, Painted, Stopped
from core.domain.exercise.items import RunItem, Value
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Person, Role
from core.services.exercise import run_rows
from core.services.exercise.summary import refresh_summary
from core.services.gate.access import Player, require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, face_queries
from core.storage.tables import BlockRow, StimulusRow, now
from core.tasks import tasks
from core.tasks.task import Task

Picture = tuple[str, bytes]
"""Media type and file."""
_LEFT = "left while shown"
NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Item:
    """An item that is still to be answered, as its browser may know it: nothing here tells an answer of a check."""

    number: int
    exposure_ms: int | None
    """None: until answered."""
    painted: bool = False
    """A timed one that has been on a screen."""
    told: Mapping[str, Value] = field(default_factory=dict)
    """What else its task tells ahead."""
    feedback: object = None
    """What is said after the answer; None in a check."""


@dataclass(frozen=True)
class RunState:
    """Where a run stands, and what is ahead of it in order."""

    id: str
    length: int
    answered: int
    over: bool
    """Every item is answered, or the person stopped."""
    next: int | None
    """The number of the item whose turn it is."""
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Begun:
    """A run that can be played."""

    id: str
    task: Task
    measured: bool
    """Nothing is told before the end."""
    next: int
    """The number of the item that comes probably first."""
    keeps: bool = True
    """What is answered is stored."""


def begin(
    store: Store,
    token: str,
    browser: Browser,
    exercise: Task,
    kind: str | None = None,
    options: Mapping[str, str] = NO_OPTIONS,
) -> str:
    """The name of the patient's open run of `exercise`, or of a new one: of `kind`, or of the kind that is due.
    `options`: what else the task is told for drawing it.

    Raises NotAgreed where the person has not agreed to a record.
    """
    try:
        return _begin(store, token, browser, exercise, kind, options)
    except IntegrityError:  # another tab began one at the same moment: that one is now the open run
        return _begin(store, token, browser, exercise, kind, options)


def unfinished(store: Store, token: str) -> str | None:
    """The name of the patient's newest run that the player can go on with. Raises NotAgreed as `begin`."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        played = [task.name for task in tasks().values() if task.step]
        row = exercise_queries.newest_open(db, person.id, played)
        if row is not None:
            consents.require_agreed(db, person.id, Purpose.TREATMENT)
        return None if row is None else row.id


def begun(store: Store, token: str, block_id: str) -> Begun:
    """One of the patient's own runs, to be played."""
    with store.begin() as db:
        _, row = _played(db, token, block_id)
        task = tasks()[row.task]
        turn = _turn(exercise_queries.run_items(db, row.id))
        return Begun(row.id, task, row.kind in task.measured, turn.number if turn else 1)


def state(store: Store, token: str, block_id: str) -> RunState:
    """The patient's own run with every item that is open."""
    with store.begin() as db:
        by, row = _played(db, token, block_id)
        consents.require_agreed(db, by.person.id, Purpose.TREATMENT)
        return _state(db, row, exercise_queries.run_items(db, row.id), known=0)


def take(store: Store, token: str, block_id: str, batch: Batch, browser: Browser) -> RunState:
    """Commit what a browser tells of the patient's own run; the state has the items that are new to it.

    An answer to an item that has one already, or is void, changes nothing. Raises OutOfOrder for an event of an item
    that was never drawn or whose turn has not come, NotUnderstood for an answer that the task does not know, and
    NotAgreed without a consent; then nothing of the batch is kept.
    """
    with store.begin() as db:
        by, row = _played(db, token, block_id)
        person = by.person
        consents.require_agreed(db, person.id, Purpose.TREATMENT)
        sitting = run_rows.sitting(db, by, browser)
        where = {
            "session_id": sitting.id,
            "language": browser.language,
            "device": browser.device,
            "software": VERSION,
        }
        items = exercise_queries.run_items(db, row.id)
        for event in batch.events:
            match event:
                case Answered(number, given):
                    _answer(db, person, row, items, number, given, where)
                case Painted(number):
                    _painted(db, row, items, number, where)
                case Left(number):
                    _left(store, db, person, row, items, number, browser)
                case Stopped():
                    run_rows.end(db, row, stopped=True)
        if _turn(items) is None:
            run_rows.end(db, row, stopped=False)
        return _state(db, row, items, batch.known)


def stop(store: Store, token: str, block_id: str) -> None:
    """End a run early at the person's wish; what was answered stays. A check that is stopped does not count."""
    with store.begin() as db:
        _, row = _played(db, token, block_id)
        run_rows.end(db, row, stopped=True)


def picture(store: Store, token: str, block_id: str, number: int, part: int | None = None) -> Picture:
    """The face of an item of the patient's own run, or a further one that belongs to it: of a practice's face, by step
    from 0, the same person from neutral to full."""
    with store.begin() as db:
        _, row = _played(db, token, block_id)
        item = exercise_queries.run_item(db, row.id, number)
        face = tasks()[row.task].picture(db, row.kind, item, part) if item else None
        return bytes_of(db, face)


def bytes_of(db: Session, face: StimulusRow | None) -> Picture:
    """Raises NotAllowed without a face."""
    if face is None:
        raise NotAllowed("There is no such face in this run.")
    return face_queries.pictures(db, [face.picture_hash])[face.picture_hash]


def say_hard(store: Store, token: str, block_id: str, hard: bool) -> None:
    """Keep the answer to "Was this hard for you?", of a run of any task."""
    with store.begin() as db:
        by, row = run_rows.own(db, token, block_id)
        row.hard = hard
        refresh_summary(db, by.person.id)


def _begin(store: Store, token: str, browser: Browser, task: Task, kind: str | None, options: Mapping[str, str]) -> str:
    with store.begin() as db:
        by = Player(require(db, token, Role.PATIENT), in_room=False)
        return run_rows.begin(store, db, by, browser, task, kind=kind, options=options).id


def _played(db: Session, token: str, block_id: str) -> tuple[Player, BlockRow]:
    """The patient's own run, of a task that the player plays."""
    by, row = run_rows.own(db, token, block_id)
    if not tasks()[row.task].step:
        raise NotAllowed("This run of faces is not yours.")
    return by, row


def _turn(items: Sequence[RunItem]) -> RunItem | None:
    return next((item for item in items if item.open), None)


def _state(db: Session, row: BlockRow, items: Sequence[RunItem], known: int) -> RunState:
    task, turn = tasks()[row.task], _turn(items)
    over = turn is None or row.stopped
    fresh = [] if over else [item for item in items if item.open and item.number > known]
    said = task.feedback(db, row.kind, fresh) if fresh and row.kind not in task.measured else {}
    answered = sum(item.answered and item.void is None for item in items)
    ahead = tuple(
        Item(one.number, one.exposure_ms, one.painted, task.item(row.kind, one), said.get(one.number)) for one in fresh
    )
    return RunState(row.id, row.length, answered, over, None if over or turn is None else turn.number, ahead)


def _open(items: Sequence[RunItem], number: int) -> RunItem | None:
    """The item, if it is its turn; None if it has been answered or is void. Raises OutOfOrder.

    The answers of a run that was stopped elsewhere meanwhile were given before, and are kept.
    """
    item = next((one for one in items if one.number == number), None)
    if item is None:
        raise OutOfOrder("Face {number} is not in this run. Please reload the page and go on.", number=number)
    if item.open and item is not _turn(items):
        raise OutOfOrder("It is not the turn of face {number}. Please reload the page and go on.", number=number)
    return item if item.open else None


def _answer(
    db: Session,
    person: Person,
    row: BlockRow,
    items: Sequence[RunItem],
    number: int,
    given: Given,
    where: Mapping[str, Any],
) -> None:
    task, item = tasks()[row.task], _open(items, number)
    if item is None:
        return
    told = {
        "response_time_ms": given.response_time_ms,
        "painted_at": given.painted_at,
        "answered_at": given.answered_at,
        "focus_lost": given.focus_lost,
        "window": given.window,
        "conditions": given.conditions and asdict(given.conditions),
    }
    run_rows.keep(db, task, person, row, item, {**where, **told, **task.answer(row.kind, item, given)})
    item.answered = True  # also where another tab was first, a moment ago


def _painted(db: Session, row: BlockRow, items: Sequence[RunItem], number: int, where: dict[str, Any]) -> None:
    """A timed item is on the screen: from now on it must be answered or becomes void."""
    item = _open(items, number)
    if item is not None:
        exercise_queries.mark_painted(db, row.id, number, now(), where)
        item.painted = True


def _left(
    store: Store, db: Session, person: Person, row: BlockRow, items: list[RunItem], number: int, browser: Browser
) -> None:
    """A timed item that was on the screen when the page went away becomes void and is replaced by its like."""
    task, item = tasks()[row.task], _open(items, number)
    if item is None or item.exposure_ms is None or not item.painted:
        return
    if not run_rows.keep(db, task, person, row, item, {"void": _LEFT}):
        return
    item.void = _LEFT
    place = max(one.number for one in items) + 1
    by = run_rows.drawing(store, db, row.person_id, browser, row.seed + place)
    like = task.replace(by, row, items, item)
    if like is not None:
        exercise_queries.add_items(db, row.id, place, [like])
        items += [one for one in exercise_queries.run_items(db, row.id) if one.number == place]
