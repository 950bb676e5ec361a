"""Gate of the expression exercise: whether it is offered here, a notice in plain words, the person's consent."""

import streamlit as st

from core.domain.camera.expression import ClosedReason
from core.domain.exercise.programme import DayPart
from core.domain.patient.consent import ConsentState, Purpose
from core.services.exercise import expression
from core.services.exercise.left_out import leave_out
from core.services.privacy import consents
from pages.patient.camera.state import express_state
from pages.patient.parts.consent_closed import show_closed
from pages.patient.parts.day_steps import go_on, in_the_day, next_steps
from pages.shared.consent.question import ask, ask_guardian
from pages.shared.frame.again import run_again, step_button
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def pass_gate() -> bool:
    """True once the camera may be asked for; until then show what stands before it."""
    closed = expression.closed()
    if closed is not None:
        _say_closed(closed)
        return False
    mine = consents.mine(store(), state().token)
    record, camera = (mine.of(purpose).state for purpose in (Purpose.TREATMENT, Purpose.CAMERA))
    if mine.to_ask:
        st.switch_page("pages/account/consent.py")
    if record is not ConsentState.AGREED:
        st.title(_("Show an emotion"))
        show_closed(record)
        return False
    if camera is ConsentState.AGREED:
        return True
    _before_consent(camera)
    return False


def _say_closed(closed: ClosedReason) -> None:
    st.title(_("Show an emotion"))
    if closed is ClosedReason.OFF:
        st.info(_("The exercise with the camera is switched off here. Everything else works as before."))
    else:
        st.info(_("At work and in education no feelings are read from a camera. The exercise is closed here."))
    go_elsewhere()


def go_elsewhere() -> None:
    """The way out, which is always there; of a part of the day on to the next one."""
    if in_the_day(DayPart.SHOW):
        if st.button(_("Go on without it today"), key="without-camera", type="tertiary"):
            leave_out(store(), state().token, DayPart.SHOW)
            express_state().drop_view()
            go_on(next_steps())
        return
    st.page_link("pages/patient/home.py", label=_("Not today. Back to today"))


def _before_consent(camera: ConsentState) -> None:
    if camera is ConsentState.GUARDIAN_NOT_ASKED:
        st.markdown(_("Now a parent or legal guardian is asked too. Please hand them the device."))
        go_elsewhere()
        if ask_guardian(Purpose.CAMERA):
            run_again()
    elif camera is ConsentState.NOT_ASKED and express_state().noticed:
        if ask(Purpose.CAMERA):
            run_again()
    elif camera is ConsentState.NOT_ASKED:
        _notice()
    else:
        st.title(_("Show an emotion"))
        st.info(_("There is no consent to the camera, so it stays off. That is all right: the rest works as before."))
        if camera is ConsentState.DECLINED:
            question = {"purpose": Purpose.CAMERA.value}
            st.page_link("pages/account/consent.py", label=_("Read it again"), query_params=question)
        go_elsewhere()


def _notice() -> None:
    """At first exposure, before anything is asked."""
    st.title(_("Show an emotion"))
    st.markdown(_("Here you practise showing emotions. You need a camera for it. Before you decide:"))
    st.markdown(
        "\n".join(
            f"- {point}"
            for point in (
                _("A computer looks at your face and **guesses which emotion it shows**."),
                _("It can be **wrong**, and it does not know what you feel."),
                _("Pictures are looked at in memory and **never stored**. What is kept is the computer's guess."),
                _("The camera is **off** now. You switch it on, and it goes off when you leave the page."),
                _("All the rest works **without a camera**."),
            )
        )
    )
    step_button(_("Read the question about consent"), _noticed, type="primary", width="stretch")
    go_elsewhere()


def _noticed() -> None:
    express_state().noticed = True
