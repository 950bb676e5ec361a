"""Dates, times and text of people's own, as they stand on a page."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

import streamlit as st
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from core.domain.days import day_of, zone_or_utc
from core.domain.language import Sentence, Value
from core.domain.people import Refusal
from core.storage.tables import now
from core.translations import locale, told
from pages.shared.words import _, language

SHORT = "d MMM"
"""A day whose year is plain from what stands around it."""


def day(when: date, pattern: str = "d MMM y", zone: tzinfo | None = None, spoken: str = "") -> str:
    """A date, or the day of a time, in words; `pattern` as in Unicode's date fields.

    The day is the one of `zone`, where a patient did something; without it, of this tab's browser. The language is
    `spoken`, or this tab's.
    """
    on = day_of(when, zone or _zone_here()) if isinstance(when, datetime) else when
    return str(format_date(on, pattern, locale=locale(spoken or language())))


def moment(when: datetime) -> str:
    """A date and a time of day, as the clock of this tab's browser shows it."""
    return str(format_datetime(when, "d MMM y, HH:mm", tzinfo=_zone_here(), locale=locale(language())))


def today(zone: tzinfo | None = None) -> date:
    """The day that it is in `zone`, without it at this tab's browser."""
    return day_of(now(), zone or _zone_here())


def _zone_here() -> tzinfo:
    return zone_or_utc(st.context.timezone)


def number(value: float, digits: int = 0) -> str:
    """A number with `digits` places, as this tab's language groups and points it: 28,709 or 28.709."""
    return _in_pattern(value, digits, "{0}")


def as_printed(value: float) -> str:
    """A number with the places that it has."""
    return str(format_decimal(value, "#,##0.######", locale=locale(language())))


def signed(value: float, digits: int = 0) -> str:
    """The same with a plus or a minus."""
    return _in_pattern(value, digits, "+{0};-{0}")


def separators() -> str:
    """The point and what groups thousands in this tab's language, as Plotly takes them: ".," or ",."."""
    here = locale(language())
    return str(get_decimal_symbol(here)) + str(get_group_symbol(here))


def _in_pattern(value: float, digits: int, pattern: str) -> str:
    form = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(round(float(value), digits), pattern.format(form), locale=locale(language())))


def listed(texts: Sequence[str]) -> str:
    """One sentence's enumeration: "one, two, and three"."""
    return str(format_list(list(texts), locale=locale(language())))


def refusal_in_text(refusal: Refusal) -> str:
    """A refusal in this tab's language for a text that is read as Markdown: what it names of people is escaped."""
    values = {
        name: told_in_text(value) if isinstance(value, str | Sentence) else value
        for name, value in refusal.values.items()
    }
    return _(refusal.sentence).format(**values)


def told_in_text(value: Value) -> str:
    """A sentence with what stands in it, in this tab's language, for a text that is read as Markdown."""
    return plain(told(language(), value))


def plain(text: str) -> str:
    """`text` with everything that Markdown would read as a sign escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~:$" else sign for sign in text)
