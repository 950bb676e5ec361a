"""Reminders as the person sets them: a file for their own calendar, with their days and their hour."""

from datetime import date, time
from functools import partial

import streamlit as st

from core.domain.programme.reminders import WEEKDAYS
from core.domain.programme.today import DayPlace, ProgrammeToday
from core.services.exercise.programme import reminders
from pages.shared.format import day, today
from pages.shared.personal_file import personal_file
from pages.shared.quiet import quiet
from pages.shared.words import _

_USUAL, _HOUR = range(5), time(19)
_A_MONDAY = date(2024, 1, 1)


def show_reminders(programme: ProgrammeToday) -> None:
    """Choose days and hour, and fetch the file."""
    with st.expander(_("Reminders in my calendar")):
        chosen = st.pills(
            _("On these days"),
            range(len(WEEKDAYS)),
            selection_mode="multi",
            default=list(_USUAL),
            format_func=lambda one: day(_A_MONDAY.replace(day=1 + one), "EEE"),
        )
        at = st.time_input(_("At"), _HOUR, step=900)
        quiet(_("The entry is called “A few minutes”. It names neither you nor this place."))
        if chosen and at is not None:
            first, left = _days_ahead(programme)
            if first > today():
                quiet(_("The short looks begin on {date}, and so do these entries.").format(date=day(first)))
            make = partial(reminders, _("A few minutes"), tuple(chosen), at, first, left)
            personal_file(_("Save the calendar file"), "reminders", "reminders.ics", "text/calendar", make)


def _days_ahead(programme: ProgrammeToday) -> tuple[date, int]:
    """From which day on, and how many: those of the follow-up where training is over."""
    if programme.later is not None and programme.place is DayPlace.FINISHED:
        return date.fromordinal(programme.later.first), programme.later.checks
    if programme.follow_up is not None:
        made, planned = programme.follow_up
        return today(), max(1, planned - made)
    return today(), max(1, programme.days - programme.days_done + (programme.first[1] if programme.first else 0))
