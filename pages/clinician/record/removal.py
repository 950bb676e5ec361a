"""Removal of an entry, after a second click that names it once more."""

from collections.abc import Callable

import streamlit as st

from pages.shared.words import _


def show_removable(said: str, warning: str, sure: str, key: str, remove: Callable[[], None]) -> None:
    """The entry `said` (Markdown) with its way out: `warning` and the button `sure`, which calls `remove`."""
    what, out = st.columns((7, 2), vertical_alignment="center")
    what.markdown(said)
    with out.popover(_("Remove")):
        st.markdown(said)
        st.markdown(warning)
        st.button(sure, key=key, on_click=remove)
