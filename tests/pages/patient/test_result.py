"""The page after a run: what got mixed up stands as two faces of one person, and nothing is counted in percent."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.storage.database import Store
from pages.shared.state import AppState
from tests.history import answer_all, as_meant, mistaken
from tests.support import BROWSER, served


@pytest.fixture(autouse=True)
def served_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    with served(store):
        yield


def result_of(store: Store, token: str, kind: Kind, language: str = "en") -> AppTest:
    block = recognition.begin(store, token, BROWSER, kind)
    answer_all(store, token, block, mistaken if kind is Kind.PRACTICE else as_meant)
    at = AppTest.from_file(str(ROOT / "pages" / "patient/result.py"), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, language=language, over=block.id)
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(one.value for one in [*at.title, *at.header, *at.markdown, *at.caption])


def test_after_a_practice_each_mix_up_is_shown_on_one_person_and_comes_back(store: Store, patient: str) -> None:
    at = result_of(store, patient, Kind.PRACTICE)
    headers = [header.value for header in at.header]
    assert headers == ["What got mixed up", "What next"]
    assert len(at.get("image")) == 2 * said(at).count("you took **")
    assert "They come back in your next practice." in said(at)


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_counted_in_percent_and_the_question_comes_last(store: Store, patient: str, language: str) -> None:
    at = result_of(store, patient, Kind.CHECK, language)
    words = said(at)
    assert at.markdown[0].value.startswith("In 42 of 42 faces" if language == "en" else "En 42 de 42 caras")
    for never in ("%", " in 100", "kappa", "without looking", "sin mirar"):
        assert never not in words
    assert at.get("image") == []
    assert [button.label for button in at.button][-1] == "No"
    assert at.markdown[-1].value.startswith("Was this hard" if language == "en" else "¿")
