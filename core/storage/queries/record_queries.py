"""Queries of one patient's record: the runs that may need attention and the trials of checks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.domain.exercise.trials import Kind, Trial
from core.storage.tables import IN_ORDER, BlockRow, PeopleAnswerRow
from core.storage.trials import trial_of, trial_rows


@dataclass(frozen=True)
class RunRow:
    """A run of either task, without its trials."""

    id: str
    task: str
    kind: str
    design: dict[str, Any]
    started_at: datetime
    ended_at: datetime | None
    stopped: bool
    hard: bool | None


def noted_runs(db: Session, person_id: str, since: datetime) -> list[RunRow]:
    """Of the runs since then the checks and those that were hard or stopped, and from before an open check; with the
    last run of all, oldest first."""
    check = BlockRow.kind == Kind.CHECK
    own = select(BlockRow.id).where(BlockRow.person_id == person_id)
    noted = or_(
        (BlockRow.started_at >= since) & or_(check, BlockRow.hard.is_(True), BlockRow.stopped),
        check & BlockRow.ended_at.is_(None),
        BlockRow.id.in_(own.order_by(BlockRow.started_at.desc()).limit(1)),
    )
    columns = [getattr(BlockRow, name) for name in RunRow.__dataclass_fields__]
    result = db.execute(select(*columns).where(BlockRow.person_id == person_id, noted).order_by(*IN_ORDER))
    return [RunRow(*row) for row in result]


def trials(db: Session, block_ids: Collection[str]) -> dict[str, list[tuple[Trial, Sequence[float] | None]]]:
    """The trials of these blocks in order, each with what the network said of the face when it was answered."""
    return {
        block_id: [(trial_of(row), row.network_probabilities) for row in rows]
        for block_id, rows in trial_rows(db, block_ids).items()
    }


def people_on(db: Session, hashes: Collection[str]) -> dict[str, dict[str, int]]:
    """How many consenting people gave each response to each of these pictures."""
    rows = select(PeopleAnswerRow.picture_hash, PeopleAnswerRow.response, PeopleAnswerRow.people)
    by_picture: dict[str, dict[str, int]] = {}
    for picture, response, people in db.execute(rows.where(PeopleAnswerRow.picture_hash.in_(hashes))):
        by_picture.setdefault(picture, {})[response] = people
    return by_picture
