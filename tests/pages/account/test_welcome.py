"""The welcome screen: nothing to fill in, and a face that no check uses."""

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.stimuli.builtin import read_builtin
from pages.account.door.welcome_face import FILES, IDENTITY


def test_a_visitor_sees_two_ways_on_and_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    at = AppTest.from_file(str(ROOT / "pages" / "account" / "welcome.py")).run()
    assert not at.exception
    assert at.title[0].value == "Lexithymia"
    assert [button.label for button in at.button] == ["Try six faces", "Sign in"]
    assert not at.text_input


def test_who_asks_for_help_finds_it_open_above_all_else() -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "everybody" / "about.py"))
    closed = [one.proto.expanded for one in at.run().expander]
    at.query_params["open"] = "help"
    at.run()
    assert not any(closed)
    assert [one.label for one in at.expander if one.proto.expanded] == [at.expander[0].label] == ["Where to find help"]
    assert sorted(one.label for one in at.expander) == sorted({one.label for one in at.expander})


def test_the_face_is_one_that_is_only_practised_with() -> None:
    _, faces = read_builtin()
    roles = {face.file: face.role for face in faces if face.identity == IDENTITY}
    assert {roles[f"{IDENTITY}/{file}.webp"] for file in FILES} == {"practice"}
