"""The researcher's overview in words, charts and the tables behind them."""

from datetime import date

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.statistics.across import FEWEST, PeopleMean
from core.services.research.overview import MissingCounts, MonthCounts, Overview
from pages.researcher.parts.overview_charts import by_emotion, faces_by_month
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.format import day, moment, number
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext


def show_overview(overview: Overview) -> None:
    """Numbers, time, emotions, what is missing; or that there are too few people for any of it."""
    if overview.people is None:
        st.info(
            _("Fewer than {fewest} people are in this choice. Figures about so few could tell who they are.").format(
                fewest=FEWEST
            )
        )
        return
    figures = (
        (_("People"), overview.people),
        (_("Sittings"), overview.sessions),
        (_("Faces in finished runs"), overview.faces),
    )
    for column, (name, count) in zip(st.columns(3), figures, strict=True):
        column.metric(name, number(count), border=True)
    time, emotions = st.columns(2, gap="large")
    with time:
        _show_months(overview.months)
    with emotions:
        _show_emotions(overview.emotions)
    if overview.missing is not None:
        st.header(_("What is missing"))
        st.markdown(missing_in_words(overview.missing))
    quiet(
        _("People who agreed to research; a month or emotion with fewer than {fewest} of them stays empty.").format(
            fewest=FEWEST
        )
        + " "
        + _("Counted {when}.").format(when=moment(overview.at))
    )


def missing_in_words(missing: MissingCounts) -> str:
    """How many faces of finished checks say less than a plain answer, or nothing."""
    planned = ngettext(
        "Of {number} face in finished checks", "Of {number} faces in finished checks", missing.planned
    ).format(number=number(missing.planned))
    return _("{planned}: “not sure” first at {unsure}, could not be seen {missed}, void and replaced {void}.").format(
        planned=planned,
        unsure=_share(missing.not_sure, missing.planned),
        missed=_share(missing.missed, missing.planned),
        void=_share(missing.void, missing.planned),
    )


def _share(count: int, of: int) -> str:
    return f"{number(count)} ({number(100 * count / of, 1)} %)" if of else "0"


def _show_months(months: tuple[MonthCounts, ...]) -> None:
    st.header(_("Over time"))
    labels = [_month(month.month) for month in months]
    show_chart(faces_by_month(months, labels, _("Faces in finished runs"), dark()), _("Over time"), "months")
    with st.expander(_("The same as a table")):
        few = _("fewer than {fewest}").format(fewest=FEWEST)
        st.table(
            [
                {
                    _("Month"): name,
                    _("People"): few if month.people is None else number(month.people),
                    _("Sittings"): "–" if month.sessions is None else number(month.sessions),
                    _("Faces"): "–" if month.faces is None else number(month.faces),
                }
                for name, month in zip(labels, months, strict=True)
            ]
        )


def _show_emotions(rows: tuple[PeopleMean | None, ...]) -> None:
    st.header(_("By emotion, in checks"))
    names = {emotion: label(emotion) for emotion in Emotion}
    hover = _("{emotion}: {mean} %, sure between {low} and {high} %, {people} people")
    show_chart(
        by_emotion(rows, names, _("Named as meant, mean of people (%)"), hover, dark()),
        _("By emotion, in checks"),
        "emotions",
    )
    with st.expander(_("The same as a table")):
        st.table([_row(names[emotion], row) for emotion, row in zip(Emotion, rows, strict=True)])
        quiet(_("The mean of one share for each person, with its 95 % interval (Student’s t)."))


def _row(name: str, row: PeopleMean | None) -> dict[str, str]:
    if row is None:
        mean, sure, people = "–", "–", _("fewer than {fewest}").format(fewest=FEWEST)
    else:
        low, high = row.interval
        mean, sure, people = (
            f"{number(100 * row.mean, 1)} %",
            f"{number(100 * low, 1)}–{number(100 * high, 1)} %",
            number(row.people),
        )
    return {_("Emotion"): name, _("Named as meant"): mean, _("95 % interval"): sure, _("People"): people}


def _month(month: str) -> str:
    return day(date.fromisoformat(f"{month}-01"), "MMM y")
