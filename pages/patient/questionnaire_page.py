"""A questionnaire that the clinician asked for: item by item, and a word of thanks at its end."""

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.services.clinic import filling_in
from core.services.exercise.left_out import leave_out
from pages.patient.parts.day_steps import lead_on
from pages.patient.questionnaire import left, show_questionnaire
from pages.shared.flash import show_flash
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

where = left()
if where == "stopped":
    leave_out(store(), state().token, DayPart.QUESTIONNAIRE)
    st.switch_page("pages/patient/home.py")
asked = filling_in.mine(store(), state().token)
if where == "over" or not asked:
    st.title(_("Thank you"))
    show_flash()
    st.markdown(_("Your answers are kept. Your clinician sees them."))
    lead_on()
    st.page_link("pages/patient/home.py", label=_("Back to today"))
else:
    show_questionnaire(filling_in.form(store(), state().token, asked[0].id))
