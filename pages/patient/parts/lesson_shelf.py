"""The shelf of Learn: the next lesson as the one thing to do; the seven emotions and all lessons as faces."""

from collections.abc import Collection, Mapping

import streamlit as st

from core.domain.emotions import Emotion
from core.services.exercise import lessons, shelf
from core.services.exercise.shelf import ShelvedLesson
from core.translations import say
from pages.shared.browser import browser
from pages.shared.emotions import label
from pages.shared.flash import flash_refusals
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, language

_WIDTH = 150
"""Pixels of a tile: two stand side by side on the narrowest phone."""
_GAP = 18
"""Pixels of a "small" gap, one rem."""


def show_shelf() -> None:
    """Beginning a lesson leads to the player, an emotion to its page."""
    shelved = shelf.shelf(store(), state().token)
    faces = lessons.clear_faces(store(), state().token)
    following = shelf.suggested(shelved)
    if following is not None:
        with st.container(border=True):
            st.markdown(f"**{title_of_lesson(following)}**")
            quiet(_("About three minutes."))
            name = _("Go on") if following.begun else _("Begin")
            if st.button(name, key="begin-lesson", type="primary", width="stretch"):
                _begin(following)
    st.header(_("One emotion"))
    with st.container(horizontal=True):
        for emotion in Emotion:
            name = label(emotion).capitalize()
            if _tile(name, f"learn-{emotion.word}", [emotion], faces):
                st.switch_page("pages/patient/learn.py", query_params={"emotion": emotion.word})
    st.header(_("Tell two apart"))
    with st.container(horizontal=True):
        for one in shelved:
            if one.lesson.pair and _tile(
                title_of_lesson(one), f"lesson-{one.name}", one.lesson.pair, faces, status(one)
            ):
                _begin(one)
    for one in shelved:
        if one.lesson.pair is None:
            said = " · ".join(filter(None, (title_of_lesson(one), status(one))))
            if st.button(said, key=f"lesson-{one.name}", width="stretch"):
                _begin(one)


def _tile(name: str, key: str, shown: Collection[Emotion], faces: Mapping[Emotion, bytes], under: str = "") -> bool:
    """Faces side by side with a button below; whether it was pressed."""
    with st.container(width=_WIDTH, gap="small"):
        there = [emotion for emotion in shown if emotion in faces]
        with st.container(horizontal=True, gap="small", wrap=False):
            for emotion in there:
                st.image(faces[emotion], width=_WIDTH if len(there) == 1 else (_WIDTH - _GAP) // 2, alt=label(emotion))
        pressed = st.button(name, key=key, width="stretch")
        if under:
            quiet(under)
    return pressed


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
