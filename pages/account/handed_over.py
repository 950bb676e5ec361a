"""A browser that a clinician has handed over: the run, its end, and the way back by the clinician's password."""

import streamlit as st

from core.domain.people import NotSignedIn
from core.services.exercise import runs
from pages.account.door.forms import Field, Form, show_form
from pages.shared.flash import show_flash
from pages.shared.player import Ended, play
from pages.shared.recognise.hard import ask_whether_hard
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()
handed = app.handed_over
if handed is None:
    raise NotSignedIn("You are not signed in. Please sign in again.")


def leave(ended: Ended) -> None:
    app.paused = ended.stopped


def go_on() -> None:
    app.paused = False


if handed.playable and not app.paused:
    play(runs.begun(store(), app.token, handed.run), after="", on_end=leave)
    st.stop()
if handed.playable:
    st.title(_("Stopped for now"))
    st.markdown(_("Everything you answered is kept. You can go on now, later today or another day."))
    st.button(_("Go on"), on_click=go_on, type="primary", width="stretch")
else:
    st.title(_("That was all"))
    st.markdown(_("Everything you answered is kept. Thank you. Please give the device back now."))
    show_flash()
    if handed.over:
        ask_whether_hard(handed.run, handed.hard)
st.divider()
st.header(_("For your clinician"))
st.markdown(_("This page stays closed until the clinician who handed it over gives their password."))
password = Field("password", _("Password of the clinician"), "password", "new-password")
show_form(Form("/auth/take-back", _("Open my pages again"), (password,) if handed.needs_password else ()))
