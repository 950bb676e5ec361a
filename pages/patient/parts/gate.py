"""Gate of what needs a consent of its own: asked where it is first opened, closed without it."""

import streamlit as st

from core.domain.patient.consent import ConsentState, Purpose
from core.services.privacy import consents
from pages.patient.parts.consent_closed import show_closed
from pages.shared.consent.question import ask, ask_guardian
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def pass_consent(purpose: Purpose, page: str, title: str, without: str) -> bool:
    """True once both the record and `purpose` are agreed to; until then show what stands before it. `page`: the script
    to come back to; `without`: said where there is no consent."""
    mine = consents.mine(store(), state().token)
    if mine.to_ask:
        st.switch_page("pages/account/consent.py")
    record, own = (mine.of(one).state for one in (Purpose.TREATMENT, purpose))
    if record is not ConsentState.AGREED:
        st.title(title)
        show_closed(record)
    elif own is ConsentState.AGREED:
        return True
    elif own is ConsentState.NOT_ASKED:
        if ask(purpose):
            st.switch_page(page)
        _go_elsewhere()
    elif own is ConsentState.GUARDIAN_NOT_ASKED:
        st.markdown(_("Now a parent or legal guardian is asked too. Please hand them the device."))
        _go_elsewhere()
        if ask_guardian(purpose):
            st.switch_page(page)
    else:
        st.title(title)
        st.info(without)
        if own is ConsentState.DECLINED:
            st.page_link("pages/account/consent.py", label=_("Read it again"), query_params={"purpose": purpose.value})
        _go_elsewhere()
    return False


def _go_elsewhere() -> None:
    st.page_link("pages/patient/home.py", label=_("Not today. Back to today"))
