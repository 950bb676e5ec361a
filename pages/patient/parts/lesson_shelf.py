"""The shelf of lessons: the next one as the one thing to do, and all of them in their order."""

import streamlit as st

from core.services.exercise import shelf
from core.services.exercise.shelf import ShelvedLesson
from core.translations import say
from pages.shared.browser import browser
from pages.shared.flash import flash_refusals
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, language


def show_shelf() -> None:
    """Beginning one leads to the player."""
    lessons = shelf.shelf(store(), state().token)
    following = shelf.suggested(lessons)
    if following is not None:
        with st.container(border=True):
            st.markdown(f"**{title_of_lesson(following)}**")
            quiet(_("About three minutes."))
            name = _("Go on") if following.begun else _("Begin")
            if st.button(name, key="begin-lesson", type="primary", width="stretch"):
                _begin(following)
    with st.expander(_("All lessons")):
        for one in lessons:
            said = " · ".join(part for part in (title_of_lesson(one), status(one)) if part)
            if st.button(said, key=f"lesson-{one.name}", width="stretch"):
                _begin(one)


def title_of_lesson(one: ShelvedLesson) -> str:
    return say(language(), one.lesson.title)


def status(one: ShelvedLesson) -> str:
    """Where one stands with a lesson, in a few words; nothing where it is new."""
    if one.begun:
        return _("begun")
    if one.due:
        return _("comes again today")
    if one.hard:
        return _("you mix these up at present")
    if one.state.kept:
        return _("kept")
    return "" if one.state.seen is None else _("seen")


def _begin(one: ShelvedLesson) -> None:
    app = state()
    with flash_refusals():
        app.run = shelf.begin(store(), app.token, browser(), one.name)
    st.switch_page("pages/patient/recognise.py" if app.run else "pages/patient/learn.py")
