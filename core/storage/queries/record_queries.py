"""Queries of one patient's record: all runs and the trials of checks, one query each. Columns are read, not objects: a
course of half a year has a thousand trials of checks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response, Stimulus, Trial
from core.storage.tables import BlockRow, PeopleAnswerRow, StimulusRow, TrialRow


@dataclass(frozen=True)
class RunRow:
    """A run of either task, without its trials."""

    id: str
    task: str
    kind: str
    blueprint: str | None
    design: dict[str, Any]
    form: str | None
    length: int
    started_at: datetime
    ended_at: datetime | None
    stopped: bool
    hard: bool | None


def runs(db: Session, person_id: str) -> list[RunRow]:
    """Every run of the person, oldest first."""
    columns = [getattr(BlockRow, name) for name in RunRow.__dataclass_fields__]
    result = db.execute(select(*columns).where(BlockRow.person_id == person_id).order_by(BlockRow.started_at))
    return [RunRow(*row) for row in result]


def trials(db: Session, block_ids: Collection[str]) -> dict[str, list[tuple[Trial, Sequence[float] | None]]]:
    """The trials of these blocks in order, each with what the network said of the face when it was answered."""
    columns = (
        TrialRow.block_id,
        TrialRow.number,
        TrialRow.stimulus_id,
        StimulusRow.picture_hash,
        TrialRow.target,
        TrialRow.intensity,
        TrialRow.votes,
        TrialRow.exposure_ms,
        TrialRow.painted_at,
        TrialRow.answered_at,
        TrialRow.response,
        TrialRow.best_guess,
        TrialRow.response_time_ms,
        TrialRow.focus_lost,
        TrialRow.void,
        TrialRow.earlier_face,
        TrialRow.network_probabilities,
    )
    rows = select(*columns).join(StimulusRow, StimulusRow.id == TrialRow.stimulus_id)
    by_block: dict[str, list[tuple[Trial, Sequence[float] | None]]] = {block_id: [] for block_id in block_ids}
    for row in db.execute(rows.where(TrialRow.block_id.in_(by_block)).order_by(TrialRow.block_id, TrialRow.number)):
        by_block[row.block_id].append((_trial(row), row.network_probabilities))
    return by_block


def people_on(db: Session, hashes: Collection[str]) -> dict[str, dict[str, int]]:
    """How many consenting people gave each response to each of these pictures."""
    rows = select(PeopleAnswerRow.picture_hash, PeopleAnswerRow.response, PeopleAnswerRow.people)
    by_picture: dict[str, dict[str, int]] = {}
    for picture, response, people in db.execute(rows.where(PeopleAnswerRow.picture_hash.in_(hashes))):
        by_picture.setdefault(picture, {})[response] = people
    return by_picture


def _trial(row: Row[tuple[object, ...]]) -> Trial:
    face = Stimulus(
        id=row.stimulus_id,
        hash=row.picture_hash,
        target=Emotion.from_word(row.target),
        intensity=row.intensity,
        votes=tuple(row.votes) if row.votes else None,
    )
    answer = None
    if row.response is not None and row.answered_at is not None and row.painted_at is not None:
        answer = Answer(
            response=Response(row.response),
            response_time_ms=row.response_time_ms or 0.0,
            painted_at=row.painted_at,
            answered_at=row.answered_at,
            best_guess=Emotion.from_word(row.best_guess) if row.best_guess else None,
            focus_lost=bool(row.focus_lost),
        )
    painted, first = row.painted_at is not None, row.earlier_face == 0
    return Trial(row.number, face, row.exposure_ms, answer, row.void, painted, first)
