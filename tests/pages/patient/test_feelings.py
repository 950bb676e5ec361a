"""The pages on one's own feelings, as a person sees them."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.emotions import Emotion
from core.domain.patient.consent import Purpose
from core.services.feelings import diary
from core.services.privacy import consents
from core.storage.database import Store
from pages.shared.state import AppState
from tests.history import run_through
from tests.services.feelings.acting import agree_to_diary, check_in, tell
from tests.support import new_clinician, new_patient, new_store, says, served
from tests.tasks.steps import do_lesson


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    with closing(new_store(tmp_path)) as store, served(store):
        yield store


@pytest.fixture
def patient(store: Store) -> str:
    token = new_patient(store, new_clinician(store))
    agree_to_diary(store, token)
    return token


def page(token: str, name: str = "feelings", language: str = "en", over: str | None = None) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages/patient" / f"{name}.py"), default_timeout=30)
    at.session_state["lexithymia"] = AppState(token=token, language=language, over=over)
    return at.run()


def said(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(one.value for one in (*at.markdown, *at.caption, *at.info))


def test_the_diary_is_asked_about_where_it_is_first_opened(store: Store) -> None:
    token = new_patient(store, new_clinician(store))
    assert consents.mine(store, token).to_ask == [], "not at the door"
    at = page(token, "check_in_page")
    assert at.title[0].value == "Keep a diary of my own feelings"
    assert [button.label for button in at.button] == ["No", "Yes, I agree"]
    at.button[0].click().run()
    assert consents.mine(store, token).of(Purpose.FEELINGS).words[-1].decision == "no"
    assert "There is no consent to a diary of feelings" in said(page(token, "check_in_page"))
    assert diary.mine(store, token).entries == ()


def test_without_entries_the_page_says_what_gathers_there(store: Store, patient: str) -> None:
    at = page(patient)
    assert "Here your own words gather" in said(at)
    assert not at.table


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Tight chest came with **worry** 4 of 5 times."),
        ("es", "Pecho con tensión: 4 de 5 veces vino con **preocupación**."),
    ],
)
def test_from_five_entries_on_it_says_what_comes_with_what(
    store: Store, patient: str, language: str, sentence: str
) -> None:
    for word in ("worried", "worried", "sad", "worried"):
        check_in(store, patient, words=(word,))
    assert sentence not in said(page(patient, language=language))
    check_in(store, patient, own_word="like *fog*", note="Before [the] exam")
    at = page(patient, language=language)
    assert sentence in said(at)
    assert r"like \*fog\*" in said(at), "own words are not read as Markdown"
    assert r"Before \[the\] exam" in said(at)


def test_an_entry_is_shown_hidden_and_deleted(store: Store, patient: str) -> None:
    told = check_in(store, patient, note="Before the exam")
    at = page(patient)
    at.button(key=f"show-{told}").click().run()
    assert diary.mine(store, patient).entries[0].shared
    at.button(key=f"hide-{told}").click().run()
    assert not diary.mine(store, patient).entries[0].shared
    at.button(key=f"delete-{told}").click().run()
    assert diary.mine(store, patient).entries == ()
    assert not at.exception


def test_the_whole_diary_is_shown_and_taken_back(store: Store, patient: str) -> None:
    check_in(store, patient)
    at = page(patient)
    next(button for button in at.button if button.label == "Show my clinicians the whole diary").click().run()
    assert diary.mine(store, patient).shared_at is not None
    next(button for button in at.button if button.label == "Stop showing the whole diary").click().run()
    assert diary.mine(store, patient).shared_at is None


def test_where_help_is_stands_there_after_three_hard_ones_running_and_nobody_else_is_told(
    store: Store, patient: str
) -> None:
    for _ in range(2):
        check_in(store, patient, grid=(-2, 2, 5))
    assert not [one for one in page(patient).expander if one.label == "Where to find help"]
    hard = check_in(store, patient, grid=(-2, 2, 5))
    assert [one for one in page(patient).expander if one.label == "Where to find help"]
    tell(store, patient, hard, ("grid", {"pleasant": 1, "energy": 0, "strength": 5}))
    assert not [one for one in page(patient).expander if one.label == "Where to find help"]


def test_who_took_back_the_consent_still_reads_and_deletes_but_shows_nothing(store: Store, patient: str) -> None:
    told = check_in(store, patient)
    agree_to_diary(store, patient, False)
    at = page(patient)
    assert not [button for button in at.button if button.label.startswith(("Show", "Answer"))]
    at.button(key=f"delete-{told}").click().run()
    assert diary.mine(store, patient).entries == ()


def test_a_lesson_that_was_the_day_s_first_run_asks_about_what_it_taught(store: Store, patient: str) -> None:
    over = do_lesson(store, patient, "fear_surprise")
    asked = said(page(patient, "result", over=over))
    assert re.search(r"Have you felt something like \*\*(fear|surprise)\*\* yourself lately", asked)
    run_through(store, patient, lambda trial: says(Emotion.SAD))
    assert "Have you felt" not in said(page(patient, "result", over=over)), "not twice a day"


def test_the_result_of_the_day_s_first_run_asks_about_what_was_hardest(store: Store, patient: str) -> None:
    over = run_through(store, patient, lambda trial: says(Emotion.SAD)).id
    assert "Have you felt something like **" in said(page(patient, "result", over=over))
    assert "Have you felt" not in said(page(patient, "result")), "read again later, it does not ask again"
    check_in(store, patient)
    assert "Have you felt" not in said(page(patient, "result", over=over))
