"""Query of the researcher's overview: what came of the faces in finished checks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from core.domain.exercise.trials import Response
from core.storage.tables import BlockRow, TrialRow
from core.storage.trials import UNSCORED, score_missing

_SOME = 500
"""Values that go into one statement."""


@dataclass(frozen=True)
class TargetOfPerson:
    """One person's faces of one target in finished checks."""

    person_id: str
    target: str | None
    shown: int
    right: int
    not_sure: int
    missed: int
    """Not seen."""
    void: int
    unscored: int
    """Answers without a score, which are scored before they are counted: 0."""


def faces_of_checks(db: Session, block_ids: Sequence[str]) -> list[TargetOfPerson]:
    """Faces of these finished checks, by person and target."""
    counted = _faces_of_checks(db, block_ids)
    if any(row.unscored for row in counted):
        for some in _batches(block_ids):
            score_missing(db, BlockRow.id.in_(some))
        return _faces_of_checks(db, block_ids)
    return counted


def _faces_of_checks(db: Session, block_ids: Sequence[str]) -> list[TargetOfPerson]:
    query = (
        select(
            BlockRow.person_id,
            TrialRow.target,
            func.count(TrialRow.correct),
            _how_many(TrialRow.correct.is_(True)),
            _how_many(TrialRow.response == Response.NOT_SURE),
            _how_many(TrialRow.response == Response.CANNOT_SEE),
            _how_many(TrialRow.void.is_not(None)),
            _how_many(UNSCORED),
        )
        .join(TrialRow, TrialRow.block_id == BlockRow.id)
        .group_by(BlockRow.person_id, TrialRow.target)
    )
    sums: dict[tuple[str, str | None], list[int]] = {}
    for some in _batches(block_ids):
        for person_id, target, *counts in db.execute(query.where(BlockRow.id.in_(some))):
            before = sums.get((person_id, target), [0] * len(counts))
            sums[person_id, target] = [one + more for one, more in zip(before, counts, strict=True)]
    return [TargetOfPerson(person_id, target, *counts) for (person_id, target), counts in sums.items()]


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _SOME] for start in range(0, len(values), _SOME))
