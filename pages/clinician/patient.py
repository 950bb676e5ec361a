"""One patient: what can be said of change, checks over time, both matrices, and the plan."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.people import Refusal
from core.domain.plan import EXPOSURES, LEVELS, Plan
from core.services import accounts, expression_progress, faces, plans, progress
from pages.shared.consent_of_patient import show_consent_of
from pages.shared.emotions import label
from pages.shared.expression_view import show_matrices
from pages.shared.progress_view import show_checks, show_days
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.verdict_words import of_a_patient, what_would_tell
from pages.shared.words import _

app = state()


def exposure_name(exposure_ms: int | None) -> str:
    if exposure_ms is None:
        return _("until it is answered")
    return _("{ms} ms, then a mask").format(ms=exposure_ms)


def plan_form(patient_id: str, plan: Plan) -> None:
    """The plan in force, to be changed; saving keeps the old one beside the new."""
    known = {found.name: found for found in reversed(faces.list_sets(store(), app.token))}
    names = list(known)
    with st.form("plan"):
        chosen = st.selectbox(
            _("Faces"),
            names,
            index=names.index(plan.set_name) if plan.set_name in names else 0,
            format_func=lambda name: known[name].title,
        )
        practice_length = st.number_input(
            _("Faces in a practice"), min_value=7, max_value=70, step=7, value=plan.practice_length
        )
        low, high = st.select_slider(
            _("Strength of the expression in practice, in percent (graded faces)"),
            LEVELS,
            value=plan.practice_intensities,
        )
        least, most = st.select_slider(
            _("Clarity in practice: how many of ten people chose the same (faces with votes)"),
            range(1, 11),
            value=plan.practice_votes,
        )
        emotions = st.multiselect(
            _("Emotions in practice (a check always has all seven)"), list(Emotion), plan.emotions, format_func=label
        )
        exposure = st.selectbox(
            _("How long a face is shown"),
            EXPOSURES,
            index=EXPOSURES.index(plan.exposure_ms),
            format_func=exposure_name,
        )
        step = 7 * len(plan.check_intensities)
        check_length = st.number_input(
            _("Faces in a check"), min_value=step, max_value=210, step=step, value=plan.check_length
        )
        check_every = st.number_input(
            _("Practices between two checks"), min_value=1, max_value=50, value=plan.check_every
        )
        checks_planned = st.number_input(
            _("Checks planned after the first two"), min_value=1, max_value=52, value=plan.checks_planned
        )
        quiet(
            _("Other faces, another length or another exposure of the checks start a new baseline. Practice does not.")
        )
        if not st.form_submit_button(_("Save the plan"), type="primary"):
            return
    if len(emotions) < 2:
        st.warning(_("Choose at least two emotions for practice."))
        return
    try:
        plans.set_plan(
            store(),
            app.token,
            patient_id,
            Plan(
                set_name=chosen,
                practice_length=int(practice_length),
                practice_intensities=(low, high),
                practice_votes=(least, most),
                emotions=tuple(sorted(emotions)),
                check_length=int(check_length),
                check_intensities=plan.check_intensities,
                exposure_ms=exposure,
                checks_planned=int(checks_planned),
                check_every=int(check_every),
            ),
        )
        st.success(_("The plan is saved. It holds from the next run of faces on."))
    except Refusal as refusal:
        st.warning(_(refusal.sentence).format(**refusal.values))


patients = {account.id: account.code for account in accounts.patients(store(), app.token)}
st.title(_("One patient"))
if not patients:
    st.markdown(_("Nobody is in your care yet."))
    st.page_link("pages/clinician/patients.py", label=_("Add a patient"))
else:
    ids = list(patients)
    asked = st.query_params.get("patient")
    patient_id = st.selectbox(
        _("Patient"),
        ids,
        index=ids.index(asked) if asked in patients else 0,
        format_func=lambda found: patients[found],
    )
    line = progress.progress(store(), app.token, patient_id)
    st.markdown(of_a_patient(line.verdict))
    more = what_would_tell(line.verdict)
    if more:
        quiet(more)
    show_checks(line)
    show_days(line, own=False)
    show_matrices(
        progress.confusions(store(), app.token, patient_id),
        expression_progress.matrix(store(), app.token, patient_id),
    )
    show_consent_of(patient_id)
    st.header(_("Plan"))
    plan_form(patient_id, plans.plan_of(store(), app.token, patient_id))
