"""Life events of a patient beside the training: medication, start and end of therapy, others."""

from datetime import date
from functools import partial

import streamlit as st

from core.domain.patient.events import EventKind
from core.services.clinic import notes
from core.services.clinic.notes import LONGEST_EVENT
from pages.clinician.record.removal import show_removable
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, plain
from pages.shared.resources import store
from pages.shared.state import empty_form, field_value, form_key, state, text_value
from pages.shared.words import _


def kind_of_event(kind: EventKind) -> str:
    """What a kind of event is called."""
    match kind:
        case EventKind.MEDICATION:
            return _("Medication")
        case EventKind.THERAPY_BEGAN:
            return _("Therapy began")
        case EventKind.THERAPY_ENDED:
            return _("Therapy ended")
        case EventKind.OTHER:
            return _("Other event")


def show_events(patient_id: str) -> None:
    """The events there are, oldest first, each to be removed, and a form for another."""
    listed = st.container()
    _ask(patient_id)
    with listed:
        show_flash()
        events = notes.events(store(), state().token, patient_id)
        if not events:
            st.markdown(_("No event is on the time line yet."))
        for event in events:
            show_removable(
                f"**{day(event.on)}** · {kind_of_event(event.kind)}: {plain(event.text)}",
                _("It is gone for good then; the audit log keeps that you removed an event of this day."),
                _("Remove the event"),
                f"event-{event.id}",
                partial(_remove, patient_id, event.id),
            )


def _ask(patient_id: str) -> None:
    key = form_key("event")
    with st.form(key):
        st.markdown(_("Add an event to the time line"))
        st.date_input(_("Day"), value=None, min_value=date(1950, 1, 1), format="DD/MM/YYYY", key=f"{key}-on")
        st.selectbox(_("Kind"), list(EventKind), format_func=kind_of_event, key=f"{key}-kind")
        st.text_input(_("What happened, in a few words"), max_chars=LONGEST_EVENT, key=f"{key}-text")
        st.form_submit_button(_("Add the event"), type="primary", on_click=_add, args=(patient_id, key))


def _add(patient_id: str, key: str) -> None:
    on, kind = field_value(f"{key}-on"), field_value(f"{key}-kind")
    if on is None or kind is None:
        state().flash = _("Please give the day.")
        return
    with flash_refusals():
        notes.add_event(store(), state().token, patient_id, on, kind, text_value(f"{key}-text"))
        empty_form("event")


def _remove(patient_id: str, event_id: int) -> None:
    with flash_refusals():
        notes.remove_event(store(), state().token, patient_id, event_id)
