"""The welcome screen: nothing to fill in, and a face that no check uses."""

from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.stimuli.builtin import read_builtin
from pages.account.door.welcome_face import FILES, IDENTITY


def test_a_visitor_sees_two_ways_on_and_no_form() -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "account" / "welcome.py")).run()
    assert not at.exception
    assert at.title[0].value == "Lexithymia"
    assert [button.label for button in at.button] == ["Try six faces", "Sign in"]
    assert not at.text_input


def test_the_face_is_one_that_is_only_practised_with() -> None:
    _, faces = read_builtin()
    roles = {face.file: face.role for face in faces if face.identity == IDENTITY}
    assert {roles[f"{IDENTITY}/{file}.webp"] for file in FILES} == {"practice"}
