"""Where checks stand on a time axis, and which of them have their date below."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.statistics.time_axis import between, named, place_of, places, reach

BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def on(*days: float) -> list[float]:
    return places([BEGAN + timedelta(days=day) for day in days])


def test_seven_days_look_like_seven_and_twenty_nine_like_twenty_nine() -> None:
    assert on(0, 7, 36) == [0, 7, 36]


def test_two_of_one_day_stand_beside_each_other() -> None:
    assert on(0, 0, 40) == [0, 1, 40]


def test_the_axis_reaches_beyond_the_first_and_the_last() -> None:
    assert reach([0, 40]) == (-2, 42)
    assert reach([0]) == (-0.5, 0.5)


@pytest.mark.parametrize("days", [[0], [0] * 24, list(range(24)), [0, 1, 2, 3, 60]])
@pytest.mark.parametrize("most", [6, 9])
def test_dates_do_not_cover_each_other(days: list[float], most: int) -> None:
    at = on(*days)
    first, last = reach(at)
    shown = named(at, most)
    assert shown[0] == 0
    assert len(shown) <= most
    for one, following in itertools.pairwise(shown):
        assert at[following] - at[one] >= (last - first) / most


def test_a_day_lies_between_two_checks_as_far_as_its_date_and_else_before_or_after_all() -> None:
    days = [date(2026, 9, 1), date(2026, 9, 5), date(2026, 9, 13)]
    at = [0.0, 4.0, 12.0]
    assert [place_of(date(2026, 9, day), days) for day in (1, 3, 9)] == [1, 1.5, 2.5]
    assert [between(place, at) for place in (1, 1.5, 2.5)] == [0, 2, 8]
    assert between(place_of(date(2026, 8, 1), days), at) < 0
    assert between(place_of(date(2026, 10, 1), days), at) > 12
