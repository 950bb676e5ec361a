"""Queries of expression runs, in the tables of blocks and trials under a task of their own, loaded as the domain's."""

from collections.abc import Sequence
from typing import TypedDict

from sqlalchemy import exists, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.domain.camera.expression import ExpressionKind, ExpressionRun, Try
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId
from core.storage.tables import EXPRESSION, IN_ORDER, LATEST_FIRST, BlockRow, StoredNeutral, TrialRow
from core.storage.trials import networks, trial_rows, try_of

SKIPPED = "skipped"


class ReadingColumns(TypedDict):
    """A reading as a trial keeps it: columns of TrialRow."""

    network_probabilities: list[float]
    frames: int
    correct: bool | None


def load(db: Session, row: BlockRow) -> ExpressionRun:
    """A stored run as the domain knows it."""
    return _runs(db, [row])[0]


def ended_runs(db: Session, person_id: str) -> list[ExpressionRun]:
    """The person's runs that are over, finished or stopped, oldest first."""
    rows = select(BlockRow).where(BlockRow.person_id == person_id, BlockRow.task == EXPRESSION)
    return _runs(db, db.scalars(rows.where(BlockRow.ended_at.is_not(None)).order_by(*IN_ORDER)).all())


def newest_shown(db: Session, person_id: str) -> ExpressionRun | None:
    """The person's newest run that is over and in which a face was read."""
    read = exists().where(TrialRow.block_id == BlockRow.id, TrialRow.network_probabilities.is_not(None))
    rows = select(BlockRow).where(BlockRow.person_id == person_id, BlockRow.task == EXPRESSION, read)
    row = db.scalars(rows.where(BlockRow.ended_at.is_not(None)).order_by(*LATEST_FIRST).limit(1)).first()
    return None if row is None else load(db, row)


def add_try(db: Session, run_id: str, number: int, **values: object) -> bool:
    """Write a try that was not planned; False if there is one of that number, and then nothing changes."""
    try:
        with db.begin_nested():
            db.execute(insert(TrialRow).values(block_id=run_id, number=number, **values))
    except IntegrityError:
        return False
    return True


def baseline(reading: Reading, way: Way, network: NetworkId) -> StoredNeutral:
    """A neutral face as a block keeps it."""
    return {
        "probabilities": shortened(reading),
        "frames": reading.frames,
        "way": way,
        "network": {"name": network.name, "version": network.version, "hash": network.hash},
    }


def scored(meant: Emotion | None, reading: Reading) -> ReadingColumns:
    """A reading as a trial keeps it, with whether what is kept of it is most of what was meant."""
    shares = shortened(reading)
    seen = Try(1, meant, reading=Reading(tuple(shares), reading.frames))
    return {"network_probabilities": shares, "frames": reading.frames, "correct": seen.correct}


def shortened(reading: Reading) -> list[float]:
    """Probabilities as they are stored: four digits."""
    return [round(float(share), 4) for share in reading.probabilities]


def _runs(db: Session, rows: Sequence[BlockRow]) -> list[ExpressionRun]:
    known = networks(db)
    tries = trial_rows(db, [row.id for row in rows])
    return [_run(row, [try_of(one, known) for one in tries[row.id]]) for row in rows]


def _run(row: BlockRow, tries: Sequence[Try]) -> ExpressionRun:
    first = row.baseline
    return ExpressionRun(
        id=row.id,
        task=ExpressionKind(row.kind),
        way=Way(row.design["way"]),
        length=row.length,
        started_at=row.started_at,
        tries=tuple(tries),
        baseline=Reading(tuple(first["probabilities"]), first["frames"]) if first else None,
        baseline_network=NetworkId(**first["network"]) if first else None,
        ended=row.ended_at is not None,
        stopped=row.stopped,
        hard=row.hard,
    )
