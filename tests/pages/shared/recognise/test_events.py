"""A browser can send anything: what fits becomes an event, everything else becomes nothing."""

from datetime import UTC, datetime
from math import inf, nan

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response
from pages.shared.recognise.events import AnswerEvent, NextEvent, PaintedEvent, StopEvent, parse_event

SENT = {
    "type": "answer",
    "number": 7,
    "response": "not_sure",
    "best_guess": "fear",
    "response_time_ms": 1234.5,
    "painted_at": 1_795_000_000_000.25,
    "answered_at": 1_795_000_001_234.75,
    "focus_lost": False,
    "window": "390x844@2.75",
}


def test_an_answer_carries_both_answers_the_times_and_the_window() -> None:
    assert parse_event(SENT) == AnswerEvent(
        7,
        Answer(
            response=Response.NOT_SURE,
            response_time_ms=1234.5,
            painted_at=datetime(2026, 11, 18, 11, 6, 40, 250, UTC),
            answered_at=datetime(2026, 11, 18, 11, 6, 41, 234750, UTC),
            best_guess=Emotion.FEAR,
            focus_lost=False,
            window="390x844@2.75",
        ),
    )


def test_the_other_events_carry_the_number_of_their_face() -> None:
    assert parse_event({"type": "painted", "number": 3}) == PaintedEvent(3)
    assert parse_event({"type": "next", "number": 3}) == NextEvent(3)
    assert parse_event({"type": "stop", "number": 3, "painted": True}) == StopEvent(3, painted=True)
    assert parse_event({"type": "stop", "number": 3}) == StopEvent(3, painted=False)


@pytest.mark.parametrize("response", list(Response))
def test_every_response_can_be_given(response: Response) -> None:
    event = parse_event(SENT | {"response": response.value, "best_guess": None})
    assert isinstance(event, AnswerEvent)
    assert event.answer.response is response


@pytest.mark.parametrize("payload", [None, "answer", 7, [], [SENT], {}, {"type": "answer"}, {"number": 7}])
def test_what_is_not_an_event_is_nothing(payload: object) -> None:
    assert parse_event(payload) is None


NO_TIME: list[object] = [-1, nan, inf, -inf, 1e300, 10**400, "1234", None, True, [1], {}]
WRONG: dict[str, list[object]] = {
    "type": ["", "erase", None, ["answer"], {}],
    "number": [-1, 1.0, "7", True, None, 10**9, nan, [7]],
    "response": ["FEAR", "joy", "", None, 2, ["fear"], {"fear": 1}, "fear "],
    "best_guess": ["not_sure", "cannot_see", "joy", 2, ["fear"], {}, False],
    "response_time_ms": NO_TIME,
    "painted_at": NO_TIME,
    "answered_at": NO_TIME,
    "focus_lost": [None, 0, "false", []],
}


@pytest.mark.parametrize("field", list(WRONG))
def test_an_answer_with_one_wrong_field_is_nothing(field: str) -> None:
    assert [value for value in WRONG[field] if parse_event(SENT | {field: value}) is not None] == []


def test_only_not_sure_has_a_best_guess() -> None:
    assert parse_event(SENT | {"response": "fear", "best_guess": "fear"}) is None


@pytest.mark.parametrize("window", [None, 5, "", "wide", "390x844", "1x1@1; drop table", "9" * 9000, ["1x1@1"]])
def test_a_strange_window_does_not_cost_the_answer(window: object) -> None:
    event = parse_event(SENT | {"window": window})
    assert isinstance(event, AnswerEvent)
    assert event.answer.window is None


def test_a_clock_that_stands_in_1970_is_written_down_as_it_is() -> None:
    event = parse_event(SENT | {"painted_at": 0, "answered_at": 1234.5})
    assert isinstance(event, AnswerEvent)
    assert event.answer.painted_at == datetime(1970, 1, 1, tzinfo=UTC)
