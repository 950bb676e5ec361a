"""Exercises beside what the plan asks: which there are, and what came of their runs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.people import NotAllowed, Role
from core.services.gate.access import require
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.storage.tables import LATEST_FIRST, BlockRow, TrialRow
from core.tasks import tasks
from core.tasks.task import Task

_FELT = {emotion.word for emotion in Emotion} - {Emotion.NEUTRAL.word}


@dataclass(frozen=True)
class TaskScore:
    """What came of a run of a task that no plan asks for: `right` of the `shown` items that could be judged."""

    id: str
    task: Task
    right: int
    shown: int
    hard: bool | None
    """What the person said of it afterwards."""
    hardest: Emotion | None
    """The first emotion that was not found; the first of all where each was. None of a run without one."""


def offered() -> tuple[Task, ...]:
    """What a person may do when they like, by the player."""
    return tuple(task for task in tasks().values() if task.offered)


def score(store: Store, token: str, block_id: str) -> TaskScore | None:
    """What came of one of the patient's own runs that is over; None for a task that the plan asks for. Raises
    NotAllowed for any other."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = db.get(BlockRow, block_id)
        if row is None or row.person_id != person.id or row.ended_at is None:
            raise NotAllowed("There is no result here yet.")
        task = tasks().get(row.task)
        return _score(db, row) if task is not None and task.step and not task.planned else None


def latest_scores(store: Store, token: str) -> list[TaskScore]:
    """Of each of these tasks the patient's newest run that was played to the end."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        finished = (BlockRow.ended_at.is_not(None), BlockRow.stopped.is_(False), BlockRow.person_id == person.id)
        rows = (select(BlockRow).where(*finished, BlockRow.task == task).order_by(*LATEST_FIRST) for task in _names())
        return [_score(db, row) for query in rows for row in db.scalars(query.limit(1))]


def _names() -> list[str]:
    return [task.name for task in offered()]


def _score(db: Session, row: BlockRow) -> TaskScore:
    judged = (TrialRow.block_id == row.id, TrialRow.correct.is_not(None), TrialRow.void.is_(None))
    task, items = tasks()[row.task], {item.number: item for item in exercise_queries.run_items(db, row.id)}
    right = {
        number: bool(correct)
        for number, correct in db.execute(select(TrialRow.number, TrialRow.correct).where(*judged))
    }
    hardest_first = sorted(right, key=lambda number: (right[number], number))
    emotions = [emotion for number in hardest_first if (emotion := task.emotion(items[number])) in _FELT]
    hardest = Emotion.from_word(str(emotions[0])) if emotions else None
    return TaskScore(row.id, task, sum(right.values()), len(right), row.hard, hardest)
