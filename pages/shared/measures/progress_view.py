"""Checks over time and days with practice, for the patient's page and the clinician's."""

from datetime import timedelta

import streamlit as st

from core.domain.days import day_of
from core.services.exercise.progress import CheckProgress, PartMean
from pages.shared.browser import dark
from pages.shared.format import SHORT, day, number, today
from pages.shared.measures.charts import BlockLine, CheckWords, checks_over_time, practice_days
from pages.shared.measures.course_words import part_name
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext

WEEKS = 8


def show_checks(line: CheckProgress) -> None:
    """The chart of checks with the band of the usual ups and downs, and the same as a table."""
    labels = [day(check.when, SHORT, line.zone) for check in line.checks]
    words = check_words(_("Checks that can be compared"), in_blocks=line.course is not None)
    blocks = [BlockLine(part_name(part.part), part.places, part.share) for part in line.parts]
    figure = checks_over_time(line.checks, labels, line.verdict.band, words, dark(), blocks)
    show_chart(figure, _("Checks over time"))
    for part in line.parts:
        quiet(_part_in_words(part))
    if line.checks:
        with st.expander(_("The same as a table")):
            st.table(
                [
                    {
                        _("Date"): label,
                        _("Named as meant"): _("{right} of {shown}").format(right=check.right, shown=check.shown),
                        _(
                            "This check: between"
                        ): f"{number(100 * check.interval[0])}–{number(100 * check.interval[1])} %",
                    }
                    for label, check in zip(labels, line.checks, strict=True)
                ]
            )


def _part_in_words(part: PartMean) -> str:
    """How many faces were named as meant on the days of a part, and between what that lies."""
    low, high = (round(100 * edge) for edge in part.share.interval)
    days = len(part.places)
    return ngettext(
        "{part}: about {mean} in 100, on {days} day. It lies between {low} and {high}.",
        "{part}: about {mean} in 100, on {days} days. It lies between {low} and {high}.",
        days,
    ).format(part=part_name(part.part), mean=round(100 * part.share.mean), days=days, low=low, high=high)


def check_words(comparable: str, in_blocks: bool = False) -> CheckWords:
    """What stands on a chart of checks, with a name for those that can be compared. `in_blocks`: each is a dot, because
    only blocks are compared."""
    return CheckWords(
        time_axis=_("Check"),
        share_axis=_("Named as meant (%)"),
        empty=_("Checks appear here after the first one."),
        hover=_("{date}: {right} of {shown}, this check: between {low} and {high} %"),
        band=_("usual ups and downs"),
        comparable=comparable,
        other=_("Checks of another kind"),
        in_blocks=in_blocks,
    )


def show_days(line: CheckProgress, *, own: bool) -> None:
    """A dot for each day with practice in the last weeks; days without are left empty, never marked.

    `own`: the words speak to the person whose days these are.
    """
    last = today(line.zone)
    first = last - timedelta(days=last.weekday() + 7 * (WEEKS - 1))
    days = {day_of(at, line.zone) for at in line.practised}
    recent = sorted(one for one in days if one >= first)
    st.markdown(_your_days(len(recent)) if own else _their_days(len(recent)))
    if recent:
        weekdays = [day(first + timedelta(days=later), "EEEEEE") for later in range(7)]
        figure = practice_days(first, WEEKS, recent, weekdays, [day(one, SHORT) for one in recent], dark())
        show_chart(figure, _("Days with practice"))


def _your_days(days: int) -> str:
    if days == 0:
        return _("There is no practice in the last eight weeks. You can begin whenever you like.")
    return ngettext(
        "You practised on one day in the last eight weeks.",
        "You practised on {days} days in the last eight weeks.",
        days,
    ).format(days=days)


def _their_days(days: int) -> str:
    return ngettext(
        "Practice on one day in the last eight weeks.", "Practice on {days} days in the last eight weeks.", days
    ).format(days=days)
