"""Queries of sittings, blocks and trials of recognition: planned, answered one row at a time, loaded as the domain's
Block. Expressions (`expression_queries`) are in the same tables under a task of their own, and in none of this.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, func, insert, select, update
from sqlalchemy.orm import Session

from core.domain.clocks import TOLERANCE, recent
from core.domain.exercise.trials import Block, Kind, Stimulus, Trial
from core.storage.tables import (
    IN_ORDER,
    LATEST_FIRST,
    RECOGNITION,
    BlockRow,
    ExposureRow,
    SessionRow,
    StimulusRow,
    TrialRow,
    now,
)
from core.storage.trials import score, trial_of, trial_rows

SITTING = timedelta(minutes=30)


def sitting(db: Session, person_id: str, facts: dict[str, Any]) -> SessionRow:
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
    fresh = SessionRow(person_id=person_id, **facts)
    db.add(fresh)
    db.flush()
    return fresh


def goes_on(row: SessionRow, facts: dict[str, Any]) -> bool:
    """Whether a sitting is still the same: less than half an hour old, and nothing about the browser has changed."""
    return recent(row.last_at, now(), SITTING) and all(getattr(row, name) == value for name, value in facts.items())


def open_block(db: Session, person_id: str) -> BlockRow | None:
    """The one block of the person that is neither finished nor stopped."""
    return db.scalars(_own(person_id).where(BlockRow.ended_at.is_(None))).first()


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


def add_trials(db: Session, block_id: str, first: int, faces: Iterable[Stimulus], exposure_ms: int | None) -> None:
    """Plan one trial for each face, numbered from `first`."""
    db.execute(
        insert(TrialRow),
        [
            {
                "block_id": block_id,
                "number": first + place,
                "stimulus_id": face.id,
                "target": face.target.word,
                "intensity": face.intensity,
                "votes": list(face.votes) if face.votes else None,
                "exposure_ms": exposure_ms,
            }
            for place, face in enumerate(faces)
        ],
    )


def load_block(db: Session, row: BlockRow) -> Block:
    """A stored block as the domain knows it, with every trial in order."""
    trials = [trial_of(trial) for trial in trial_rows(db, [row.id])[row.id]]
    return Block(row.id, Kind(row.kind), row.length, trials, row.form, row.set_id, row.stopped)


def face_at(db: Session, block_id: str, number: int) -> StimulusRow | None:
    """The face that was drawn for one place of a block."""
    rows = select(StimulusRow).join(TrialRow, TrialRow.stimulus_id == StimulusRow.id)
    return db.scalars(rows.where(TrialRow.block_id == block_id, TrialRow.number == number)).first()


def save_answer(db: Session, block_id: str, trial: Trial, context: dict[str, Any]) -> bool:
    """Fill in a planned trial that has its answer now; False if it was answered or void before, and then nothing
    changes."""
    answer = trial.answer
    assert answer is not None
    return fill_in(
        db,
        block_id,
        trial.number,
        response=answer.response,
        best_guess=answer.best_guess.word if answer.best_guess is not None else None,
        **score(trial),
        response_time_ms=answer.response_time_ms,
        painted_at=answer.painted_at,
        answered_at=answer.answered_at,
        focus_lost=answer.focus_lost,
        window=answer.window,
        **context,
    )


def fill_in(db: Session, block_id: str, number: int, **values: Any) -> bool:
    """Write `values` into a trial that is still open; False if it is not, and then nothing changes."""
    done = db.execute(
        update(TrialRow)
        .where(
            TrialRow.block_id == block_id,
            TrialRow.number == number,
            TrialRow.answered_at.is_(None),
            TrialRow.void.is_(None),
        )
        .values(**values)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def mark_painted(db: Session, block_id: str, number: int, at: datetime, where: dict[str, Any]) -> None:
    """Note that a timed face was on the screen, and where; from now on it must be answered or becomes void."""
    db.execute(
        update(TrialRow)
        .where(TrialRow.block_id == block_id, TrialRow.number == number, TrialRow.painted_at.is_(None))
        .values(painted_at=at, **where)
    )


def mark_void(db: Session, block_id: str, number: int, why: str, context: dict[str, Any]) -> bool:
    """Say that an unanswered trial does not count; False if it was answered or void before."""
    return fill_in(db, block_id, number, void=why, **context)


def next_number(db: Session, block_id: str) -> int:
    """The number that a further trial of the block gets."""
    return (db.scalar(select(func.max(TrialRow.number)).where(TrialRow.block_id == block_id)) or 0) + 1


def exposures(db: Session, person_id: str, what: Iterable[str]) -> dict[str, int]:
    """How often the person has met each face or identity before."""
    rows = select(ExposureRow.what, ExposureRow.times).where(
        ExposureRow.person_id == person_id, ExposureRow.what.in_(list(what))
    )
    return dict(db.execute(rows).all())
