"""Six faces without an account. Nothing of it is stored."""

import streamlit as st

from core.services.exercise import progress, tryout
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.recognise.result_words import in_a_sentence, show_agreement
from pages.shared.recognise.runner import VisitorRunnerService, run
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()


def begin() -> None:
    app.paused, app.over = False, None
    with flash_refusals():
        app.block = tryout.begin(store())


if app.block is None and app.over is None and not app.paused:
    begin()
    if app.block is not None:  # once more, so that the frame knows and leaves its foot away
        st.switch_page("pages/account/tryout.py")
if app.block is not None:
    run(app.block, VisitorRunnerService(store()))
else:
    st.title(_("Six faces"))
    show_flash()
    if app.over is not None:
        summary = progress.tryout_result(store(), app.over)
        st.markdown(in_a_sentence(summary))
        st.markdown(
            _(
                "Six faces are a taste, not a measurement. The faces are computer-made: reading them is a start, "
                "not proof of reading real ones. Nothing of this was kept."
            )
        )
        show_agreement(summary)
    st.button(_("Six other faces"), on_click=begin, type="primary", width="stretch")
    if app.token:
        st.page_link("pages/patient/home.py", label=_("Back to today"))
    else:
        st.page_link("pages/account/welcome.py", label=_("Back to the beginning"))
