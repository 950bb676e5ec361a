"""Second factor set-up: a QR code for the authenticator app, a first code, the recovery codes."""

import streamlit as st

from core.services.accounts import second_factor
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.pictures import qr_address
from pages.shared.resources import store
from pages.shared.state import state, text_value
from pages.shared.words import _

_CODE = "first-code"


def set_up(token: str) -> None:
    """Show what the app needs and ask for a first code; `token` may be of somebody who is only half in."""
    enrolment = second_factor.begin(store(), token)
    st.markdown(
        _(
            "1. Open an authenticator app on your phone. Any will do, for example Aegis, FreeOTP, Google Authenticator "
            "or a password manager."
        )
    )
    st.markdown(_("2. Let it scan this square, or type in the key below it."))
    st.image(qr_address(enrolment.uri), width=220, alt=_("QR code for the authenticator app"))
    st.code(enrolment.secret, language=None, wrap_lines=True)
    st.markdown(_("3. Type the six digits that it shows now."))
    with st.form("factor", border=False):
        st.text_input(_("One-time code"), key=_CODE, max_chars=10, autocomplete="one-time-code")
        st.form_submit_button(_("Turn on"), type="primary", on_click=_confirm, args=(token,))
    show_flash()


def _confirm(token: str) -> None:
    with flash_refusals():
        state().recovery_codes = second_factor.confirm(store(), token, text_value(_CODE))


def turn_off() -> None:
    """Ask for a code, and turn the second factor off with it."""
    with st.expander(_("Turn it off")), st.form("factor", border=False):
        st.text_input(_("One-time code or recovery code"), key=_CODE, max_chars=40, autocomplete="one-time-code")
        st.form_submit_button(_("Turn off"), on_click=_remove)
        show_flash()


def _remove() -> None:
    with flash_refusals():
        second_factor.remove(store(), state().token, text_value(_CODE))
