"""Runs of every task as a browser plays them: what it may know ahead, and what it tells, batch by batch.

A batch is committed whole before it is acknowledged, or nothing of it. The database decides which item is still open:
what is told twice, or by a second tab, changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.devices import Browser
from core.domain.exercise.events import Batch
from core.domain.exercise.items import RunItem, Value
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Role
from core.services.exercise import run_rows
from core.services.exercise.played_run import PlayedRun, turn_of
from core.services.exercise.summary import refresh_summary
from core.services.gate.access import Player, require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, face_queries
from core.storage.tables import BlockRow, StimulusRow
from core.tasks import tasks
from core.tasks.task import Task

Picture = tuple[str, bytes]
"""Media type and file."""
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
    stand_ins: tuple[Item, ...] = ()
    """What may be shown in the place of items ahead, where the browser has it in time."""


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
        turn = turn_of(exercise_queries.run_items(db, row.id))
        return Begun(row.id, task, row.kind in task.measured, turn.number if turn else 1)


def state(store: Store, token: str, block_id: str) -> RunState:
    """The patient's own run with every item that is open."""
    with store.begin() as db:
        by, row = _played(db, token, block_id)
        consents.require_agreed(db, by.person.id, Purpose.TREATMENT)
        return _state(db, row, exercise_queries.run_items(db, row.id))


def take(store: Store, token: str, block_id: str, batch: Batch, browser: Browser) -> RunState:
    """Commit what a browser tells of the patient's own run; the state has the items that are new to it.

    An answer to an item that has one already, or is void, changes nothing. Raises OutOfOrder for an event of an item
    that was never drawn or whose turn has not come, NotUnderstood for an answer that the task does not know, and
    NotAgreed without a consent; then nothing of the batch is kept.
    """
    with store.begin() as db:
        by, row = _played(db, token, block_id)
        said = consents.said(db, by.person.id)
        said.require(Purpose.TREATMENT)
        items = exercise_queries.run_items(db, row.id)
        played = PlayedRun(db, by, row, items, browser, said)
        for event in batch.events:
            played.take(event)
        if turn_of(items) is None:
            run_rows.end(db, row, stopped=False)
        return _state(db, row, items, batch.known, batch.stand_ins)


def stop(store: Store, token: str, block_id: str) -> None:
    """End a run early at the person's wish; what was answered stays. A check that is stopped does not count."""
    with store.begin() as db:
        _, row = _played(db, token, block_id)
        run_rows.end(db, row, stopped=True)


def picture(
    store: Store, token: str, block_id: str, number: int, part: int | None = None, stand_in: bool = False
) -> Picture:
    """The face of an item of the patient's own run or of what stands in for it, or a further one that belongs to it: of
    a practice's face, by step from 0, the same person from neutral to full."""
    with store.begin() as db:
        _, row = _played(db, token, block_id)
        item = exercise_queries.run_item(db, row.id, number)
        task = tasks()[row.task]
        other = task.stand_in(db, item) if item and stand_in else None
        shown = item if not stand_in else other[0] if other else None
        face = task.picture(db, row.kind, shown, part) if shown else None
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
        return run_rows.begin(db, by, browser, task, kind=kind, options=options).id


def _played(db: Session, token: str, block_id: str) -> tuple[Player, BlockRow]:
    """The patient's own run, of a task that the player plays."""
    by, row = run_rows.own(db, token, block_id)
    if not tasks()[row.task].step:
        raise NotAllowed("This run of faces is not yours.")
    return by, row


def _state(
    db: Session, row: BlockRow, items: Sequence[RunItem], known: int = 0, stand_ins: Collection[int] = ()
) -> RunState:
    """With what a browser does not have that knows the items up to `known`, and what stands in for these numbers."""
    task, turn = tasks()[row.task], turn_of(items)
    over = turn is None or row.stopped
    fresh = [] if over else [item for item in items if item.open and item.number > known]
    answered = sum(item.answered and item.void is None for item in items)
    ahead = [] if over else [one for one in items if one.open and one.number not in stand_ins]
    others = [found[0] for one in ahead if (found := task.stand_in(db, one))]
    return RunState(
        row.id,
        row.length,
        answered,
        over,
        None if over or turn is None else turn.number,
        _told(db, task, row.kind, fresh),
        _told(db, task, row.kind, others),
    )


def _told(db: Session, task: Task, kind: str, items: Sequence[RunItem]) -> tuple[Item, ...]:
    said = task.feedback(db, kind, items) if items and kind not in task.measured else {}
    return tuple(
        Item(one.number, one.exposure_ms, one.painted, task.item(kind, one), said.get(one.number)) for one in items
    )
