"""Closed exercise: what a patient sees while the consent to a record does not stand."""

import streamlit as st

from core.domain.patient.consent import ConsentState
from pages.shared.words import _


def show_closed(state: ConsentState) -> None:
    """Say why the exercises are closed and what is open all the same."""
    with st.container(border=True):
        if state is ConsentState.GUARDIAN_NOT_ASKED:
            st.markdown(
                _(
                    "You agreed that your exercises are recorded. A parent or guardian must agree too, here or on "
                    "paper with your clinician. Until then the exercises are closed."
                )
            )
            st.page_link("pages/account/consent.py", label=_("They are with me now"))
        elif state is ConsentState.GUARDIAN_DECLINED:
            st.markdown(
                _(
                    "Your parent or guardian did not agree that your exercises are recorded. So they are closed. You "
                    "can talk about it with them and with your clinician."
                )
            )
        else:
            st.markdown(
                _(
                    "You did not agree that your exercises are recorded. That is all right. They need this record, so "
                    "they are closed, and your treatment goes on as before."
                )
            )
            st.page_link("pages/account/consent.py", label=_("Read it again"), query_params={"purpose": "treatment"})
        st.markdown(_("You can try six faces. Nothing of that is kept."))
        if st.button(_("Try six faces"), type="primary", width="stretch"):
            st.switch_page("pages/account/tryout.py")
