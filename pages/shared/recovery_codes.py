"""New recovery codes of the second factor, to be written down."""

import streamlit as st

from pages.shared.state import state
from pages.shared.words import _


def show_recovery_codes() -> None:
    """The new recovery codes, until the person says that they are written down."""
    app = state()
    st.title(_("Your recovery codes"))
    st.markdown(
        _(
            "The second factor is on. If your phone is lost, each of these lets you in once in place of a one-time "
            "code. They are shown only now. Write them down or print this page, and keep them where you keep "
            "important papers."
        )
    )
    st.code("\n".join(app.recovery_codes), language=None)
    st.button(_("I have written them down"), type="primary", on_click=app.recovery_codes.clear)
