"""Queries of sittings, of runs and their items of any task, planned and answered one row at a time; and of the runs of
recognition, loaded as the domain's Block.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import CursorResult, Select, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from core.domain.clocks import TOLERANCE, recent
from core.domain.devices import Browser
from core.domain.exercise.items import PlannedItem, RunItem, Value
from core.domain.exercise.trials import Block, Kind
from core.domain.programme.day_length import AnswerMoment
from core.storage.tables import (
    IN_ORDER,
    LATEST_FIRST,
    RECOGNITION,
    BlockRow,
    ExposureRow,
    SessionRow,
    TrialRow,
    now,
)
from core.storage.trials import trial_of, trial_rows

SITTING = timedelta(minutes=30)


@dataclass(frozen=True)
class SittingFacts(Browser):
    """What has to stay as it is while a sitting goes on: columns of SessionRow."""

    software: str
    """The version that runs here."""
    in_room: bool = False


class AnswerPlace(TypedDict):
    """Where something was painted or answered: columns of TrialRow."""

    session_id: str
    language: str
    device: str
    software: str


def sitting(db: Session, person_id: str, facts: SittingFacts) -> SessionRow:
    """The person's sitting at this browser: the last one, if it is under half an hour old, else a new one."""
    last = db.scalars(
        select(SessionRow)
        .where(SessionRow.person_id == person_id, SessionRow.last_at <= now() + TOLERANCE)
        .order_by(SessionRow.last_at.desc())
        .limit(1)
    ).first()
    if last is not None and goes_on(last, facts):
        last.last_at = now()
        return last
    fresh = SessionRow(person_id=person_id, **asdict(facts))
    db.add(fresh)
    db.flush()
    return fresh


def goes_on(row: SessionRow, facts: SittingFacts) -> bool:
    """Whether a sitting is still the same: less than half an hour old, and nothing about the browser has changed."""
    return recent(row.last_at, now(), SITTING) and all(
        getattr(row, name) == value for name, value in asdict(facts).items()
    )


def open_run(db: Session, person_id: str, task: str = RECOGNITION) -> BlockRow | None:
    """The one run of this task of the person that is neither finished nor stopped."""
    rows = select(BlockRow).where(BlockRow.person_id == person_id, BlockRow.task == task)
    return db.scalars(rows.where(BlockRow.ended_at.is_(None))).first()


def newest_open(db: Session, person_id: str, tasks: Sequence[str]) -> BlockRow | None:
    """The newest of them, of any of these tasks."""
    rows = select(BlockRow).where(
        BlockRow.person_id == person_id, BlockRow.ended_at.is_(None), BlockRow.task.in_(tasks)
    )
    return db.scalars(rows.order_by(*LATEST_FIRST).limit(1)).first()


def finished_blocks(db: Session, person_id: str, kind: Kind) -> Sequence[BlockRow]:
    """The person's blocks of one kind that were answered to the end, oldest first."""
    return db.scalars(_finished(person_id).where(BlockRow.kind == kind).order_by(*IN_ORDER)).all()


def last_finished(db: Session, person_id: str, kind: Kind | None = None) -> BlockRow | None:
    """The person's newest block, of this kind, that was answered to the end."""
    rows = _finished(person_id) if kind is None else _finished(person_id).where(BlockRow.kind == kind)
    return db.scalars(rows.order_by(*LATEST_FIRST).limit(1)).first()


def _own(person_id: str) -> Select[BlockRow]:
    return select(BlockRow).where(BlockRow.person_id == person_id, BlockRow.task == RECOGNITION)


def _finished(person_id: str) -> Select[BlockRow]:
    return _own(person_id).where(BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False))


def add_items(db: Session, block_id: str, first: int, planned: Iterable[PlannedItem]) -> None:
    """Plan a trial for each item, numbered from `first`."""
    db.execute(
        insert(TrialRow),
        [
            {
                "block_id": block_id,
                "number": number,
                "stimulus_id": item.stimulus_id,
                "target": item.target,
                "intensity": item.intensity,
                "votes": list(item.votes) if item.votes else None,
                "exposure_ms": item.exposure_ms,
                "more": dict(item.more) if item.more else None,
            }
            for number, item in enumerate(planned, start=first)
        ],
    )


_ITEM = (
    TrialRow.number,
    TrialRow.stimulus_id,
    TrialRow.target,
    TrialRow.exposure_ms,
    TrialRow.painted_at.is_not(None),
    TrialRow.answered_at.is_not(None),
    TrialRow.void,
    TrialRow.more,
)


def run_items(db: Session, block_id: str) -> list[RunItem]:
    """The items of a run, of any task, in order."""
    rows = db.execute(select(*_ITEM).where(TrialRow.block_id == block_id).order_by(TrialRow.number))
    return [_run_item(*row) for row in rows]


def run_item(db: Session, block_id: str, number: int) -> RunItem | None:
    """One of them."""
    rows = db.execute(select(*_ITEM).where(TrialRow.block_id == block_id, TrialRow.number == number))
    return next((_run_item(*row) for row in rows), None)


def _run_item(
    number: int,
    stimulus_id: int | None,
    target: str | None,
    exposure_ms: int | None,
    painted: bool,
    answered: bool,
    void: str | None,
    more: Mapping[str, Value] | None,
) -> RunItem:
    return RunItem(number, stimulus_id, target, exposure_ms, painted, answered, void, more or {})


def load_block(db: Session, row: BlockRow) -> Block:
    """A stored block as the domain knows it, with every trial in order."""
    trials = [trial_of(trial) for trial in trial_rows(db, [row.id])[row.id]]
    return Block(row.id, Kind(row.kind), row.length, trials, row.form, row.set_id, row.stopped)


_TRIALS = TrialRow.metadata.tables[TrialRow.__tablename__]
_FILL_IN = update(_TRIALS).where(
    _TRIALS.c.block_id == bindparam("of_block"),
    _TRIALS.c.number == bindparam("of_number"),
    _TRIALS.c.answered_at.is_(None),
    _TRIALS.c.void.is_(None),
)
"""Of the table and made once: made anew of the class for each answer it took a fifth of the answer's processor."""


def fill_in(db: Session, block_id: str, number: int, **values: object) -> bool:
    """Write `values` into a trial that is still open; False if it is not, and then nothing changes."""
    done = db.execute(_FILL_IN, {**values, "of_block": block_id, "of_number": number})
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def set_more(db: Session, block_id: str, number: int, more: Mapping[str, Value]) -> bool:
    """What the task knows of a trial that is still open; False if it is not, and then nothing changes."""
    return fill_in(db, block_id, number, more=dict(more))


def mark_painted(db: Session, block_id: str, number: int, at: datetime, where: AnswerPlace) -> None:
    """Note that a timed face was on the screen, and where; from now on it must be answered or becomes void."""
    db.execute(
        update(TrialRow)
        .where(TrialRow.block_id == block_id, TrialRow.number == number, TrialRow.painted_at.is_(None))
        .values(painted_at=at, **where)
    )


def next_number(db: Session, block_id: str) -> int:
    """The number that a further trial of the block gets."""
    return (db.scalar(select(func.max(TrialRow.number)).where(TrialRow.block_id == block_id)) or 0) + 1


def exposures(db: Session, person_id: str, what: Iterable[str]) -> dict[str, int]:
    """How often the person has met each face or identity before."""
    rows = select(ExposureRow.what, ExposureRow.times).where(
        ExposureRow.person_id == person_id, ExposureRow.what.in_(list(what))
    )
    return dict(db.execute(rows).all())


def latest_ends(db: Session, person_id: str, number: int) -> list[datetime]:
    """When the person's latest runs of any task were over, the newest first."""
    query = select(BlockRow.ended_at).where(BlockRow.person_id == person_id, BlockRow.ended_at.is_not(None))
    return [at for at in db.scalars(query.order_by(BlockRow.ended_at.desc()).limit(number)) if at is not None]


def runs_since(db: Session, person_id: str, since: datetime) -> list[tuple[str, str]]:
    """Task and kind of the person's runs that began from then on and are over, but for warm-ups."""
    rows = select(BlockRow.task, BlockRow.kind).where(
        BlockRow.person_id == person_id, BlockRow.started_at >= since, BlockRow.ended_at.is_not(None)
    )
    return [(task, kind) for task, kind in db.execute(rows.where(BlockRow.part.is_(None)))]


def answer_moments(db: Session, person_id: str, since: datetime) -> list[list[AnswerMoment]]:
    """The answers of each of the person's runs, of any task, that began from then on."""
    rows = (
        select(TrialRow.block_id, TrialRow.answered_at, TrialRow.response_time_ms)
        .join(BlockRow, BlockRow.id == TrialRow.block_id)
        .where(BlockRow.person_id == person_id, BlockRow.started_at >= since)
    )
    runs: dict[str, list[AnswerMoment]] = {}
    for block_id, at, took in db.execute(rows):
        if at is not None:
            runs.setdefault(block_id, []).append(AnswerMoment(at, timedelta(milliseconds=took or 0)))
    return list(runs.values())
