"""The plan of a patient: what it asks, what is suggested next, and the form that changes it."""

from dataclasses import replace

import streamlit as st

from core.domain.exercise.plan import ChangeRule, Plan, starts_anew
from core.domain.exercise.programme import six_weeks
from core.domain.statistics.course import FOLLOW_UP_WINDOW, Course
from core.domain.statistics.course_parts import CoursePart
from core.services.clinic.record import Review
from core.services.exercise import plans
from core.services.exercise.course import begin_next_phase, close_part
from core.services.faces import stimulus_sets
from pages.clinician.record.training import show_training
from pages.shared.flash import flash_refusals
from pages.shared.format import day, plain
from pages.shared.measures.course_words import follow_up_finds, part_name, plan_finds
from pages.shared.measures.patient_words import (
    if_practice_alone,
    limit_in_words,
    plan_in_words,
    power_in_words,
    suggestion_in_words,
)
from pages.shared.measures.plan_fields import ask_plan
from pages.shared.measures.verdict_words import anew
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.set_names import title_in_text
from pages.shared.state import state
from pages.shared.words import _

PAGE = "pages/clinician/patient.py"
NEW = "standard"
"""The design that the form begins with, for somebody who has neither a plan nor a check."""


def show_plan(review: Review) -> None:
    """The plan in force with its limit, the suggestion, and the form."""
    st.markdown(plan_in_words(review.plan, title_in_text(review.set_title)))
    quiet(_since(review))
    if review.anew:
        st.markdown(anew())
    for sentence in _what_it_shows(review):
        quiet(sentence)
    if review.progress.course is not None:
        show_course_steps(review.id, review.progress.course)
    show_training(review)
    st.subheader(_("Suggested next"))
    st.markdown(suggestion_in_words(review.suggestion, review.plan))
    if review.study is not None:
        st.markdown(_in_study(review.study))
    elif review.suggestion.changes(review.plan):
        st.button(_("Accept the suggestion"), on_click=_set, args=(review.id, review.suggestion.plan), type="primary")
        quiet(_("The checks stay as they are, so the baseline stays. Or choose otherwise below."))
    st.subheader(_("Change the plan"))
    _form(review)


def _since(review: Review) -> str:
    if review.plan_since is not None:
        return _("In force since {date}.").format(date=day(review.plan_since))
    if review.plan.rule is ChangeRule.LATEST:
        return _("This is the plan that was recommended when this person began; nobody has changed it.")
    return _("This is the recommended plan; nobody has changed it.")


def _what_it_shows(review: Review) -> list[str]:
    if review.plan.rule is ChangeRule.BLOCKS:
        later = follow_up_finds(review.plan)
        return [plan_finds(review.plan), *([later] if later else [])]
    ahead, verdict = review.outlook, review.progress.verdict
    said = (limit_in_words(ahead, review.plan), power_in_words(ahead), if_practice_alone(verdict))
    return [sentence for sentence in said if sentence]


def show_course_steps(patient_id: str, course: Course) -> None:
    """What a clinician may decide of a course: to close a part early, to begin the next phase."""
    if course.open is not None:
        st.button(_("Close this part now"), on_click=_close, args=(patient_id,), key="close-part")
        said = _(
            "{part}: {made} of {planned} checks. It closes by itself when they are made, or when its window is "
            "over and four in five are. Closed early, it rests on what there is, and never begins again."
        )
        if course.open is CoursePart.FOLLOW_UP:
            said = _(
                "{part}: {made} of {planned} checks. It closes by itself when they are made, or {days} days after the "
                "first with what there is. Closed early, it rests on that too, and practice comes back."
            )
        days = FOLLOW_UP_WINDOW * course.planned
        quiet(said.format(part=part_name(course.open), made=course.made, planned=course.planned, days=days))
    elif course.over:
        st.button(_("Begin the next phase"), on_click=_next_phase, args=(patient_id,), key="next-phase")
        quiet(_("The checks of the end are its baseline, and it has 5 in 100 of its own. What was found stays."))
        if course.follow_up_on is not None:
            quiet(_("The follow-up of this phase is not asked then."))


def _close(patient_id: str) -> None:
    with flash_refusals():
        close_part(store(), state().token, patient_id)


def _next_phase(patient_id: str) -> None:
    with flash_refusals():
        begin_next_phase(store(), state().token, patient_id)


def show_plan_card(review: Review) -> None:
    """The plan and the suggestion in a few lines, always at hand."""
    with st.container(border=True):
        st.markdown(f"**{_('Plan')}.** {plan_in_words(review.plan, title_in_text(review.set_title))}")
        if review.suggestion.changes(review.plan):
            st.markdown(f"**{_('Suggested next')}.** {suggestion_in_words(review.suggestion, review.plan)}")
            if review.study is None:
                st.button(_("Accept"), on_click=_set, args=(review.id, review.suggestion.plan), key="accept-card")
            else:
                quiet(_in_study(review.study))


def _in_study(study: str) -> str:
    return _(
        "In the study “{study}” the plan is the arm’s. Another plan takes this person out of what the study compares."
    ).format(study=plain(study))


def _set(patient_id: str, plan: Plan) -> None:
    with flash_refusals():
        plans.set_plan(store(), state().token, patient_id, plan)


def _form(review: Review) -> None:
    with st.form("plan"):
        sets = stimulus_sets.list_sets(store(), state().token)
        fresh = review.plan_since is None and not review.checks
        begun = replace(review.plan.in_blocks(NEW), programme=six_weeks()) if fresh else review.plan
        wished = ask_plan(begun, sets, key=f"{review.id}-{review.plan_since}")
        quiet(
            _(
                "Other faces, another design, another length or another exposure of the checks start a new baseline. "
                "Practice does not. Short checks on many days find change that single ones miss."
            )
        )
        agreed = st.checkbox(_("A new baseline may begin, if the checks change"))
        if not st.form_submit_button(_("Save the plan"), type="primary"):
            return
    if wished is None:
        st.warning(_("Choose at least two emotions for practice."))
    elif review.checks and starts_anew(review.plan, wished) and not agreed:
        st.warning(
            _(
                "This changes the checks: earlier ones could not be compared any more, and the next would be a new "
                "baseline. Nothing was saved. Tick the box if that is meant, and save again."
            )
        )
    else:
        _set(review.id, wished)
        saved = {} if state().flash else {"saved": "plan"}
        st.switch_page(PAGE, query_params={"patient": review.id, **saved})
