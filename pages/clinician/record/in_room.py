"""Start here: what is due is begun on this device, which is handed over to the patient."""

import streamlit as st

from core.services.clinic import in_room
from pages.shared.browser import browser
from pages.shared.flash import flash_refusals
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def show_start_here(patient_id: str) -> None:
    with st.container(key="start-here"):
        st.button(_("Start here"), on_click=_start, args=(patient_id,), icon=":material/devices:")
        quiet(_("For a patient in the room: the next run begins on this device, closed until you give your password."))


def _start(patient_id: str) -> None:
    with flash_refusals():
        in_room.start_here(store(), state().token, browser(), patient_id)
