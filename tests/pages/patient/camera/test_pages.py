"""What a person, and their clinician, see of runs before the camera."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.camera.expression import ExpressionKind
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId
from core.services.exercise import expression, expression_progress
from core.storage.database import Store
from pages.shared.express import view
from pages.shared.express.words import badly_read, often_wrong, what_it_reads_badly
from pages.shared.state import AppState
from tests import cards
from tests.services.exercise.expression.acting import attempt, show_all, which
from tests.support import BROWSER, new_store, served

CARD = cards.card("fake", sha256="f" * 64)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    monkeypatch.setattr(view, "cards", lambda: {"fake": CARD})
    with closing(new_store(tmp_path)) as store, served(store):
        yield store


def page(
    path: str, token: str, language: str = "en", over: str | None = None, widgets: dict[str, str] | None = None
) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / path), default_timeout=60)
    for key, value in (widgets or {}).items():
        at.session_state[key] = value
    at.session_state["lexithymia"] = AppState(token=token, language=language, expression_over=over)
    return at.run()


def words(at: AppTest) -> str:
    return "\n".join(one.value for one in (*at.title, *at.header, *at.subheader, *at.markdown))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_result_says_what_was_meant_and_seen_beside_built_in_faces(store: Store, patient: str, language: str) -> None:
    run = show_all(store, patient, mistaken=Emotion.FEAR)
    at = page("patient/expression_result.py", patient, language, run.id)
    assert not at.exception
    assert len(at.get("image")) == 8, "one face where both are the same, two for the one that was taken for another"
    assert len(at.table) == 7
    if language == "en":
        said = words(at)
        assert "The computer saw what you meant in 6 of 7 tries." in said
        assert "You meant **fear**. The computer saw mostly **surprise**." in said
        assert "how clearly your face showed it, and how well the computer reads faces" in said
        assert "The computer is often wrong about **fear**: of ten photographs" in said
        assert "No picture of you was kept" in said


def test_an_emotion_that_was_seen_gets_no_help_that_nobody_asked_for(store: Store, patient: str) -> None:
    run = show_all(store, patient)
    said = words(page("patient/expression_result.py", patient, over=run.id))
    assert "of ten photographs" not in said
    assert ":primary[○]" not in said


def test_of_what_had_no_word_only_what_the_computer_saw_is_told(store: Store, patient: str) -> None:
    run = expression.begin(store, patient, BROWSER, ExpressionKind.NAME, Way.SNAPSHOT)
    expression.record(store, patient, run.id, 1, attempt(None, Emotion.HAPPY, frames=1))
    expression.finish(store, patient, run.id)
    at = page("patient/expression_result.py", patient, over=run.id)
    said = words(at)
    assert "You had no word for what you showed." in said
    assert "The computer saw mostly **happiness**." in said
    assert "the same" not in said.replace("The same", "")
    assert "on one picture" in said


def test_an_answer_that_it_was_hard_is_kept_and_shows_where_help_is(store: Store, patient: str) -> None:
    run = show_all(store, patient)
    at = page("patient/expression_result.py", patient, over=run.id)
    next(one for one in at.button if one.label == "Yes, it was hard").click().run()
    assert not at.exception
    assert expression_progress.result(store, patient, run.id).hard is True
    assert at.expander[-1].label == "Where to find help"


@pytest.mark.parametrize("language", ["en", "es"])
def test_my_progress_gains_a_line_only_when_something_was_shown(store: Store, patient: str, language: str) -> None:
    before = page("patient/progress.py", patient, language)
    assert not before.exception
    charts = len(before.get("plotly_chart"))
    show_all(store, patient, mistaken=Emotion.SAD)
    after = page("patient/progress.py", patient, language)
    assert not after.exception
    assert len(after.get("plotly_chart")) == charts + 1
    if language == "en":
        assert "Last time the computer saw what you meant in 6 of 7 tries." in words(after)


def test_the_clinician_sees_both_matrices_side_by_side_and_never_a_sum(
    store: Store, clinician: str, patient: str
) -> None:
    tab = {f"tabs-{which(store, clinician, 'P-01')}": "Matrices"}
    empty = page("clinician/patient.py", clinician, widgets=tab)
    assert not empty.exception
    assert "Nothing was shown to the camera yet." in words(empty)
    assert "No check has been finished yet." in words(empty)
    show_all(store, patient, NetworkId("older", "1", "0" * 64))
    show_all(store, patient, mistaken=Emotion.FEAR)
    at = page("clinician/patient.py", clinician, widgets=tab)
    assert not at.exception
    said = words(at)
    assert "fake, version 1: 6 of 7 expressions were seen as meant." in said
    assert "says nothing of change" in said
    assert any(one.label.startswith("older, version 1: 7 of 7") for one in at.expander)
    table = next(t.value for t in at.table if "Seen as meant" in t.value.columns)
    fear = table[table["Meant"] == "fear"].iloc[0]
    assert (fear["Seen as meant"], fear["Rise above rest (points)"]) == ("0 of 1", "+0")


def test_what_the_network_reads_badly_comes_from_its_card() -> None:
    weak = badly_read(CARD)
    assert weak
    assert [one.recall for one in weak] == sorted(one.recall for one in weak)
    named = {one.name for one in weak}
    for emotion in Emotion:
        assert (often_wrong(CARD, emotion) is not None) == (emotion.word in named)
    assert what_it_reads_badly(CARD) is not None
