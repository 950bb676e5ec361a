"""Plotly charts as they stand on every page."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.format import separators

if TYPE_CHECKING:
    import plotly.graph_objects as go


def show_chart(figure: "go.Figure", key: str | None = None) -> None:
    """The figure in its own colours and with the tab's point and comma, without Plotly's buttons and tips: those speak
    English only."""
    figure.update_layout(separators=separators())
    st.plotly_chart(figure, theme=None, key=key, config={"displayModeBar": False, "showTips": False})
