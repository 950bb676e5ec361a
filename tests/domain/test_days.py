"""A day is the day of a place: at midnight, where it begins first and last, and through both changes of the hour."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.days import beginning, day_of, has_begun, zone_named
from core.domain.statistics.dose import PracticeRun, dose, practice_days

LOS_ANGELES, MADRID, KOLKATA, AUCKLAND = map(
    ZoneInfo, ("America/Los_Angeles", "Europe/Madrid", "Asia/Kolkata", "Pacific/Auckland")
)
ZONES = [LOS_ANGELES, MADRID, KOLKATA, AUCKLAND]
SECOND = timedelta(seconds=1)
CHANGES = {
    LOS_ANGELES: (date(2026, 3, 8), date(2026, 11, 1)),
    MADRID: (date(2026, 3, 29), date(2026, 10, 25)),
    AUCKLAND: (date(2026, 9, 27), date(2026, 4, 5)),
}
"""The days of which an hour is left out, and of which one comes twice."""


@pytest.mark.parametrize(("zone", "day"), [(LOS_ANGELES, 27), (MADRID, 28), (KOLKATA, 28), (AUCKLAND, 28)], ids=str)
def test_one_moment_is_another_day_elsewhere(zone: ZoneInfo, day: int) -> None:
    assert day_of(datetime(2026, 11, 28, 2, tzinfo=UTC), zone) == date(2026, 11, day)


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 12, 31), date(2028, 2, 29)], ids=str)
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_day_is_from_midnight_to_midnight(zone: ZoneInfo, day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    assert beginning(day, zone) == midnight
    assert day_of(midnight, zone) == day
    assert day_of(midnight - SECOND, zone) == day - timedelta(days=1)


@pytest.mark.parametrize("zone", CHANGES, ids=str)
def test_a_day_with_a_change_of_the_hour_has_all_its_hours(zone: ZoneInfo) -> None:
    for day, hours in zip(CHANGES[zone], (23, 25), strict=True):
        begins, ends = beginning(day, zone), beginning(day + timedelta(days=1), zone)
        assert ends - begins == timedelta(hours=hours)
        assert {day_of(begins + timedelta(hours=n), zone) for n in range(hours)} == {day}
        assert day_of(begins - SECOND, zone) < day < day_of(ends, zone)


def test_a_day_without_midnight_begins_an_hour_later() -> None:
    santiago = ZoneInfo("America/Santiago")
    assert beginning(date(2026, 9, 6), santiago) == datetime(2026, 9, 6, 1, tzinfo=santiago)
    assert day_of(beginning(date(2026, 9, 6), santiago) - SECOND, santiago) == date(2026, 9, 5)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_today_has_begun_and_tomorrow_has_not(zone: ZoneInfo) -> None:
    for at in (beginning(date(2026, 11, 28), zone), beginning(date(2026, 11, 29), zone) - SECOND):
        assert has_begun(date(2026, 11, 28), at, zone)
        assert not has_begun(date(2026, 11, 29), at, zone)


def test_who_is_nobody_knows_where_may_be_where_the_day_begins_first() -> None:
    at = datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert has_begun(date(2026, 11, 28), at, None)
    assert not has_begun(date(2026, 11, 28), at - SECOND, None)


@pytest.mark.parametrize(
    "name", [None, "", "Nowhere/Here", "America", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 999]
)
def test_a_name_that_is_no_zone_is_none(name: str | None) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_practice_before_and_after_midnight_is_two_days_of_practice(zone: ZoneInfo) -> None:
    midnight = beginning(date(2026, 11, 28), zone)
    runs = [PracticeRun(midnight + ago, midnight + ago + 4 * SECOND, 14) for ago in (-SECOND, SECOND)]
    days, today = practice_days(runs, zone), date(2026, 11, 28)
    assert dose(days, today).days == 2
    assert dose(practice_days(runs[1:] * 2, zone), today).days == 1
    assert dose(days, date(2026, 12, 25)).days == 1, "four weeks, by the same days"
