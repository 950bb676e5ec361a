"""My progress: checks over time with what can be said of change, days with practice, runs before the camera. On the
first day it says what will stand here."""

import streamlit as st

from core.services.exercise import beside, expression_progress, progress
from pages.patient.parts.beside_words import score_in_a_sentence, title_of
from pages.shared.express.view import show_line
from pages.shared.measures.course_words import own_course
from pages.shared.measures.follow_up_words import own_follow_up
from pages.shared.measures.progress_view import show_checks, show_days
from pages.shared.measures.verdict_words import in_a_sentence, what_would_tell
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

line = progress.progress(store(), state().token)
st.title(_("My progress"))
st.markdown(own_course(line.course) if line.course else in_a_sentence(line.verdict))
kept = own_follow_up(line.course) if line.course else None
if kept is not None:
    st.markdown(kept)
more = None if line.course else what_would_tell(line.verdict)
if more:
    quiet(more)
if line.checks:
    show_checks(line)
if line.practised:
    st.header(_("Days with practice"))
    show_days(line, own=True)
elif not line.checks:
    quiet(_("Your checks will stand here as a line, and the days on which you practised as dots."))
for score in beside.latest_scores(store(), state().token):
    st.header(title_of(score.task))
    st.markdown(score_in_a_sentence(score))
shown = expression_progress.progress(store(), state().token)
if shown:
    st.header(_("Before the camera"))
    show_line(shown, line.zone)
    st.page_link("pages/patient/expression_result.py", label=_("See the last run before the camera"))
st.page_link("pages/patient/home.py", label=_("Back to today"))
