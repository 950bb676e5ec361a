"""What the person's check-ins come to, as a part of the day: a sentence and the way on; below, to keep or to show."""

from functools import partial

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.services.exercise import reading
from core.services.feelings import diary
from pages.patient.diary import show_list
from pages.patient.parts.day_steps import go_on, next_steps, step_of
from pages.patient.parts.summary_words import as_text, in_a_sentence
from pages.shared.browser import browser
from pages.shared.feelings.figures import together_sentences
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.personal_file import personal_file
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

found = diary.mine(store(), state().token)
if not found.entries:
    st.switch_page("pages/patient/feelings.py")
st.title(_("Your words of these weeks"))
show_flash()
st.markdown(in_a_sentence(found))
if step_of(DayPart.SUMMARY) is not None:
    if st.button(_("Go on"), key="summed-up", type="primary", width="stretch"):
        with flash_refusals():
            reading.keep_summed_up(store(), state().token, browser())
        go_on(next_steps())
else:
    st.page_link("pages/patient/home.py", label=_("Back to today"))
show_list(found)
for sentence in together_sentences(found.entries):
    st.markdown(sentence)
st.header(_("To keep or to show"))
text = as_text(found)
personal_file(_("Save it as a file"), "own-words", "words.txt", "text/plain", partial(text.encode, "utf-8"))
st.page_link("pages/patient/feelings.py", label=_("Show it to my clinicians: in My words"))
