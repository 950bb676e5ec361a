"""Answers to the steps of a lesson."""

from core.domain.exercise.events import Answered, Batch, Given
from core.services.exercise import runs, shelf
from core.storage.database import Store
from core.storage.tables import now
from core.tasks.lesson.feedback import LessonFeedback
from tests.support import BROWSER


def do_step(store: Store, token: str, run_id: str, number: int, response: str) -> None:
    given = Given(response, 900.0, now(), now(), None, False, "390x844@3")
    runs.take(store, token, run_id, Batch((Answered(number, given),), 1, 0), BROWSER)


def steps_of(store: Store, token: str, run_id: str) -> dict[int, LessonFeedback]:
    said = {item.number: item.feedback for item in runs.state(store, token, run_id).items}
    return {number: step for number, step in said.items() if isinstance(step, LessonFeedback)}


def other(target: str) -> str:
    return {"left": "right", "right": "left", "first": "second", "second": "first", "seen": "seen"}[target]


def do_lesson(store: Store, token: str, name: str, mistakes: int = 0) -> str:
    """The whole lesson, with so many first answers that do not fit."""
    run_id = shelf.begin(store, token, BROWSER, name)
    for number, step in steps_of(store, token, run_id).items():
        wrong = mistakes > 0 and step.target != "seen"
        mistakes -= wrong
        do_step(store, token, run_id, number, other(step.target) if wrong else step.target)
    return run_id
