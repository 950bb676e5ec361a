"""Consent of a patient, as the clinician sees and records it."""

import streamlit as st

from core.domain.patient.consent import Purpose, Relation
from core.services.privacy import consents
from core.services.privacy.consents import Consents
from pages.shared.consent.words import consent_state_in_words, purpose_name, relation_name, word_in_words
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import empty_form, field_value, form_key, state
from pages.shared.words import _


def show_consent_of(patient_id: str) -> None:
    """Where the patient stands on each purpose, whether they are a minor, and a guardian's word on paper."""
    given = consents.of_patient(store(), state().token, patient_id)
    st.header(_("Consent"))
    show_flash()
    for purpose_state in given.states:
        st.markdown(f"**{purpose_name(purpose_state.purpose)}.** {consent_state_in_words(purpose_state)}")
        for word in purpose_state.words:
            quiet(word_in_words(word, given.zone))
    _minor(patient_id, given.minor)
    if given.minor:
        _paper(patient_id, given)


def _minor(patient_id: str, minor: bool) -> None:
    if minor:
        st.markdown(_("This person is a minor: a parent or guardian must agree too."))
    label = _("This person is of age now") if minor else _("This person is a minor")
    if st.button(label):
        with flash_refusals():
            consents.set_minor(store(), state().token, patient_id, not minor)
        st.switch_page("pages/clinician/patient.py", query_params={"patient": patient_id})


def _yes_or_no(said: bool) -> str:
    return _("Yes") if said else _("No")


def _paper(patient_id: str, given: Consents) -> None:
    """A guardian's word that was given on paper. Their name stays on the paper."""
    key = form_key("paper")
    with st.form(key), st.container():
        st.markdown(_("A parent or guardian answered on paper. The name stays there; only this is kept:"))
        purposes = [one.purpose for one in given.states]
        st.selectbox(_("For what"), purposes, format_func=purpose_name, key=f"{key}-purpose")
        who = _("Signed by")
        st.radio(who, list(Relation), None, format_func=relation_name, horizontal=True, key=f"{key}-relation")
        st.date_input(_("Date on the paper"), value=None, key=f"{key}-on")
        st.radio(_("Answer"), [True, False], None, format_func=_yes_or_no, horizontal=True, key=f"{key}-yes")
        st.form_submit_button(_("Keep this"), on_click=_keep, args=(patient_id, key))


def _keep(patient_id: str, key: str) -> None:
    purpose, yes, relation, on = (field_value(f"{key}-{name}") for name in ("purpose", "yes", "relation", "on"))
    if relation is None or on is None or yes is None:
        state().flash = _("Please fill in who signed, the date and the answer.")
        return
    with flash_refusals():
        consents.record_on_paper(store(), state().token, patient_id, Purpose(purpose), yes, relation, on)
        empty_form("paper")
