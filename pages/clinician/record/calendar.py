"""Calendar of practice of a patient, day by day."""

from functools import partial
from itertools import groupby
from operator import attrgetter

import streamlit as st

from core.domain.days import day_of
from core.domain.statistics.dose import minutes
from core.services.clinic.record import MOST_PRACTICES, Review
from pages.clinician.record.fold import show_as_table
from pages.shared.format import day, number
from pages.shared.measures.progress_view import show_days
from pages.shared.quiet import quiet
from pages.shared.words import _


def show_calendar(review: Review) -> None:
    """Eight weeks with a dot for each day of practice, and the days of the latest practices as a table."""
    show_days(review.progress, own=False)
    if not review.practices:
        return
    show_as_table("calendar-table", partial(_table, review))


def _table(review: Review) -> None:
    days = groupby(
        sorted(review.practices, key=attrgetter("started_at"), reverse=True),
        lambda run: day_of(run.started_at, review.zone),
    )
    st.table(
        [
            {_("Date"): day(date), _("Practices"): str(len(runs)), _("Minutes"): number(sum(map(minutes, runs)))}
            for date, runs in ((date, list(of_it)) for date, of_it in days)
        ]
    )
    if len(review.practices) == MOST_PRACTICES:
        quiet(_("The latest {number} practices.").format(number=MOST_PRACTICES))
