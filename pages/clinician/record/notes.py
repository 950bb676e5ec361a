"""A clinician's notes about a patient: written, read, corrected."""

import streamlit as st

from core.services.clinic import notes
from core.services.clinic.notes import LONGEST_NOTE, Note
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import moment, plain
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import empty_form, form_key, state, text_value
from pages.shared.words import _


def show_notes(patient_id: str) -> None:
    """A field for a new note, then those there are, newest first."""
    quiet(_("Notes are read by the clinicians who care for this person, and by the person in a copy of their data."))
    key = form_key("note")
    with st.form(key):
        st.text_area(_("New note"), max_chars=LONGEST_NOTE, key=f"{key}-text")
        st.form_submit_button(_("Keep the note"), type="primary", on_click=_add, args=(patient_id, f"{key}-text"))
    show_flash()
    listed = notes.notes(store(), state().token, patient_id)
    if not listed:
        st.markdown(_("There is no note yet."))
    for note in listed:
        with st.container(border=True):
            _show(patient_id, note)


def _show(patient_id: str, note: Note) -> None:
    quiet(plain(_who_and_when(note)))
    st.markdown(plain(note.text).replace("\n", "  \n"))
    if note.mine:
        with st.popover(_("Change")):
            key = f"note-{note.id}"
            st.text_area(_("Note"), note.text, key=key, max_chars=LONGEST_NOTE)
            st.button(_("Save"), key=f"save-{key}", on_click=_save, args=(patient_id, note.id, key), type="primary")
            st.button(_("Remove the note"), key=f"remove-{key}", on_click=_remove, args=(patient_id, note.id))


def _who_and_when(note: Note) -> str:
    author, when = note.author or _("somebody who is not here any more"), moment(note.at)
    if note.changed_at is None:
        return _("{author}, {when}").format(author=author, when=when)
    return _("{author}, {when}; changed {changed}").format(author=author, when=when, changed=moment(note.changed_at))


def _add(patient_id: str, key: str) -> None:
    with flash_refusals():
        notes.add_note(store(), state().token, patient_id, text_value(key))
        empty_form("note")


def _save(patient_id: str, note_id: int, key: str) -> None:
    with flash_refusals():
        notes.change_note(store(), state().token, patient_id, note_id, text_value(key))


def _remove(patient_id: str, note_id: int) -> None:
    with flash_refusals():
        notes.remove_note(store(), state().token, patient_id, note_id)
