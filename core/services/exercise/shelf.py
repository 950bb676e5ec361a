"""The shelf of lessons: which there are, where the signed-in patient stands with each, and beginning one."""

from dataclasses import dataclass

from core.domain.devices import Browser
from core.domain.people import Role
from core.domain.practice.lessons import LessonState
from core.domain.practice.reviews import pair_of
from core.services.exercise import run_rows, runs
from core.services.gate.access import require
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.tasks.lesson.drawing import NAME, lesson_states, own_day
from core.tasks.lesson.lessons import LESSONS, Lesson
from core.tasks.lesson.task import TASK
from core.tasks.recognition.adapting import skill_of


@dataclass(frozen=True)
class ShelvedLesson:
    """One lesson of the shelf."""

    name: str
    lesson: Lesson
    state: LessonState
    due: bool
    """It was seen, and is offered again today."""
    hard: bool
    """The person mixes its two emotions up at present."""
    begun: bool
    """It can be gone on with."""


def shelf(store: Store, token: str) -> list[ShelvedLesson]:
    """All lessons, in the order in which they are taught."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        today, skill = own_day(db, person.id), skill_of(db, person.id)
        row = exercise_queries.open_run(db, person.id, NAME)
        return [
            ShelvedLesson(
                name,
                LESSONS[name],
                state,
                state.is_due(today),
                bool((pair := LESSONS[name].pair) and skill.reviews.waits_for(pair_of(*pair), today)),
                row is not None and row.kind == name,
            )
            for name, state in lesson_states(db, person.id).items()
        ]


def suggested(lessons: list[ShelvedLesson]) -> ShelvedLesson | None:
    """What comes next: one that was begun, then what is due, then what is new, and of these first what is mixed up."""
    fresh = [one for one in lessons if one.state.seen is None]
    first = [one for one in fresh if one is lessons[0]]
    hard = [one for one in fresh if one.hard]
    wanted = [*(one for one in lessons if one.begun), *(one for one in lessons if one.due), *first, *hard, *fresh]
    return next(iter(wanted), None)


def begin(store: Store, token: str, browser: Browser, name: str) -> str:
    """The name of the run of a lesson. Another one that was begun ends: what was answered stays."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = exercise_queries.open_run(db, person.id, NAME)
        if row is not None and row.kind != name:
            run_rows.end(db, row, stopped=True)
    return runs.begin(store, token, browser, TASK, name)
