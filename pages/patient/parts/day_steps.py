"""Parts of the day of a programme: what they are called, and going on with the next one from wherever one is."""

from collections.abc import Sequence

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.domain.programme.today import DayPlace, DayStep
from core.services.exercise import programme
from core.tasks.lesson.lessons import LESSONS
from core.tasks.reading.pages import reading_page
from core.translations import say
from pages.shared.browser import browser
from pages.shared.flash import flash_refusals
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, language, ngettext

OF_THE_DAY = "today"
"""In the address of a page that does something else at other times: it is a part of the day now."""


_PAGES = {
    DayPart.CHECK_IN: "pages/patient/check_in_page.py",
    DayPart.READING: "pages/patient/reading_page.py",
    DayPart.SHOW: "pages/patient/express.py",
    DayPart.SUMMARY: "pages/patient/own_summary.py",
    DayPart.QUESTIONNAIRE: "pages/patient/questionnaire_page.py",
}
"""Of parts that are no run of the player."""


def go_on(steps: Sequence[DayStep]) -> None:
    """Go to the next part of the day; home where there is none, or it cannot be begun."""
    step, app = next(iter(steps), None), state()
    app.over = None
    if step is not None and step.part in _PAGES:
        st.switch_page(_PAGES[step.part], query_params={OF_THE_DAY: "1"} if step.part is DayPart.SHOW else None)
    if step is not None:
        with flash_refusals():
            app.run = programme.begin(store(), app.token, browser(), step)
    st.switch_page("pages/patient/recognise.py" if app.run else "pages/patient/home.py")


def step_of(part: DayPart) -> DayStep | None:
    """This part of today, where it is still to be done."""
    day = programme.today(store(), state().token)
    return next((step for step in day.steps if step.part is part), None) if day is not None else None


def in_the_day(part: DayPart) -> bool:
    """Whether this page was led to as this part of today, and the part is still to be done."""
    return OF_THE_DAY in st.query_params and step_of(part) is not None


def next_steps() -> Sequence[DayStep]:
    """What comes next by itself today in the person's programme; nothing where they have none, and after a long day."""
    day = programme.today(store(), state().token)
    return day.steps if day is not None and day.place is DayPlace.ASKED else ()


def lead_on() -> bool:
    """The button that leads from the end of one part to the next, or after a long day to its end; whether there is
    one."""
    day = programme.today(store(), state().token)
    if day is None or not day.steps:
        return False
    if day.place is DayPlace.ENOUGH:
        st.markdown(long_day())
        if st.button(_("That is enough for today"), key="end-day", type="primary", width="stretch"):
            state().over = None
            st.switch_page("pages/patient/home.py")
        go_on_all_the_same(day.steps)
    elif st.button(
        _("Go on: {part}").format(part=name_of(day.steps[0])), key="lead-on", type="primary", width="stretch"
    ):
        go_on(day.steps)
    return True


def long_day() -> str:
    """What is said where an end is offered."""
    return _(
        "You have practised for a quarter of an hour today, and that is plenty. What is left stays for another day: "
        "nothing is lost."
    )


def go_on_all_the_same(steps: Sequence[DayStep]) -> None:
    """The quiet way on after a long day."""
    said = _("Go on all the same: {part}").format(part=name_of(steps[0]))
    if st.button(said, key="lead-on", type="tertiary"):
        go_on(steps)


def name_of(step: DayStep) -> str:
    """What a part is called within a sentence."""
    match step.part:
        case DayPart.CHECK if step.feedback:
            return _("{faces} faces to see how it works").format(faces=step.faces)
        case DayPart.CHECK:
            return _("a check with {faces} faces").format(faces=step.faces)
        case DayPart.CHECK_IN:
            return _("a check-in")
        case DayPart.LESSON:
            title = say(language(), LESSONS[step.lesson or ""].title)
            return (_("once more “{title}”") if step.again else _("the lesson “{title}”")).format(title=title)
        case DayPart.SHOW:
            return _("two emotions before the camera")
        case DayPart.SUMMARY:
            return _("your words of these weeks")
        case DayPart.QUESTIONNAIRE:
            return _("a questionnaire that your clinician asks for")
        case DayPart.READING:
            title = reading_page(step.page or "", language()).title
            return _("a page to read: “{title}”").format(title=title)
        case DayPart.MOVING:
            return ngettext("{faces} face that moves", "{faces} faces that move", step.faces).format(faces=step.faces)
        case DayPart.CONTEXT:
            return ngettext("{faces} face in a situation", "{faces} faces in situations", step.faces).format(
                faces=step.faces
            )
        case DayPart.PRACTICE:
            return ngettext("a practice with {faces} face", "a practice with {faces} faces", step.faces).format(
                faces=step.faces
            )
