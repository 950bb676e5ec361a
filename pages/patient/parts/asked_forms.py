"""What the clinician asked to fill in: the one thing to do on home, and once it is left for later a quiet link."""

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.domain.programme.today import ProgrammeToday
from core.services.clinic import filling_in
from core.services.clinic.filling_in import AskedForm
from core.services.clinic.questionnaires import known
from core.services.exercise import left_out, runs
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, localized, ngettext

SECONDS_AN_ITEM = 12
_PAGE = "pages/patient/questionnaire_page.py"


def show_asked_form(day: ProgrammeToday | None) -> bool:
    """The first questionnaire that is to be filled in, on a card that is the only one of home; whether it is there.

    It is not where it is a part of the `day`, where a run was begun, and once it was left for later.
    """
    form = _asked()
    in_the_day = day is not None and any(step.part is DayPart.QUESTIONNAIRE for step in day.steps)
    if form is None or in_the_day or _later():
        return False
    if runs.unfinished(store(), state().token) is not None:
        return False
    _show(form)
    return True


def link_asked_form() -> None:
    """The quiet way to what was left for later."""
    if _asked() is not None and _later():
        st.page_link(_PAGE, label=_("Fill in the questionnaire"))


def _asked() -> AskedForm | None:
    return next(iter(filling_in.mine(store(), state().token)), None)


def _later() -> bool:
    return left_out.is_left_out(store(), state().token, DayPart.QUESTIONNAIRE)


def _leave_out() -> None:
    left_out.leave_out(store(), state().token, DayPart.QUESTIONNAIRE)


def _show(form: AskedForm) -> None:
    minutes = max(1, round((form.of - form.told) * SECONDS_AN_ITEM / 60))
    with st.container(border=True):
        st.markdown(
            _("Your clinician asks you to fill in a questionnaire: {title}.").format(
                title=localized(known()[form.questionnaire].title)
            )
        )
        name = (
            ngettext("Go on: about {minutes} minute", "Go on: about {minutes} minutes", minutes)
            if form.told
            else ngettext("Begin: about {minutes} minute", "Begin: about {minutes} minutes", minutes)
        )
        if st.button(name.format(minutes=minutes), key="fill-in", type="primary", width="stretch"):
            st.switch_page(_PAGE)
        st.button(_("Not now"), on_click=_leave_out, type="tertiary")
