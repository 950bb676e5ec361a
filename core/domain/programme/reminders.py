"""Reminders as a calendar file (iCalendar, RFC 5545), which a person puts into their own calendar.

It says neither who nor what: whoever sees the calendar sees a few words that the person could have written. Its times
name no zone ("floating" in the RFC): they are o'clock wherever the person is, so that no definition of a zone, which
would double the file, can be out of date. One event that repeats needs no library.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LENGTH = timedelta(minutes=10)


def calendar_file(
    title: str, weekdays: Collection[int], at: time, today: date, times: int, made: datetime, uid: str
) -> bytes:
    """`times` reminders on `weekdays` (0 is Monday), the first on `today` or after it. `title`: a few words on one
    line; `made`: now, in UTC; `uid`: of the file's own. Raises ValueError without a weekday."""
    if not weekdays:
        raise ValueError("a reminder needs a weekday; none was chosen")
    first = next(day for n in range(7) if (day := today + timedelta(days=n)).weekday() in weekdays)
    begins = datetime.combine(first, at)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reminders//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{begins:%Y%m%dT%H%M%S}",
        f"DTEND:{begins + _LENGTH:%Y%m%dT%H%M%S}",
        f"RRULE:FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day] for day in sorted(weekdays))};COUNT={times}",
        f"SUMMARY:{_escaped(title)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(title)}",
        "TRIGGER:PT0M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\;," else sign for sign in text)
