"""What a browser tells of a check-in is checked part by part."""

import pytest

from core.domain.feelings.check_in import LONGEST_NOTE, Part, PartNotUnderstood, parse_part


def test_each_part_fills_its_fields() -> None:
    zones = {"chest": {"amount": 2, "sensation": "tight"}, "head": {"amount": 1, "sensation": None}}
    assert parse_part("body", {"zones": zones}) == {"body": zones}
    assert parse_part("grid", {"pleasant": -1, "energy": 2, "strength": 4}) == {
        "pleasant": -1,
        "energy": 2,
        "strength": 4,
    }
    assert parse_part("words", {"words": ["worried"], "own_word": "  like  fog ", "unnamed": False}) == {
        "words": ["worried"],
        "own_word": "like fog",
        "unnamed": False,
    }
    assert parse_part("ratings", {"ratings": {"angry": 0, "calm": 4}}) == {"ratings": {"angry": 0, "calm": 4}}
    said = {"with_whom": "alone", "place": "home", "note": ""}
    assert parse_part("situation", said) == {**said, "note": None}
    assert parse_part("done", None) == {}


def test_nothing_in_the_body_is_an_answer_and_unlike_leaving_it_out() -> None:
    assert parse_part("body", {"zones": {}}) == {"body": {}}
    assert parse_part("body", None) == {"body": None}


def test_no_word_at_all_is_kept_as_unnamed() -> None:
    unnamed: dict[str, object] = {"words": [], "own_word": None, "unnamed": True}
    assert parse_part("words", None) == unnamed
    assert parse_part("words", {"words": []}) == unnamed


def test_every_part_can_be_left_out() -> None:
    for part in Part:
        parse_part(part, None)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("mood", {}),
        ("body", []),
        ("body", {"zones": {"tail": {"amount": 1}}}),
        ("body", {"zones": {"head": {"amount": 3}}}),
        ("body", {"zones": {"head": {"amount": True}}}),
        ("body", {"zones": {"head": {"amount": 1, "sensation": "itchy"}}}),
        ("grid", {"pleasant": 3, "energy": 0}),
        ("grid", {"pleasant": 0}),
        ("grid", {"pleasant": 0, "energy": 0, "strength": 6}),
        ("words", {"words": ["unnamed"]}),
        ("words", {"words": ["gloomy"]}),
        ("words", {"words": ["sad", "sad"]}),
        ("words", {"words": ["sad", "calm", "happy"], "own_word": "x"}),
        ("words", {"words": [], "own_word": "x" * 41}),
        ("ratings", {"ratings": {"angry": 5}}),
        ("ratings", {"ratings": {"bored": 1}}),
        ("situation", {"note": "x" * (LONGEST_NOTE + 1)}),
        ("situation", {"place": "moon"}),
        ("situation", {"shared": True}),
    ],
)
def test_anything_else_is_refused_without_repeating_it(part: str, value: object) -> None:
    with pytest.raises(PartNotUnderstood) as refused:
        parse_part(part, value)
    assert "xxx" not in str(refused.value)
