"""Totals and events on the page: nothing is replaced or removed by one click, and what is gone leaves a trace."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.audit import Act
from core.domain.patient.events import EventKind
from core.domain.people import Refusal
from core.services.clinic import notes, questionnaires
from core.services.privacy import audit_log
from core.storage.database import Store
from pages.administrator.parts.audit_words import act_in_words, facts_in_words
from pages.shared.state import AppState
from tests.support import new_store, served

DAY = date(2026, 9, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """This server works on it."""
    with closing(new_store(tmp_path)) as store, served(store):
        yield store


def page(token: str, patient_id: str, tab: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages/clinician/patient.py"), default_timeout=60)
    at.session_state[f"tabs-{patient_id}"] = tab
    at.session_state["lexithymia"] = AppState(token=token)
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    next(one for one in at.button if one.label == label).click().run()
    assert not at.exception
    return at


def keep(at: AppTest, total: int) -> AppTest:
    next(one for one in at.date_input if one.label == "Filled in on").set_value(DAY)
    next(one for one in at.number_input if one.label == "Total (20 to 100)").set_value(total)
    return press(at, "Keep the total")


def totals(store: Store, token: str, patient_id: str) -> list[int]:
    return [score.total for score in questionnaires.scores(store, token, patient_id)]


def removals(store: Store, token: str) -> list[Mapping[str, object]]:
    return [entry.facts for entry in audit_log.latest(store, token) if entry.act is Act.REMOVE]


def test_a_second_total_of_a_day_replaces_the_first_only_when_asked_again(
    store: Store, clinician: str, patient_id: str
) -> None:
    at = keep(page(clinician, patient_id, "Questionnaires"), 64)
    assert totals(store, clinician, patient_id) == [64]
    keep(at, 50)
    assert totals(store, clinician, patient_id) == [64]
    assert "64 is entered already for 1 Sep 2026, by Dr Vega. This replaces it by 50." in at.warning[0].value
    press(at, "Leave 64")
    assert totals(store, clinician, patient_id) == [64]
    press(keep(at, 50), "Replace 64 by 50")
    assert totals(store, clinician, patient_id) == [50]
    assert not at.warning
    assert removals(store, clinician) == [{"questionnaire": "tas20", "day": "2026-09-01", "replaced": True}]


def test_what_another_has_entered_meanwhile_is_not_replaced_unseen(
    store: Store, clinician: str, patient_id: str
) -> None:
    questionnaires.enter(store, clinician, patient_id, "tas20", DAY, 70)
    with pytest.raises(Refusal, match="70 is entered for that day already"):
        questionnaires.enter(store, clinician, patient_id, "tas20", DAY, 50, former=64)
    assert totals(store, clinician, patient_id) == [70]


def test_a_total_is_removed_after_a_second_click_and_the_log_says_so(
    store: Store, clinician: str, patient_id: str
) -> None:
    questionnaires.enter(store, clinician, patient_id, "tas20", DAY, 64)
    at = page(clinician, patient_id, "Questionnaires")
    assert [one.label for one in at.button if "Remove" in one.label] == ["Remove the total"]
    assert [one.proto.popover.label for one in at.get("popover")] == ["Own words", "Remove"]
    press(at, "Remove the total")
    assert totals(store, clinician, patient_id) == []
    (facts,) = removals(store, clinician)
    assert facts == {"questionnaire": "tas20", "day": "2026-09-01"}
    assert act_in_words(Act.REMOVE) == "removed or replaced an entry about"
    assert facts_in_words(facts).replace("\\", "") == "questionnaire: tas20; day: 2026-09-01"


def test_an_event_is_removed_after_a_second_click_and_the_log_says_so(
    store: Store, clinician: str, patient_id: str
) -> None:
    notes.add_event(store, clinician, patient_id, DAY, EventKind.MEDICATION, "sertraline 50 mg")
    at = page(clinician, patient_id, "Calendar and history")
    press(at, "Remove the event")
    assert notes.events(store, clinician, patient_id) == []
    assert removals(store, clinician) == [{"event": "medication", "day": "2026-09-01"}]
