"""Check-in with one's own feelings: asked part by part in the browser; the first time a consent stands before it."""

import streamlit as st

from core.domain.patient.consent import Purpose
from core.services.feelings import check_ins
from pages.patient.check_in import left, show_check_in
from pages.patient.parts.gate import pass_consent
from pages.shared.browser import browser
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

AFTER = {"over": "pages/patient/home.py", "stopped": "pages/patient/home.py", "words": "pages/patient/feelings.py"}

where = left()
if where is not None:
    st.switch_page(AFTER[where])
if pass_consent(
    Purpose.FEELINGS,
    "pages/patient/check_in_page.py",
    _("Check in"),
    _("There is no consent to a diary of feelings, so none is kept. That is all right: the rest works as before."),
):
    show_check_in(check_ins.begin(store(), state().token, browser()))
