"""Six faces without an account. Nothing of it is stored."""

import streamlit as st

from core.services.exercise import progress, tryout
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.player import Ended, play
from pages.shared.recognise.result_words import in_a_sentence
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()


def begin() -> None:
    app.paused, app.tried = False, None
    with flash_refusals():
        app.trying = tryout.begin(store())


def leave(ended: Ended) -> None:
    if app.trying is None:  # told twice
        return
    app.paused = ended.stopped
    if not ended.stopped:
        app.tried = tryout.block(store(), app.trying, ended.answers)
    app.trying = None


if app.trying is None and app.tried is None and not app.paused:
    begin()
    if app.trying is not None:  # once more, so that the frame knows and leaves its foot away
        st.switch_page("pages/account/tryout.py")
if app.trying is not None:
    play(tryout.begun(app.trying), after="", on_end=leave)
else:
    st.title(_("Six faces"))
    show_flash()
    if app.tried is not None:
        summary = progress.tryout_result(store(), app.tried)
        st.markdown(in_a_sentence(summary))
        st.markdown(
            _(
                "Six faces are a taste, not a measurement. The faces are computer-made: reading them is a start, "
                "not proof of reading real ones. Nothing of this was kept."
            )
        )
    st.button(_("Six other faces"), on_click=begin, type="primary", width="stretch")
    if app.token:
        st.page_link("pages/patient/home.py", label=_("Back to today"))
    else:
        st.page_link("pages/account/welcome.py", label=_("Back to the beginning"))
