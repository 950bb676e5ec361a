"""A file of items is used as it says, or refused with the value; totals are added up by hand here."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from core.domain.exercise.events import NotUnderstood
from core.domain.patient.questionnaire_items import (
    ItemAnswers,
    ItemsNotUnderstood,
    QuestionnaireItems,
    QuestionnaireTotal,
    parse_answers,
    read_items,
    total_of,
)
from tests.items import ITEMS, published

FIRST = ITEMS["items"][0]


def read(**other: Any) -> QuestionnaireItems:
    return read_items(published(), ITEMS | other, "f" * 64)


@pytest.mark.parametrize(
    ("given", "total", "sea", "sky", "left_out"),
    [
        # 1 + (6 − 1) and 1 + (6 − 1)
        ({1: 1, 2: 1, 3: 1, 4: 1}, 12, 6, 6, 0),
        # 5 + (6 − 1) and 5 + (6 − 1)
        ({1: 5, 2: 1, 3: 5, 4: 1}, 20, 10, 10, 0),
        # the second is left out and counts as the other of its subscale: 4 + 4, and 2 + (6 − 3)
        ({1: 4, 2: None, 3: 2, 4: 3}, 13, 8, 5, 1),
        # the fourth: 3 + 3 beside 5 + (6 − 2)
        ({1: 5, 2: 2, 3: 3, 4: None}, 15, 9, 6, 1),
    ],
)
def test_reversed_items_are_turned_and_one_that_is_left_out_counts_as_the_mean_of_its_subscale(
    given: Mapping[int, int | None], total: int, sea: int, sky: int, left_out: int
) -> None:
    assert total_of(read(), given) == QuestionnaireTotal(total, {"SEA": sea, "SKY": sky}, left_out)


def test_too_many_left_out_give_no_total() -> None:
    assert total_of(read(), {1: 4, 2: None, 3: None, 4: 3}) is None
    assert total_of(read(most_left_out=0), {1: 4, 2: None, 3: 2, 4: 3}) is None


def test_a_whole_subscale_that_is_left_out_counts_as_the_mean_of_the_others_rounded_half_up() -> None:
    found = total_of(read(most_left_out=2), {1: 4, 2: 3, 3: None, 4: None})  # 4 + 3, and twice 3.5
    assert found == QuestionnaireTotal(14, {"SEA": 7, "SKY": 7}, 2)
    without = total_of(read(subscales={}, items=_without_scales()), {1: 5, 2: 2, 3: 4, 4: None})  # 5 + 4 + 4 + 4.33
    assert without == QuestionnaireTotal(17, {}, 1)


def _without_scales() -> list[dict[str, Any]]:
    return [{name: value for name, value in one.items() if name != "subscale"} for one in ITEMS["items"]]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"items": ITEMS["items"][:3]}, "items is 3; expected 4 items, as INV has"),
        ({"answers": ITEMS["answers"][:4]}, "answers is [4, 16]; expected values whose totals go from 4 to 20"),
        ({"answers": [ITEMS["answers"][0]] * 2}, "answers is [1, 1]; expected two or more different values"),
        ({"answers": "1 to 5"}, "answers is '1 to 5'; expected a list"),
        ({"answers": [{"value": "1", "label": {}}]}, "answers[1].value is '1'; expected a whole number"),
        ({"answers": [{"value": 1, "label": {"en": "a"}}]}, "answers[1].label.es is None; expected a text"),
        ({"instruction": None}, "instruction is None; expected an object in braces"),
        ({"licence": " "}, "licence is ' '; expected who gave the permission"),
        ({"most_left_out": 4}, "most_left_out is 4; expected a whole number from 0 to 3"),
        ({"most_left_out": True}, "most_left_out is True; expected a whole number"),
        ({"items": [FIRST | {"reversed": "no"}] * 4}, "items[1].reversed is 'no'; expected true or false"),
        ({"items": [FIRST | {"subscale": "LAND"}] * 4}, "items[1].subscale is 'LAND'; expected one of the subscales"),
        ({"items": [FIRST | {"text": {"en": "I"}}] * 4}, "items[1].text.es is None; expected a text"),
        ({"items": ["I"]}, "items[1] is 'I'; expected an object in braces"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_value_and_what_was_expected(
    other: dict[str, Any], said: str
) -> None:
    with pytest.raises(ItemsNotUnderstood, match=re.escape(said)) as refused:
        read(**other)
    assert str(refused.value).startswith("The items in inv.json cannot be used: ")
    assert str(refused.value).endswith("Please correct the file.")


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ItemsNotUnderstood, match=re.escape("$ is []; expected an object")):
        read_items(published(), [], "")


def test_a_batch_is_read_as_it_was_sent() -> None:
    events = [{"seq": 3, "item": 2, "value": 4}, {"seq": 4, "item": 3, "value": None}, {"seq": 5, "done": True}]
    assert parse_answers({"events": events}) == ItemAnswers(((2, 4), (3, None)), True, 5)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {"events": {}},
        {"events": [{"seq": -1, "item": 1, "value": 1}]},
        {"events": [{"seq": 1, "item": "1", "value": 1}]},
        {"events": [{"seq": 1, "item": 1, "value": 1.5}]},
        {"events": [{"seq": 1, "item": True, "value": 1}]},
        {"events": [{}] * 1001},
    ],
)
def test_anything_else_is_refused(payload: object) -> None:
    with pytest.raises(NotUnderstood):
        parse_answers(payload)
