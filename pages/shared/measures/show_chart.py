"""Plotly charts as they stand on every page."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.format import separators

if TYPE_CHECKING:
    import plotly.graph_objects as go


_SAME = 1
"""Revision of each chart’s data. Streamlit hands a chart to Plotly a second time, copied: without this Plotly takes
the copy for other data and draws all of it again. Other data are another element, whose chart begins anew."""


def show_chart(figure: "go.Figure", name: str, key: str | None = None) -> None:
    """The figure in its own colours and with the tab's point and comma, without Plotly's buttons and tips: those speak
    English only. Screen readers hear its `name` and what its axes show; the numbers stand beside it."""
    figure.update_layout(separators=separators(), meta=". ".join([name, *_axes(figure)]), datarevision=_SAME)
    st.plotly_chart(figure, theme=None, key=key, config={"displayModeBar": False, "showTips": False})


def _axes(figure: "go.Figure") -> list[str]:
    """What the axes show, the upright one first."""
    titles = (figure.layout.yaxis.title.text, figure.layout.xaxis.title.text)
    return [title.replace("<br>", " ") for title in titles if title]
