"""What the clinician asked to fill in, as one thing to do."""

import streamlit as st

from core.services.clinic import filling_in
from core.services.clinic.questionnaires import known
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, localized, ngettext

SECONDS_AN_ITEM = 12


def show_asked_forms() -> None:
    """The first questionnaire that is to be filled in, if there is one."""
    asked = filling_in.mine(store(), state().token)
    if not asked:
        return
    form = asked[0]
    left = form.of - form.told
    minutes = max(1, round(left * SECONDS_AN_ITEM / 60))
    with st.container(border=True):
        st.markdown(
            _("Your clinician asks you to fill in a questionnaire: {title}.").format(
                title=localized(known()[form.questionnaire].title)
            )
        )
        name = (
            ngettext("Go on: about {minutes} minute", "Go on: about {minutes} minutes", minutes)
            if form.told
            else ngettext("Begin: about {minutes} minute", "Begin: about {minutes} minutes", minutes)
        )
        if st.button(name.format(minutes=minutes), key="fill-in", width="stretch"):
            st.switch_page("pages/patient/questionnaire_page.py")
