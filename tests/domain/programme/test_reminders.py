"""The calendar file of the reminders, by RFC 5545."""

from datetime import UTC, date, datetime, time

import pytest

from core.domain.programme.reminders import calendar_file

MADE = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)


def test_it_repeats_on_the_days_chosen_from_the_first_of_them_on_at_an_hour_of_the_person_s_own() -> None:
    """29 November 2026 is a Sunday: the first Tuesday after it is 1 December."""
    text = calendar_file("A few; minutes", (3, 1), time(7, 15), date(2026, 11, 29), 12, MADE, "one").decode()
    lines = text.split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert "DTSTART:20261201T071500" in lines
    assert "DTEND:20261201T072500" in lines
    assert "DTSTAMP:20261129T083000Z" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=12" in lines
    assert r"SUMMARY:A few\; minutes" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_today_counts_and_no_day_is_refused() -> None:
    text = calendar_file("x", (6,), time(19), date(2026, 11, 29), 1, MADE, "one").decode()
    assert "DTSTART:20261129T190000" in text
    with pytest.raises(ValueError, match="weekday"):
        calendar_file("x", (), time(19), date(2026, 11, 29), 1, MADE, "one")
