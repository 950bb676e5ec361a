"""All matrices of one patient: recognition with expression beside it, and what moved between two dates."""

import math
from datetime import tzinfo

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.statistics.series import CheckSeries, difference
from core.services.clinic.record import Review
from core.services.exercise import expression_progress
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.express.view import show_matrices
from pages.shared.format import day
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def show_all_matrices(review: Review) -> None:
    """Faces of others beside the person's own face, then two dates compared."""
    show_matrices(review.series, expression_progress.matrix(store(), state().token, review.id))
    if review.series is not None and len(review.series.checks) > 1:
        _two_dates(review.series, review.zone)


def _two_dates(series: CheckSeries, zone: tzinfo) -> None:
    from pages.shared.measures.patient_charts import moved

    st.header(_("What moved between two checks"))
    places = list(range(len(series.checks)))
    dates = [day(check.when, zone=zone) for check in series.checks]
    left, right = st.columns(2)
    earlier = left.selectbox(_("From"), places, index=0, format_func=dates.__getitem__)
    later = right.selectbox(_("To"), places, index=len(places) - 1, format_func=dates.__getitem__)
    before, after = (series.checks[place].summary.matrix for place in (earlier, later))
    points = (100 * difference(before, after)).tolist()
    shown = [[None if math.isnan(value) else value for value in row] for row in points]
    names = [label(emotion) for emotion in Emotion]
    columns = [*names, _("not sure")]
    hover = _("{target} named {response}: {points} points")
    figure = moved(shown, names, columns, (_("Shown"), _("Named")), hover, dark())
    show_chart(figure, _("What moved between two checks"), "moved")
    quiet(
        _(
            "Percentage points of each row. One check has few faces of each emotion, so that single cells move by "
            "much without meaning anything."
        )
    )
    with st.expander(_("The same as a table")):
        st.table(
            [
                {
                    _("Shown"): label(emotion),
                    **{
                        column: _("{before} → {after}").format(before=int(a), after=int(b))
                        for column, a, b in zip(columns, before[emotion], after[emotion], strict=False)
                    },
                }
                for emotion in Emotion
            ]
        )
        quiet(_("Counts in the earlier and in the later check."))
