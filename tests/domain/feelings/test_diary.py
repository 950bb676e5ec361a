"""What many check-ins come to."""

from core.domain.feelings.check_in import BodyMark, CheckIn, Sensation, Zone
from core.domain.feelings.diary import (
    Together,
    body_counts,
    figures,
    grid_counts,
    needs_help_line,
    together,
    used_words,
)
from tests.domain.feelings.entries import check_in

TIGHT_CHEST = {Zone.CHEST: BodyMark(2, Sensation.TIGHT)}


def tight(number: int, *words: str) -> CheckIn:
    return check_in(number, body=TIGHT_CHEST, words=words)


def test_from_five_times_on_a_sensation_is_said_to_come_with_a_word() -> None:
    four = [tight(number, "worried") for number in range(4)]
    assert together(four) == []
    five = [*four, tight(4, "happy")]
    assert together(five) == [Together(Zone.CHEST, Sensation.TIGHT, "worried", 4, 5)]


def test_a_word_that_came_half_of_the_times_or_less_is_not_named() -> None:
    entries = [tight(number, "worried" if number % 2 else "happy") for number in range(6)]
    assert together(entries) == []


def test_the_own_list_grows_with_when_and_where_in_the_body() -> None:
    entries = [tight(0, "worried"), check_in(1, words=("worried",), own_word="Gris"), check_in(2, own_word="gris")]
    assert [(used.word, used.own, used.times, used.last.day, used.zones) for used in used_words(entries)] == [
        ("gris", True, 2, 3, ()),
        ("worried", False, 2, 2, (Zone.CHEST,)),
    ]


def test_body_and_grid_are_counted() -> None:
    entries = [tight(0), check_in(1, pleasant=-2, energy=1), check_in(2, pleasant=-2, energy=1, body={})]
    assert body_counts(entries)[Zone.CHEST] == 1
    assert sum(body_counts(entries).values()) == 1
    assert grid_counts(entries) == {(-2, 1): 2}


def test_where_help_is_is_said_after_three_strong_unpleasant_ones_running_and_not_before() -> None:
    hard = [check_in(number, pleasant=-1, energy=2, strength=4) for number in range(3)]
    light = check_in(3, pleasant=-1, energy=2, strength=3)
    assert needs_help_line(hard)
    assert not needs_help_line(hard[1:])
    assert not needs_help_line([*hard, light])
    assert not needs_help_line([*hard[:2], check_in(3), hard[2]])


def test_the_counts_beside_granularity_are_words_used_and_how_often_none_named_it() -> None:
    entries = [check_in(0, words=("sad", "calm")), check_in(1, unnamed=True), check_in(2, words=("sad",), own_word="x")]
    found = figures(entries)
    assert (found.entries, found.different, found.unnamed) == (3, 3, 1)
    assert found.unpleasant is None
    assert found.rated == (0, 0)
