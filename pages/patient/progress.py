"""My progress: checks over time with what can be said of change, days with practice, runs before the camera. On the
first day it says what will stand here."""

import streamlit as st

from core.services.exercise import beside, expression_progress, programme, progress
from pages.patient.parts.beside_words import score_in_a_sentence, title_of
from pages.shared.emotions import label
from pages.shared.express.view import show_line
from pages.shared.measures.course_words import own_course
from pages.shared.measures.follow_up_words import own_follow_up
from pages.shared.measures.progress_view import show_checks, show_days
from pages.shared.measures.verdict_words import in_a_sentence
from pages.shared.quiet import quiet
from pages.shared.recognise.view import capital
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

line = progress.progress(store(), state().token)
st.title(_("My progress"))
st.markdown(own_course(line.course) if line.course else in_a_sentence(line.verdict))
kept = own_follow_up(line.course) if line.course else None
if kept is not None:
    st.markdown(kept)
if line.checks:
    show_checks(line)
can = programme.now_able(store(), state().token)
if can:
    st.header(_("What you can now name"))
    said = _("**{emotion}**: in most faces that show {strength} % of it.")
    st.markdown("\n".join(f"- {said.format(emotion=capital(label(a.emotion)), strength=a.strength)}" for a in can))
    quiet(_("As your latest practice shows it. It goes up and down with the days."))
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
