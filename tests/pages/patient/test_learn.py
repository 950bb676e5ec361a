"""The lesson page and "What is alexithymia?", as a person sees them."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.emotions import Emotion
from core.services.exercise import tryout
from core.storage.database import Store
from core.tasks.lesson.lessons import LESSONS
from core.translations import languages
from pages.shared.recognise.cues import cue
from pages.shared.state import AppState
from tests.support import new_clinician, new_patient, new_store, served


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_store(tmp_path)) as store, served(store):
        yield store


def page(name: str, token: str = "", language: str = "en") -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / name), default_timeout=30)
    at.session_state["lexithymia"] = AppState(token=token, language=language)
    return at


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Where the page leads to: alone it knows of no other page."""
    found: list[tuple[str, dict[str, str]]] = []

    def switch_page(page: str, query_params: dict[str, str]) -> None:
        found.append((page, query_params))
        st.stop()

    monkeypatch.setattr("streamlit.switch_page", switch_page)
    return found


def test_the_shelf_shows_each_emotion_and_each_pair_as_faces(
    store: Store, left: list[tuple[str, dict[str, str]]]
) -> None:
    at = page("patient/learn.py", new_patient(store, new_clinician(store))).run()
    assert not at.exception
    keys = [button.key for button in at.button if (button.key or "").startswith(("learn-", "lesson-"))]
    pairs = [name for name, lesson in LESSONS.items() if lesson.pair]
    whole = [name for name, lesson in LESSONS.items() if not lesson.pair]
    assert keys == [f"learn-{e.word}" for e in Emotion] + [f"lesson-{name}" for name in (*pairs, *whole)]
    assert (len(pairs), len(at.get("image"))) == (8, 7 + 2 * 8)
    at.button(key="learn-fear").click().run()
    assert left == [("pages/patient/learn.py", {"emotion": "fear"})]


def test_an_emotion_has_three_faces_to_try_and_a_way_back(store: Store, left: list[tuple[str, dict[str, str]]]) -> None:
    at = page("patient/learn.py", new_patient(store, new_clinician(store)))
    at.query_params["emotion"] = "fear"
    at.run()
    assert at.title[0].value == "Fear"
    assert at.markdown[0].value == cue(Emotion.FEAR)
    next(button for button in at.button if button.label == "Try three faces").click().run()
    assert left == [("pages/account/tryout.py", {"emotion": "fear"})]
    at = page("patient/learn.py", at.session_state["lexithymia"].token)
    at.query_params["emotion"] = "fear"
    next(button for button in at.run().button if button.label == "Choose another emotion").click().run()
    assert at.title[0].value == "Learn"
    assert not at.exception


def test_a_try_out_is_played_whatever_its_name(store: Store) -> None:
    """One name in thirty has two underscores in a row, with which Streamlit builds ids of its own."""
    name = next(name for _ in range(5000) if "__" in (name := tryout.begin(store)))
    at = AppTest.from_file(str(ROOT / "pages/account/tryout.py"), default_timeout=30)
    at.session_state["lexithymia"] = AppState(trying=name)
    at.run()
    assert not at.exception
    (player,) = at.get("bidi_component")
    assert json.loads(player.proto.json)[0]["run"] == name


@pytest.mark.parametrize("emotion", list(Emotion))
def test_a_lesson_shows_a_face_and_a_slider_unless_it_is_neutral(store: Store, emotion: Emotion) -> None:
    at = page("patient/learn.py", new_patient(store, new_clinician(store)), "es")
    at.query_params["emotion"] = emotion.word
    at.run()
    assert not at.exception
    assert len(at.get("image")) == 1
    sliders = at.select_slider
    assert len(sliders) == (0 if emotion is Emotion.NEUTRAL else 1)
    if emotion is not Emotion.NEUTRAL:
        sliders[0].set_value(20).run()
        assert at.select_slider[0].value == 20
    assert not at.exception


def test_a_word_that_is_no_emotion_leads_to_the_choice(store: Store) -> None:
    at = page("patient/learn.py", new_patient(store, new_clinician(store)))
    at.query_params["emotion"] = "envy"
    assert at.run().title[0].value == "Learn"


@pytest.mark.parametrize("language", languages())
def test_what_alexithymia_is_is_told_in_closed_sections_with_where_to_find_help(language: str) -> None:
    at = page("everybody/about.py", language=language).run()
    assert not at.exception
    assert len(at.expander) == 10
    assert not any(section.proto.expanded for section in at.expander)
    assert any("112" in text.value for text in at.markdown)
