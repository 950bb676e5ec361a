"""From faces to oneself: "have you felt this lately?", at the end of what was practised, at most once a day."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.feelings.words import word_of
from core.services.feelings import check_ins
from pages.shared.feelings.words import word_name
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def ask_felt_lately(emotion: Emotion) -> None:
    """Ask it of an emotion; nothing of none, or where today is not the time."""
    if emotion is not Emotion.NEUTRAL and check_ins.is_to_be_asked(store(), state().token):
        sentence = _("Have you felt something like **{feeling}** yourself lately?")
        st.markdown(sentence.format(feeling=word_name(word_of(emotion).key)))
        st.page_link("pages/patient/check_in_page.py", label=_("Check in: one minute"))
