"""Six faces without an account; three about the emotion of a lesson (`?emotion=fear`). Nothing of it is stored."""

import streamlit as st

from core.domain.exercise import design
from core.services.exercise import progress, tryout
from pages.shared.emotions import asked_emotion, label
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.player import Ended, play
from pages.shared.quiet import quiet
from pages.shared.recognise.cues import confused_with
from pages.shared.recognise.result_words import in_a_sentence
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()
about = asked_emotion()


def begin() -> None:
    """Of a lesson two faces, and one of what its emotion is most often taken for."""
    app.paused, app.tried = False, None
    with flash_refusals():
        faces = design.SIX if about is None else (about, about, confused_with(about)[0])
        app.trying = tryout.begin(store(), faces)


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
        st.switch_page("pages/account/tryout.py", query_params=st.query_params.to_dict())
if app.trying is not None:
    play(tryout.begun(app.trying), after="", on_end=leave)
else:
    st.title(_("Six faces") if about is None else _("Three faces"))
    show_flash()
    if app.tried is not None:
        st.markdown(in_a_sentence(progress.tryout_result(store(), app.tried)))
        if about is None:
            st.markdown(
                _(
                    "Six faces are a taste, not a measurement. The faces are computer-made: reading them is a start, "
                    "not proof of reading real ones. Nothing of this was kept."
                )
            )
        else:
            quiet(_("Nothing of this was kept."))
    again = _("Six other faces") if about is None else _("Three other faces")
    st.button(again, on_click=begin, type="primary", width="stretch")
    if about is not None and app.token:
        back = _("Back to {emotion}").format(emotion=label(about))
        st.page_link("pages/patient/learn.py", label=back, query_params={"emotion": about.word})
    elif app.token:
        st.page_link("pages/patient/home.py", label=_("Back to today"))
    else:
        st.page_link("pages/account/welcome.py", label=_("Back to the beginning"))
