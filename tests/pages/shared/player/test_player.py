"""What pages tell the player and hear from it: which run, in which words, and how it ended."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind, Response
from pages.shared.player import Ended, parse_ended
from tests.e2e.answers import sent_answer


def shown(kind: Kind) -> dict[str, Any]:
    """The data of the player on a page of its own."""

    def page(kind: str) -> None:
        from core.domain.exercise.trials import Kind
        from core.services.exercise.runs import Begun
        from core.tasks.recognition.task import TASK
        from pages.shared.player import play

        run = Begun("r1", TASK, measured=kind in TASK.measured, next=1, keeps=Kind(kind) is not Kind.TRYOUT)
        play(run, after="result", on_end=lambda ended: None)

    at = AppTest.from_function(page, args=(kind.value,)).run()
    assert not at.exception
    found: dict[str, Any] = data_of(at)
    return found


def data_of(at: AppTest) -> Any:
    import json

    return json.loads(at.main.children[0].proto.json)[0]


def test_seven_answers_travel_in_the_order_of_the_labels_and_no_target() -> None:
    data = shown(Kind.CHECK)
    assert [answer["response"] for answer in data["answers"]] == [emotion.word for emotion in Emotion]
    assert set(data) == {
        *("run", "step", "keeps", "measured", "language", "first", "after", "answers", "words"),
    }


@pytest.mark.parametrize(
    ("kind", "asks", "keeps", "note"),
    [
        (Kind.CHECK, True, True, "Nothing is lost. You can go on later."),
        (Kind.PRACTICE, False, True, "Nothing is lost. You can go on later."),
        (Kind.TRYOUT, False, False, "Nothing of this is kept."),
    ],
)
def test_only_a_check_asks_for_a_best_guess_and_only_a_try_is_not_kept(
    kind: Kind, asks: bool, keeps: bool, note: str
) -> None:
    data = shown(kind)
    assert (data["measured"], data["keeps"], data["words"]["stop_note"]) == (asks, keeps, note)


def test_how_a_run_ended_is_taken_with_what_fits_of_its_answers() -> None:
    assert parse_ended({"type": "stopped"}) == Ended(stopped=True)
    answers = [{"type": "answer", "number": 2, **sent_answer("fear")}]
    ended = parse_ended({"type": "over", "answers": answers})
    assert ended is not None
    assert [(event.number, event.given.response) for event in ended.answers] == [(2, Response.FEAR)]


@pytest.mark.parametrize("payload", [None, 7, "over", [], {}, {"type": "answer"}, {"type": ["over"]}])
def test_what_tells_no_end_is_none(payload: object) -> None:
    assert parse_ended(payload) is None


@pytest.mark.parametrize("answers", [None, 7, "all", [7], [{"type": "answer"}], [{"type": "answer", "number": 1}]])
def test_answers_that_do_not_fit_count_as_none(answers: object) -> None:
    assert parse_ended({"type": "over", "answers": answers}) == Ended(stopped=False)


def test_every_step_of_a_run_is_a_file() -> None:
    steps = Path("pages/shared/player/steps")
    assert (steps / "face.js").exists()
