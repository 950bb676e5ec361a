"""Flash messages: a refusal is kept and shown once on the next run."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.domain.people import Refusal
from pages.shared.format import refusal_in_text
from pages.shared.state import state


@contextmanager
def flash_refusals() -> Iterator[None]:
    """Keep a refusal for `show_flash` instead of letting it end the script."""
    try:
        yield
    except Refusal as refusal:
        state().flash = refusal_in_text(refusal)


def show_flash() -> None:
    """Show what was kept, then forget it."""
    app = state()
    if app.flash:
        st.warning(app.flash)
        app.flash = None
