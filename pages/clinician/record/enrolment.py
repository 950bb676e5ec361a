"""Enrolment of one patient in studies, by the clinician: what they take part in, enrolling, withdrawal."""

import streamlit as st

from core.services.research import studies
from core.services.research.studies import OpenStudy
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, plain
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def show_enrolment(patient_id: str) -> None:
    """Where the patient stands, and the one thing that can be done about it."""
    show_flash()
    own = studies.enrolments(store(), state().token, patient_id)
    for enrolment in own:
        sentence = _("{study}: arm “{arm}”, since {date}.").format(
            study=plain(enrolment.study), arm=plain(enrolment.arm), date=day(enrolment.enrolled_at)
        )
        if enrolment.withdrawn_at is not None:
            sentence += " " + _("Withdrawn on {date}.").format(date=day(enrolment.withdrawn_at))
        st.markdown(sentence)
    if any(enrolment.withdrawn_at is None for enrolment in own):
        quiet(_("The plan in force is the arm’s. It can be changed, and that shows in every row of the data."))
        with st.popover(_("Withdraw from the study")):
            st.markdown(_("The training goes on with the same plan. What was done until now stays in the study."))
            st.markdown(_("Nobody is taken into the same study twice."))
            st.button(_("Withdraw"), on_click=_withdraw, args=(patient_id,))
        return
    if not own:
        st.markdown(_("This person takes part in no study. Training needs none."))
    taken = {enrolment.study for enrolment in own}
    offered = [enrolment for enrolment in studies.open_studies(store(), state().token) if enrolment.name not in taken]
    if offered:
        _offer(patient_id, offered)
    else:
        quiet(_("No study takes people in at the moment."))


def _offer(patient_id: str, offered: list[OpenStudy]) -> None:
    study = st.selectbox(_("Study"), offered, format_func=lambda one: one.name, key=f"study-{patient_id}")
    with st.expander(_("What the study does")):
        st.text(study.protocol)
        quiet(_("Arms: {arms}").format(arms=", ".join(plain(arm) for arm in study.arms)))
    st.button(_("Take into the study"), on_click=_enrol, args=(patient_id, study.id), type="primary")
    quiet(
        _(
            "It needs the person’s consent to research. Only then an arm is drawn by lot, and its plan holds from the "
            "next run of faces on. Nobody can know the arm before. The checks may change; then a new baseline begins."
        )
    )


def _enrol(patient_id: str, study_id: str) -> None:
    with flash_refusals():
        studies.enrol(store(), state().token, patient_id, study_id)


def _withdraw(patient_id: str) -> None:
    with flash_refusals():
        studies.withdraw(store(), state().token, patient_id)
