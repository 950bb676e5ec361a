"""The clinician's tab and report hold what a person shows, at the moment of each click, and nothing else."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.people import NotAllowed, Role
from core.services.accounts import accounts
from core.services.clinic import questionnaires
from core.services.feelings import sharing
from core.storage.database import Store
from pages.clinician.record.report import make_report
from pages.shared.state import AppState
from tests.services.clinic.printed import texts
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import new_clinician, new_patient, new_store, served

NOTE, OWN_WORD = "The river was loud", "Foggish"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)
    with closing(new_store(tmp_path)) as store, served(store):
        yield store


@pytest.fixture
def clinician(store: Store) -> str:
    return new_clinician(store)


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    return new_patient(store, clinician)


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


def tab(clinician: str, patient_id: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages/clinician/patient.py"), default_timeout=60)
    at.query_params["patient"] = patient_id
    at.session_state[f"tabs-{patient_id}"] = "Feelings"
    at.session_state["lexithymia"] = AppState(token=clinician)
    return at.run()


def said(at: AppTest) -> str:
    assert not at.exception
    return "\n".join([one.value for one in at.markdown] + [one.value.to_csv() for one in at.table])


def test_without_a_diary_the_tab_says_so(store: Store, clinician: str, patient_id: str) -> None:
    assert "keeps no diary" in said(tab(clinician, patient_id))


def test_a_diary_that_is_not_shown_is_a_count(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    agree_to_diary(store, patient)
    for _ in range(2):
        check_in(store, patient, note=NOTE, own_word=OWN_WORD)
    page = said(tab(clinician, patient_id))
    assert "2 check-ins in the latest eight weeks, 2 of them in the last seven days." in page
    report = "".join(texts(make_report(store, clinician, patient_id, "en")))
    for private in (NOTE, OWN_WORD, "worry", "tight"):
        assert private not in page
        assert private not in report
    assert "Own feelings" not in report


def test_what_is_shown_stands_there_until_it_is_taken_back_while_the_page_is_open(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    agree_to_diary(store, patient)
    for number in range(5):
        one = check_in(store, patient, note=NOTE if number == 4 else "another", own_word=OWN_WORD)
    sharing.share_diary(store, patient, True)
    at = tab(clinician, patient_id)
    page = said(at)
    assert "Tight chest came with **worry** 5 of 5 times." in page
    assert "chest tight, high energy, a bit unpleasant" in page
    assert NOTE not in page
    assert OWN_WORD not in page
    assert "Tight chest came with worry 5 of 5 times." in "".join(
        texts(make_report(store, clinician, patient_id, "en"))
    ).replace("\n", " ")
    sharing.share_entry(store, patient, one, True)
    page = said(at.run())
    assert (NOTE in page, OWN_WORD in page, "another" in page) == (True, True, False)
    sharing.share_diary(store, patient, False)
    sharing.share_entry(store, patient, one, False)
    page = said(at.run())
    assert "worry" not in page
    assert NOTE not in page


def test_beside_what_is_shown_stands_whether_a_questionnaire_has_changed_reliably(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    questionnaires.enter(store, clinician, patient_id, "tas20", date(2026, 3, 1), 66)
    questionnaires.enter(store, clinician, patient_id, "tas20", date(2026, 9, 1), 50)
    agree_to_diary(store, patient)
    check_in(store, patient)
    assert "reliably better" not in said(tab(clinician, patient_id)), "nothing is shown"
    sharing.share_diary(store, patient, True)
    page = said(tab(clinician, patient_id))
    assert "TAS-20: 50" in page
    assert "points since the first: reliably better" in page


def test_a_clinician_who_does_not_care_for_them_gets_nothing(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    agree_to_diary(store, patient)
    check_in(store, patient, note=NOTE)
    sharing.share_diary(store, patient, True)
    other = accounts.accept_invitation(
        store, accounts.invite_colleague(store, clinician, "Dr Luz", Role.CLINICIAN), "a quiet long sentence", "en"
    )
    with pytest.raises(NotAllowed):
        sharing.of_patient(store, other, patient_id)
