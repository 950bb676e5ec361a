"""My progress: checks over time with what can be said of change, and the days with practice."""

import streamlit as st

from core.services import progress
from pages.shared.progress_view import show_checks, show_days
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.verdict_words import in_a_sentence, what_would_tell
from pages.shared.words import _

line = progress.progress(store(), state().token)
st.title(_("My progress"))
st.markdown(in_a_sentence(line.verdict))
more = what_would_tell(line.verdict)
if more:
    quiet(more)
show_checks(line)
st.header(_("Days with practice"))
show_days(line, own=True)
st.page_link("pages/patient/home.py", label=_("Back to today"))
