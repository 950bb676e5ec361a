"""Pages about alexithymia: the list of them, one as a whole, and one a few sentences at a time."""

import streamlit as st

from core.domain.exercise.programme import DayPart
from core.services.exercise import reading
from core.services.exercise.left_out import leave_out
from core.tasks.reading.pages import ReadingPage, page_names, reading_page
from pages.patient.parts.day_steps import go_on, next_steps, step_of
from pages.shared.browser import browser
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, language

SCREEN, PAGE = "screen", "page"
"""In the address: which page, and which of its few sentences, so that a reload stays there."""


def show_list() -> None:
    """The title of each, which leads to the whole of it."""
    with st.expander(_("What is alexithymia?")):
        for name in page_names():
            if st.button(reading_page(name, language()).title, key=f"read-{name}", width="stretch"):
                st.switch_page("pages/patient/reading_page.py", query_params={PAGE: name})


def show_asked() -> bool:
    """The page that the address names, else today's; whether there is one."""
    asked = st.query_params.get(PAGE)
    step = None if asked in page_names() else step_of(DayPart.READING)
    name = asked if asked in page_names() else step and step.page
    if name is None:
        return False
    page = reading_page(name, language())
    st.title(page.title)
    show_flash()
    if step is None:
        _show_whole(page)
    else:
        _show_screen(page)
    return True


def _show_whole(page: ReadingPage) -> None:
    for screen in page.screens:
        st.markdown(screen)
    _show_sources(page)
    if st.button(_("Back to Learn"), type="tertiary"):
        st.switch_page("pages/patient/learn.py")


def _show_screen(page: ReadingPage) -> None:
    """The one that the address says, with one button under it."""
    asked = st.query_params.get(SCREEN, "0")
    place = min(int(asked), len(page.screens) - 1) if asked.isdecimal() else 0
    last = place == len(page.screens) - 1
    st.markdown(page.screens[place])
    if not last:
        st.button(_("Next"), key=f"next-{place}", on_click=_turn_to, args=(place + 1,), type="primary", width="stretch")
    elif st.button(_("I have read it"), key="read", type="primary", width="stretch"):
        with flash_refusals():
            reading.keep_read(store(), state().token, browser(), page.name)
        go_on(next_steps())
    quiet(_("{position} of {of}").format(position=place + 1, of=len(page.screens)))
    if place > 0:
        st.button(_("Back"), on_click=_turn_to, args=(place - 1,), type="tertiary")
    if st.button(_("Not today"), key="not-today", type="tertiary"):
        leave_out(store(), state().token, DayPart.READING)
        st.switch_page("pages/patient/home.py")
    if last:
        _show_sources(page)


def _turn_to(place: int) -> None:
    st.query_params[SCREEN] = str(place)


def _show_sources(page: ReadingPage) -> None:
    quiet(_("Where this is from: {sources}").format(sources=" ".join(page.sources)))
