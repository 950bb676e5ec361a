"""Refused sign-ins: what somebody tried who wanted to get in as this patient."""

import streamlit as st

from core.domain.people import AccountEvent
from core.services.accounts import accounts
from pages.shared.account_events import what_happened, who_did
from pages.shared.format import moment
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def show_refused(patient_id: str) -> None:
    """Nothing where nothing was refused; in words where somebody was kept out."""
    refused = accounts.refused(store(), state().token, patient_id)
    if not refused:
        return
    if any(entry.what is AccountEvent.KEPT_OUT for entry in refused):
        st.warning(
            _(
                "Somebody tried to get in as this patient so often that they had to wait. Where the patient signed in "
                "before, this holds nobody up. If the patient cannot get in elsewhere, give them a new link."
            )
        )
    with st.expander(_("Refused sign-ins of the last 30 days")):
        st.table([{_("When"): moment(e.at), _("What"): what_happened(e), _("From where"): who_did(e)} for e in refused])
