"""The plan of a patient: what it asks, what is suggested next, and the form that changes it."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.plan import EXPOSURES, LEVELS, Plan, starts_anew
from core.services import faces, plans
from core.services.review import Review
from pages.shared.emotions import label
from pages.shared.patient_words import (
    if_practice_alone,
    limit_in_words,
    plan_in_words,
    power_in_words,
    suggestion_in_words,
)
from pages.shared.people import day
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.trouble import show_trouble, trying
from pages.shared.words import _

PAGE = "pages/clinician/patient.py"


def show_plan(found: Review) -> None:
    """The plan in force with its limit, the suggestion, and the form."""
    show_trouble()
    st.markdown(plan_in_words(found.plan, found.set_title))
    if found.plan_since is None:
        quiet(_("This is the recommended plan; nobody has changed it."))
    else:
        quiet(_("In force since {date}.").format(date=day(found.plan_since)))
    verdict = found.progress.verdict
    about = (limit_in_words(verdict, found.plan), power_in_words(verdict, found.plan), if_practice_alone(verdict))
    for sentence in about:
        if sentence:
            quiet(sentence)
    st.subheader(_("Suggested next"))
    st.markdown(suggestion_in_words(found.suggestion, found.plan))
    if found.suggestion.changes(found.plan):
        st.button(_("Accept the suggestion"), on_click=_set, args=(found.id, found.suggestion.plan), type="primary")
        quiet(_("The checks stay as they are, so the baseline stays. Or choose otherwise below."))
    st.subheader(_("Change the plan"))
    _form(found)


def show_plan_card(found: Review) -> None:
    """The plan and the suggestion in a few lines, always at hand."""
    with st.container(border=True):
        st.markdown(f"**{_('Plan')}.** {plan_in_words(found.plan, found.set_title)}")
        if found.suggestion.changes(found.plan):
            st.markdown(f"**{_('Suggested next')}.** {suggestion_in_words(found.suggestion, found.plan)}")
            st.button(_("Accept"), on_click=_set, args=(found.id, found.suggestion.plan), key="accept-card")


def _set(patient_id: str, plan: Plan) -> None:
    with trying():
        plans.set_plan(store(), state().token, patient_id, plan)


def _exposure_name(exposure_ms: int | None) -> str:
    if exposure_ms is None:
        return _("until it is answered")
    return _("{ms} ms, then a mask").format(ms=exposure_ms)


def _form(found: Review) -> None:
    plan = found.plan
    known = {one.name: one for one in reversed(faces.list_sets(store(), state().token))}
    names = list(known)
    with st.form("plan"):
        practice, check = st.columns(2, gap="large")
        with practice:
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
                _("Emotions in practice (a check always has all seven)"),
                list(Emotion),
                plan.emotions,
                format_func=label,
            )
        with check:
            exposure = st.selectbox(
                _("How long a face is shown"),
                EXPOSURES,
                index=EXPOSURES.index(plan.exposure_ms),
                format_func=_exposure_name,
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
                _(
                    "Other faces, another length or another exposure of the checks start a new baseline. Practice "
                    "does not."
                )
            )
            agreed = st.checkbox(_("A new baseline may begin, if the checks change"))
        if not st.form_submit_button(_("Save the plan"), type="primary"):
            return
    if len(emotions) < 2:
        st.warning(_("Choose at least two emotions for practice."))
        return
    wished = Plan(
        set_name=chosen,
        practice_length=int(practice_length),
        practice_intensities=(low, high),
        practice_votes=(least, most),
        emotions=tuple(sorted(emotions)),
        check_length=int(check_length),
        check_intensities=plan.check_intensities,
        check_votes=plan.check_votes,
        exposure_ms=exposure,
        checks_planned=int(checks_planned),
        check_every=int(check_every),
    )
    if found.checks and starts_anew(plan, wished) and not agreed:
        st.warning(
            _(
                "This changes the checks: earlier ones could not be compared any more, and the next two would be a new "
                "baseline. Nothing was saved. Tick the box if that is meant, and save again."
            )
        )
        return
    _set(found.id, wished)
    if state().trouble:
        show_trouble()
    else:
        st.switch_page(PAGE, query_params={"patient": found.id, "saved": "plan"})
