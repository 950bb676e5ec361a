"""The exercise: one item at a time, played in the browser. A reload comes back to the next one without an answer."""

import streamlit as st

from core.services.exercise import progress, runs
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.player import Ended, play
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()


def go_on() -> None:
    app.paused = False
    with flash_refusals():
        app.run = runs.unfinished(store(), app.token)


def leave(ended: Ended) -> None:
    app.paused, app.over, app.run = ended.stopped, None if ended.stopped else app.run, None


if app.over is not None:
    st.switch_page("pages/patient/result.py")
if app.run is None and not app.paused:
    go_on()
    if app.run is not None:  # once more, so that the frame knows and leaves its menu away
        st.switch_page("pages/patient/recognise.py")
if app.run is not None:
    show_flash()
    play(runs.begun(store(), app.token, app.run), after="result", on_end=leave)
elif app.paused:
    st.title(_("Stopped for now"))
    show_flash()
    st.markdown(_("Everything you answered is kept. You can go on now, later today or another day."))
    st.button(_("Go on"), on_click=go_on, type="primary", width="stretch")
    st.page_link("pages/patient/home.py", label=_("Back to today"))
elif progress.just_finished(store(), app.token):  # while the line of this page was down
    st.switch_page("pages/patient/result.py")
else:
    st.switch_page("pages/patient/home.py")
