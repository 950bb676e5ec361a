"""A block of faces: which is on the screen, and which come after it."""

from datetime import UTC, datetime

from core.domain.exercise.trials import Answer, Block, Kind, Response, Trial
from tests.domain.exercise.faces import graded_form

FACES = graded_form(1)[:4]


def block() -> Block:
    return Block("b", Kind.PRACTICE, 4, [Trial(number, face, None) for number, face in enumerate(FACES)])


def answer() -> Answer:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    return Answer(Response.HAPPY, 900.0, at, at)


def test_what_comes_up_is_every_open_face_but_the_one_on_the_screen() -> None:
    run = block()
    assert run.current is not None
    assert [trial.number for trial in run.upcoming(run.current)] == [1, 2, 3]


def test_while_an_answer_is_spoken_about_the_next_face_comes_up_too() -> None:
    run = block()
    assert run.answer(0, answer())
    assert [trial.number for trial in run.upcoming(run.trials[0])] == [1, 2, 3]
