"""After a run before the camera: one sentence, what was meant and what the network saw, and one next step."""

import streamlit as st

from core.domain.camera.expression import ExpressionKind
from core.services.exercise import expression_progress, lessons
from pages.patient.parts.day_steps import lead_on
from pages.shared.express.view import card_of, show_tries
from pages.shared.express.words import in_a_sentence, mixture, what_it_reads_badly
from pages.shared.flash import show_flash
from pages.shared.quiet import quiet
from pages.shared.recognise.hard import ask_whether_hard
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()
over = app.expression_over
run = (
    expression_progress.result(store(), app.token, over)
    if over is not None
    else expression_progress.last(store(), app.token)
)
if run is None:
    st.switch_page("pages/patient/express.py")
else:
    st.title(_("What you showed"))
    show_flash()
    st.markdown(in_a_sentence(run))
    lead_on()
    if run.made:
        quiet(mixture())
        card = card_of(run.made[-1].network)
        weak = what_it_reads_badly(card) if card is not None else None
        if weak:
            quiet(weak)
        if run.task is ExpressionKind.NAME:
            quiet(_("“What you meant” is the word that you chose before the computer’s answer appeared."))
        show_tries(run, lessons.clear_faces(store(), app.token))
        quiet(_("The faces here are computer-made. No picture of you was kept."))
    st.header(_("What next"))
    missed = next((one.meant for one in run.made if one.meant is not None and one.seen is not one.meant), None)
    if missed is not None:
        st.page_link("pages/patient/learn.py", label=_("Learn about an emotion"), query_params={"emotion": missed.word})
    st.page_link("pages/patient/express.py", label=_("Show another one"))
    st.page_link("pages/patient/home.py", label=_("Back to today"))
    st.divider()
    ask_whether_hard(run.id, run.hard)
