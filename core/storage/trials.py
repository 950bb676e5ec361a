"""Trials of both tasks: the rows of some blocks, and the only place that makes the domain's Trial and Try of a row.

Columns are read, not objects: a course of half a year has thousands of trials, an export a million. What a row has is
said by a protocol, StoredTrial, so that nothing is made for it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol, TypedDict, TypeGuard, cast

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from core.domain.camera.expression import Try
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response, Stimulus, Trial
from core.domain.network.rating import NetworkId
from core.storage.tables import (
    RECOGNITION,
    TRIAL_LATER,
    BlockRow,
    NetworkRow,
    StimulusRow,
    StoredConditions,
    TrialRow,
)

_COLUMNS = (
    *(column for name, column in TrialRow.__table__.columns.items() if name != "id"),
    StimulusRow.file,
    StimulusRow.picture_hash,
    StimulusRow.identity,
    StimulusRow.sex,
    StimulusRow.skin,
)


class StoredTrial(Protocol):
    """A row of `trial_rows`: every column of TrialRow but its own id, and five of the face, None without one."""

    block_id: str
    number: int
    stimulus_id: int | None
    session_id: str | None
    target: str | None
    intensity: int | None
    votes: list[int] | None
    exposure_ms: int | None
    painted_at: datetime | None
    answered_at: datetime | None
    response: str | None
    best_guess: str | None
    scored: str | None
    correct: bool | None
    response_time_ms: float | None
    focus_lost: bool | None
    conditions: StoredConditions | None
    void: str | None
    earlier_face: int | None
    earlier_identity: int | None
    network_id: int | None
    network_probabilities: list[float] | None
    more: dict[str, Any] | None
    frames: int | None
    way: str | None
    language: str | None
    window: str | None
    device: str | None
    software: str | None
    file: str | None
    picture_hash: str | None
    identity: str | None
    sex: str | None
    skin: float | None


class ScoreColumns(TypedDict):
    """What came of an answer, as its row keeps it."""

    scored: str | None
    correct: bool | None


_BEFORE = [name for name in StoredTrial.__annotations__ if name not in TRIAL_LATER]
RIVAL, FORMAT, TWO = "rival", "format", "two"
"""Names and a value in `more` of a face of practice: the emotion that it was set against, and whether only these two
could be answered."""
UNSCORED = and_(
    TrialRow.response.is_not(None),
    TrialRow.response != Response.CANNOT_SEE,
    TrialRow.correct.is_(None),
    TrialRow.void.is_(None),
)
"""Answered faces without a score: a server of a release before 0011 took the answer while this one was started."""


def trial_rows(db: Session, block_ids: Collection[str]) -> dict[str, list[StoredTrial]]:
    """The trials of these blocks with their faces, by block, in order."""
    query = select(*_COLUMNS).outerjoin(StimulusRow, StimulusRow.id == TrialRow.stimulus_id)
    found: dict[str, list[StoredTrial]] = {id_: [] for id_ in block_ids}
    rows = db.execute(query.where(TrialRow.block_id.in_(found)).order_by(TrialRow.block_id, TrialRow.number))
    for row in cast(Iterable[StoredTrial], rows):
        found[row.block_id].append(row)
    return found


def not_yet_shown(row: StoredTrial) -> StoredTrial:
    """The row as it was before anything was painted or answered."""
    before = {name: getattr(row, name) for name in _BEFORE}
    return cast(StoredTrial, SimpleNamespace(**before, **dict.fromkeys(TRIAL_LATER)))


def trial_of(row: StoredTrial) -> Trial:
    """The trial of recognition in a row, which has a face. One without a score is scored as it is read."""
    face, picture, target = row.stimulus_id, row.picture_hash, row.target
    assert face is not None
    assert picture is not None
    assert target is not None
    answer = None
    if row.answered_at is not None and row.painted_at is not None and row.response is not None:
        answer = Answer(
            response=Response(row.response),
            response_time_ms=row.response_time_ms or 0.0,
            painted_at=row.painted_at,
            answered_at=row.answered_at,
            best_guess=_emotion(row.best_guess),
            focus_lost=bool(row.focus_lost),
            window=row.window,
        )
    return Trial(
        number=row.number,
        stimulus=Stimulus(
            id=face,
            hash=picture,
            target=Emotion.from_word(target),
            identity=row.identity,
            intensity=row.intensity,
            votes=tuple(row.votes) if row.votes else None,
            sex=row.sex,
            skin=row.skin,
        ),
        exposure_ms=row.exposure_ms,
        answer=answer,
        void=row.void,
        painted=row.painted_at is not None,
        rival=_emotion(row.more[RIVAL]) if two_answers(row.more) else None,
        first_meeting=row.earlier_face == 0 and not two_answers(row.more),
        scored=_emotion(row.scored),
        correct=row.correct,
    )


def two_answers(more: Mapping[str, Any] | None) -> TypeGuard[Mapping[str, Any]]:
    """Whether only two answers could be given to a face, by `more` of its row."""
    return more is not None and more.get(FORMAT) == TWO


def try_of(row: StoredTrial, networks: Mapping[int, NetworkId]) -> Try:
    """The try of an expression in a row; `networks` by number. Scored likewise."""
    shares = row.network_probabilities
    return Try(
        number=row.number,
        meant=_emotion(row.target),
        example=row.stimulus_id,
        reading=Reading(tuple(shares), row.frames or 1) if shares else None,
        network=None if row.network_id is None else networks.get(row.network_id),
        way=Way(row.way) if row.way else None,
        skipped=row.void is not None,
        correct=row.correct,
    )


def networks(db: Session) -> dict[int, NetworkId]:
    """Every network by its number."""
    rows = db.execute(select(NetworkRow.id, NetworkRow.name, NetworkRow.version, NetworkRow.hash))
    return {id_: NetworkId(name, version, hash_) for id_, name, version, hash_ in rows}


def score_missing(db: Session, *where: ColumnElement[bool]) -> None:
    """Score the answers of recognition, in blocks for which `where` holds, that were stored without: what a database
    counts, it counts by the stored score."""
    query = select(TrialRow.block_id).join(BlockRow, BlockRow.id == TrialRow.block_id)
    ids = db.scalars(query.where(UNSCORED, BlockRow.task == RECOGNITION, *where).distinct()).all()
    for block_id, rows in trial_rows(db, ids).items():
        for row, trial in [(row, trial_of(row)) for row in rows if row.correct is None]:
            own = (TrialRow.block_id == block_id, TrialRow.number == row.number)
            db.execute(update(TrialRow).where(*own, UNSCORED).values(**score(trial)))


def score(trial: Trial) -> ScoreColumns:
    return {"scored": None if trial.scored is None else trial.scored.word, "correct": trial.correct}


def _emotion(word: str | None) -> Emotion | None:
    return Emotion.from_word(word) if word else None
