"""Question after a run: was it hard? A yes shows where to find help."""

import streamlit as st

from core.services.exercise import runs
from pages.shared.flash import flash_refusals
from pages.shared.quiet import quiet
from pages.shared.recognise.help import where_to_find_help
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def ask_whether_hard(block_id: str, hard: bool | None) -> None:
    """Ask it of a run of any task; `hard` is what the person said before."""
    st.markdown(_("Was this hard for you? You need not answer. Your clinician sees a yes."))
    yes, no = st.columns(2)
    yes.button(_("Yes, it was hard"), on_click=_say_hard, args=(block_id, True), width="stretch")
    no.button(_("No"), on_click=_say_hard, args=(block_id, False), width="stretch")
    if hard is not None:
        quiet(_("Thank you. You said it was hard.") if hard else _("Thank you. You said it was not hard."))
    if hard:
        with st.expander(_("Where to find help"), expanded=True):
            st.markdown(where_to_find_help())


def _say_hard(block_id: str, hard: bool) -> None:
    with flash_refusals():
        runs.say_hard(store(), state().token, block_id, hard)
