"""The same as a chart shows as a table, made when somebody opens it: a browser takes longer for a table that is closed
than for the chart above it."""

from collections.abc import Callable

import streamlit as st

from pages.shared.words import _


@st.fragment
def show_as_table(key: str, show: Callable[[], None]) -> None:
    """A fold in which `show` puts the table, each time it is opened; that runs this alone."""
    fold = st.expander(_("The same as a table"), key=key, on_change="rerun")
    if fold.open:
        with fold:
            show()
