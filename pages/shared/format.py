"""Dates, times and text of people's own, as they stand on a page."""

from datetime import date, datetime

import streamlit as st
from babel.dates import format_date, format_datetime, get_timezone

from core.translations import locale
from pages.shared.words import language

SHORT = "d MMM"
"""A day whose year is plain from what stands around it."""


def day(when: date, pattern: str = "d MMM y") -> str:
    """A date in words, in the language of this tab; `pattern` as in Unicode's date fields."""
    return str(format_date(when, pattern, locale=locale(language())))


def moment(when: datetime) -> str:
    """A date and a time of day, as the clock of this tab's browser shows it."""
    zone = get_timezone(st.context.timezone or "UTC")
    return str(format_datetime(when, "d MMM y, HH:mm", tzinfo=zone, locale=locale(language())))


def plain(text: str) -> str:
    """`text` with everything that Markdown would read as a sign escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~:$" else sign for sign in text)
