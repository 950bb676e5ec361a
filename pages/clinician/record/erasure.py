"""Erasure of a patient, as the clinician carries it out on the patient's page."""

import streamlit as st

from core.services.privacy import erasure
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, plain
from pages.shared.resources import store
from pages.shared.state import state, text_value
from pages.shared.words import _

_CODE = "code-to-erase"


def show_erasure_asked(patient_id: str) -> None:
    """That the patient asked for deletion, if they did: it belongs above everything else."""
    asked_on = erasure.asked(store(), state().token, patient_id)
    if asked_on is not None:
        words = _("This patient asked on {date} that everything be deleted. An answer is due within one month.")
        st.warning(words.format(date=day(asked_on)))


def show_erasure(patient_id: str) -> None:
    """What deletion means, and the way to do it: by typing the patient's code once more."""
    st.header(_("Deletion"))
    show_erasure_asked(patient_id)
    with st.expander(_("Delete everything about this patient")):
        st.markdown(
            _(
                "Account, answers, plans, notes, questionnaires, consent: nothing remains, and nobody can bring it "
                "back. What a law obliges you to keep, save first as a report. Exports that were handed out and "
                "backups are not reached from here."
            )
        )
        with st.form("erase", border=False):
            st.text_input(_("To confirm, type the patient’s code"), key=_CODE, max_chars=64)
            if st.form_submit_button(_("Delete for good")) and _erased(patient_id):
                state().flash = _("Everything about {code} is deleted.").format(code=plain(text_value(_CODE)))
                st.switch_page("pages/clinician/patients.py")
        show_flash()


def _erased(patient_id: str) -> bool:
    with flash_refusals():
        erasure.erase(store(), state().token, patient_id, text_value(_CODE))
        return True
    return False
