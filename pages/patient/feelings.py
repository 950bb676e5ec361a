"""My words: the person's own list, what comes with what, week and month as pictures, each entry to read and change."""

import streamlit as st

from core.services.feelings import diary
from pages.patient.diary import show_entries, show_list, show_pictures, show_sharing, show_summary
from pages.shared.flash import show_flash
from pages.shared.recognise.help import where_to_find_help
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

found = diary.mine(store(), state().token)
st.title(_("My words"))
show_flash()
if found.help:
    with st.expander(_("Where to find help"), expanded=True):
        st.markdown(where_to_find_help())
if not found.entries:
    st.markdown(
        _("Here your own words gather: which feelings you name, when, and where in the body. There are none yet.")
    )
if st.button(_("Check in: one minute"), type="primary", width="stretch"):
    st.switch_page("pages/patient/check_in_page.py")
if found.entries:
    show_list(found)
    show_summary(found)
    show_pictures(found)
    show_sharing(found)
    show_entries(found)
