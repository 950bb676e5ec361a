"""Ask for a language, each under the name that it has for itself."""

from collections.abc import Callable

import streamlit as st

from core.translations import languages
from pages.shared.state import state


def choose_language(label: str, key: str | None = None, on_change: Callable[[], None] | None = None) -> str:
    """The chosen language; the one of this tab until another is."""
    names = languages()
    index = list(names).index(state().language)
    return st.radio(
        label, list(names), index, format_func=lambda code: names[code], key=key, on_change=on_change, horizontal=True
    )
