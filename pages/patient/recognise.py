"""The exercise: one face at a time. A reload comes back to the next unanswered face."""

import streamlit as st

from core.services.exercise import recognition
from pages.shared.browser import browser
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.recognise.runner import PatientRunnerService, run
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()


def go_on() -> None:
    app.paused = False
    with flash_refusals():
        app.block = recognition.begin(store(), app.token, browser())


if app.over is not None:
    st.switch_page("pages/patient/result.py")
if app.block is None and not app.paused and recognition.today(store(), app.token).left is not None:
    go_on()
    if app.block is not None:  # once more, so that the frame knows and leaves its menu away
        st.switch_page("pages/patient/recognise.py")
if app.block is not None:
    run(app.block, PatientRunnerService(store(), app.token, browser()))
elif app.paused:
    st.title(_("Stopped for now"))
    show_flash()
    st.markdown(_("Everything you answered is kept. You can go on now, later today or another day."))
    st.button(_("Go on"), on_click=go_on, type="primary", width="stretch")
    st.page_link("pages/patient/home.py", label=_("Back to today"))
else:
    st.switch_page("pages/patient/home.py")
