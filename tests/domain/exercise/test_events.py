"""A browser can send anything: what fits becomes a batch of events, everything else is refused by name."""

from datetime import UTC, datetime
from math import inf, nan
from typing import Any

import pytest

from core.domain.exercise.events import (
    MOST_EVENTS,
    Answered,
    Batch,
    Conditions,
    Given,
    Left,
    NotUnderstood,
    Painted,
    Stopped,
    parse_batch,
    parse_event,
)
from core.domain.exercise.trials import Response
from core.tasks.recognition.task import answer_of

SENT: dict[str, Any] = {
    "type": "answer",
    "number": 7,
    "response": "not_sure",
    "best_guess": "fear",
    "response_time_ms": 1234.5,
    "painted_at": 1_795_000_000_000.25,
    "answered_at": 1_795_000_001_234.75,
    "focus_lost": False,
    "window": "390x844@2.75",
    "conditions": {"translated": True, "line_off": False, "quick_keys": False, "zoom": 2},
}


def test_an_answer_carries_both_answers_the_times_and_the_window() -> None:
    assert parse_event(SENT) == Answered(
        7,
        Given(
            response="not_sure",
            response_time_ms=1234.5,
            painted_at=datetime(2026, 11, 18, 11, 6, 40, 250, UTC),
            answered_at=datetime(2026, 11, 18, 11, 6, 41, 234750, UTC),
            best_guess="fear",
            focus_lost=False,
            window="390x844@2.75",
            conditions=Conditions(translated=True, line_off=False, quick_keys=False, zoom=2.0),
        ),
    )


def test_a_batch_keeps_the_order_and_says_which_event_was_the_last() -> None:
    events = [
        {"seq": 4, "type": "painted", "number": 3},
        {"seq": 5, **SENT},
        {"seq": 6, "type": "left", "number": 8},
        {"seq": 9, "type": "stopped"},
    ]
    parsed = parse_batch({"known": 42, "stand_ins": [9, 12], "events": events})
    answered = parse_event(SENT)
    assert parsed == Batch((Painted(3), answered, Left(8), Stopped()), last=9, known=42, stand_ins=frozenset({9, 12}))
    assert parse_batch({"events": []}) == Batch((), last=0, known=0)


@pytest.mark.parametrize("response", list(Response))
def test_every_response_can_be_given(response: Response) -> None:
    event = parse_event(SENT | {"response": response.value, "best_guess": None})
    assert isinstance(event, Answered)
    assert answer_of(event.given).response is response


def test_what_stood_in_for_the_item_is_told() -> None:
    for told in (True, False):
        event = parse_event(SENT | {"stand_in": told})
        assert isinstance(event, Answered)
        assert event.given.stand_in is told


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "answer",
        7,
        [],
        {},
        {"events": None},
        {"events": [None]},
        {"events": [SENT]},
        {"events": [SENT | {"seq": "1"}]},
        {"events": [SENT | {"seq": True}]},
        {"events": [], "known": -1},
        {"events": [], "known": "all"},
        {"events": [], "stand_ins": "9"},
        {"events": [], "stand_ins": [9, "12"]},
        {"events": [], "stand_ins": [True]},
        {"events": [], "stand_ins": [9] * (MOST_EVENTS + 1)},
        {"events": [{"seq": 1, "type": "answer"}]},
        {"events": [{"seq": 1, "number": 7}]},
        {"events": [{"seq": 1, "type": "painted", "number": 3}, {"seq": 2, "type": "erase", "number": 3}]},
        {"events": [SENT | {"seq": 1}] * (MOST_EVENTS + 1)},
    ],
)
def test_what_is_no_batch_is_refused_as_a_whole(payload: object) -> None:
    with pytest.raises(NotUnderstood):
        parse_batch(payload)


def test_what_does_not_belong_to_an_event_is_refused() -> None:
    for extra in ({"target": "fear"}, {"correct": True}, {"person": "x"}):
        with pytest.raises(NotUnderstood, match=next(iter(extra))):
            parse_event(SENT | extra)


NO_TIME: list[object] = [-1, nan, inf, -inf, 1e300, 10**400, "1234", None, True, [1], {}]
WRONG: dict[str, list[object]] = {
    "type": ["", "erase", None, ["answer"], {}],
    "number": [-1, 1.0, "7", True, None, 10**9, nan, [7]],
    "response": ["FEAR", "", None, 2, ["fear"], {"fear": 1}, "fear "],
    "best_guess": ["Fear", "", 2, ["fear"], {}, False],
    "response_time_ms": NO_TIME,
    "painted_at": NO_TIME,
    "answered_at": NO_TIME,
    "focus_lost": [None, 0, "false", []],
    "stand_in": [None, 0, 1, "true", []],
    "conditions": [[], "", 1, {}, {"zoom": 1}, SENT["conditions"] | {"name": True}],
}


@pytest.mark.parametrize("field", list(WRONG))
def test_an_answer_with_one_wrong_field_is_refused_by_its_name(field: str) -> None:
    assert [value for value in WRONG[field] if not refused(SENT | {field: value}, field)] == []


@pytest.mark.parametrize("field", ["translated", "line_off", "quick_keys", "zoom"])
def test_a_condition_of_another_type_is_refused_by_its_name(field: str) -> None:
    wrong: list[object] = [-1, nan, inf, 1e300, "1", None, True, [1]] if field == "zoom" else [0, None, "true", []]
    sent = [SENT | {"conditions": SENT["conditions"] | {field: value}} for value in wrong]
    assert [one for one in sent if not refused(one, field)] == []


def test_a_page_of_a_former_release_tells_no_conditions() -> None:
    event = parse_event({name: value for name, value in SENT.items() if name != "conditions"})
    assert isinstance(event, Answered)
    assert event.given.conditions is None


def refused(payload: dict[str, Any], name: str) -> bool:
    try:
        parse_event(payload)
    except NotUnderstood as refusal:
        return refusal.values["what"] == name
    return False


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("more", []),
        ("more", {"x" * 33: 1}),
        ("more", {f"n{place}": 1 for place in range(41)}),
        ("more", {"a b": 1}),
        ("note", {"note": "x" * 281}),
        ("deep", {"deep": {"a": 1}}),
        ("far", {"far": 1e300}),
        ("odd", {"odd": nan}),
    ],
)
def test_what_only_a_task_knows_is_named_and_small(field: str, value: object) -> None:
    assert refused(SENT | {"more": value}, field)
    event = parse_event(SENT | {"more": {"chosen": "left", "zoomed": True, "nothing": None, "ms": 12.5}})
    assert isinstance(event, Answered)
    assert event.given.more == {"chosen": "left", "zoomed": True, "nothing": None, "ms": 12.5}


@pytest.mark.parametrize("window", [None, 5, "", "wide", "390x844", "1x1@1; drop table", "9" * 9000, ["1x1@1"]])
def test_a_strange_window_does_not_cost_the_answer(window: object) -> None:
    event = parse_event(SENT | {"window": window})
    assert isinstance(event, Answered)
    assert event.given.window is None


def test_a_clock_that_stands_in_1970_is_written_down_as_it_is() -> None:
    event = parse_event(SENT | {"painted_at": 0, "answered_at": 1234.5})
    assert isinstance(event, Answered)
    assert event.given.painted_at == datetime(1970, 1, 1, tzinfo=UTC)
