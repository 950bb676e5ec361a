"""The page after a run: what got mixed up stands as two faces of one person, and nothing is counted in percent."""

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.storage.database import Store
from pages.shared.state import AppState
from tests.history import answer_all, as_meant, mistaken
from tests.support import BROWSER

pytestmark = pytest.mark.usefixtures("served_here")


def result_of(store: Store, token: str, kind: Kind, language: str = "en", right: int = 0) -> AppTest:
    """After a check with every face named as meant, or a practice with the first `right`."""
    block = recognition.begin(store, token, BROWSER, kind)
    best = block.length if kind is Kind.CHECK else right
    answer_all(store, token, block, lambda trial: as_meant(trial) if trial.number <= best else mistaken(trial))
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


@pytest.mark.parametrize(
    ("right", "sentence"),
    [
        (0, "You looked at 14 faces. Such faces are hard to tell apart at first: practice is for that."),
        (4, "You named what some of the 14 faces show. The others take time: practice is for that."),
        (5, "In 5 of 14 faces you named the emotion that they show."),
    ],
)
def test_who_named_few_or_none_is_told_no_number(store: Store, patient: str, right: int, sentence: str) -> None:
    at = result_of(store, patient, Kind.PRACTICE, right=right)
    assert at.markdown[0].value == sentence


@pytest.mark.usefixtures("old_default")
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
