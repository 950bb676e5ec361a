"""Check-in with one's own feelings: asked part by part in the browser; the first time a consent stands before it. In a
programme the next part of the day follows; after one of the diary that is answered anew, the diary."""

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.domain.patient.consent import Purpose
from core.services.exercise.left_out import leave_out
from core.services.feelings import check_ins
from pages.patient.check_in import left, show_check_in
from pages.patient.diary import ENTRY
from pages.patient.parts.day_steps import go_on, next_steps
from pages.patient.parts.gate import pass_consent
from pages.shared.browser import browser
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

where, entry = left(), st.query_params.get(ENTRY)
if where == "words" or (where and entry):
    st.switch_page("pages/patient/feelings.py")
if where == "over":
    go_on(next_steps())
if where == "stopped":
    leave_out(store(), state().token, DayPart.CHECK_IN)
    st.switch_page("pages/patient/home.py")
if pass_consent(
    Purpose.FEELINGS,
    "pages/patient/check_in_page.py",
    _("Check in"),
    _("There is no consent to a diary of feelings, so none is kept. That is all right: the rest works as before."),
):
    show_check_in(
        check_ins.again(store(), state().token, entry) if entry else check_ins.begin(store(), state().token, browser())
    )
