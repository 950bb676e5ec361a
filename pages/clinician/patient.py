"""One patient: what can be said in a minute, and below it all that this rests on."""

import streamlit as st

from core.services.clinic.notes import events
from core.services.clinic.record import in_care, review
from pages.clinician.record.calendar import show_calendar
from pages.clinician.record.consent import show_consent_of
from pages.clinician.record.details import show_details
from pages.clinician.record.enrolment import show_enrolment
from pages.clinician.record.erasure import show_erasure, show_erasure_asked
from pages.clinician.record.events import show_events
from pages.clinician.record.feelings import show_feelings
from pages.clinician.record.head import show_attention, show_course, show_figures, show_headline, show_matrix
from pages.clinician.record.in_room import show_start_here
from pages.clinician.record.matrices import show_all_matrices
from pages.clinician.record.notes import show_notes
from pages.clinician.record.plan import show_plan, show_plan_card
from pages.clinician.record.questionnaires.view import show_questionnaires
from pages.clinician.record.refused import show_refused
from pages.clinician.record.report import show_report
from pages.shared.flash import show_flash
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()
asked = st.query_params.get("patient")
patients = in_care(store(), app.token, asked)
heading, chooser, report = st.columns((2, 3, 3), vertical_alignment="bottom")
heading.title(_("One patient"))
if not patients:
    st.markdown(_("Nobody is in your care yet."))
    st.page_link("pages/clinician/patients.py", label=_("Add a patient"))
    st.stop()

ids = list(patients)
patient_id = chooser.selectbox(
    _("Patient"),
    ids,
    index=ids.index(asked) if asked in patients else 0,
    format_func=patients.__getitem__,
)
record = review(store(), app.token, patient_id)
with report:
    show_report(patient_id, patients[patient_id])
show_flash()
if not record.active:
    st.info(_("Archived: this patient cannot sign in or practise until you bring them back, under My patients."))
show_erasure_asked(patient_id)
show_refused(patient_id)
if st.query_params.get("saved") == "plan":
    st.success(_("The plan is saved. It holds from the next run of faces on."))

said, plan = st.columns((2, 1), gap="medium")
with said:
    show_headline(record)
    st.subheader(_("Checks over time"))
    show_course(record, events(store(), app.token, patient_id))
with plan:
    show_attention(record)
    show_plan_card(record)
    if record.active:
        show_start_here(patient_id)
figures, mixed = st.columns((1, 1), gap="large")
with figures:
    st.subheader(_("In figures"))
    show_figures(record)
with mixed:
    st.subheader(_("What is taken for what"))
    show_matrix(record)

names = [
    _("Calendar and history"),
    _("Details"),
    _("Matrices"),
    _("Questionnaires"),
    _("Feelings"),
    _("Plan"),
    _("Studies"),
    _("Consent"),
]
tabs = st.tabs(names, key=f"tabs-{patient_id}", on_change="rerun")
history, details, matrices, totals, feelings, planning, research, consent = tabs
if history.open:
    with history:
        days, notes = st.columns(2, gap="large")
        with days:
            show_calendar(record)
            st.subheader(_("Events"))
            show_events(patient_id)
        with notes:
            st.subheader(_("Notes"))
            show_notes(patient_id)
if details.open:
    with details:
        show_details(record)
if matrices.open:
    with matrices:
        show_all_matrices(record)
if totals.open:
    with totals:
        show_questionnaires(patient_id)
if feelings.open:
    with feelings:
        show_feelings(patient_id)
if planning.open:
    with planning:
        show_plan(record)
if research.open:
    with research:
        show_enrolment(patient_id)
if consent.open:
    with consent:
        show_consent_of(patient_id)
        show_erasure(patient_id)
