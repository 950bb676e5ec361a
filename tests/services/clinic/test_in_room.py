"""Handing over in the room: the browser opens one run and nothing else until the clinician's password is given."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from core.domain.audit import Act
from core.domain.emotions import Emotion
from core.domain.exercise.events import Batch
from core.domain.patient.consent import NotAgreed, Purpose
from core.domain.people import NotAllowed, NotSignedIn, Refusal
from core.services.accounts import accounts
from core.services.clinic import caseload, in_room
from core.services.exercise import recognition, runs
from core.services.privacy import audit_log, consents, erasure
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from core.storage.tables import BlockRow, PersonRow, SessionRow, TrialRow
from tests.e2e.people import id_of
from tests.support import BROWSER, PASSWORD, answered, new_clinician, new_patient, says


@pytest.fixture
def clinician(store: Store) -> str:
    return new_clinician(store)


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    return new_patient(store, clinician)


@pytest.fixture
def patient_id(store: Store, patient: str) -> str:
    return id_of(store, "P-01")


def run_of(store: Store, token: str) -> str:
    found = in_room.handed_over_behind(store, token)
    assert found is not None
    return found.run


def answer(store: Store, token: str, run: str, number: int) -> None:
    batch = Batch((answered(number, says(Emotion.FEAR)),), number, 0)
    runs.take(store, token, run, batch, BROWSER)


def test_the_sign_in_opens_the_run_and_nothing_else(store: Store, clinician: str, patient_id: str) -> None:
    in_room.start_here(store, clinician, BROWSER, patient_id)
    run = run_of(store, clinician)
    assert runs.state(store, clinician, run).next == 1
    answer(store, clinician, run, 1)
    for ask in (caseload.caseload, accounts.colleagues, recognition.today):
        with pytest.raises(NotSignedIn):
            ask(store, clinician)
    assert accounts.person_behind(store, clinician) is None


def test_another_run_of_the_patient_stays_closed(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    first = recognition.begin(store, patient, BROWSER).id
    runs.stop(store, patient, first)
    in_room.start_here(store, clinician, BROWSER, patient_id)
    assert run_of(store, clinician) != first
    with pytest.raises(NotSignedIn):
        runs.state(store, clinician, first)


def test_what_the_patient_had_begun_goes_on_and_each_answer_says_where_it_was_given(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    at_home = recognition.begin(store, patient, BROWSER).id
    answer(store, patient, at_home, 1)
    in_room.start_here(store, clinician, BROWSER, patient_id)
    assert run_of(store, clinician) == at_home
    answer(store, clinician, at_home, 2)
    answer(store, patient, at_home, 3)
    with store.begin() as db:
        query = (
            select(SessionRow.in_room).join(TrialRow, TrialRow.session_id == SessionRow.id).order_by(TrialRow.number)
        )
        assert list(db.scalars(query.where(TrialRow.block_id == at_home))) == [False, True, False]


def test_the_run_is_in_the_language_of_the_patient(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    accounts.set_language(store, patient, "es")
    in_room.start_here(store, clinician, BROWSER, patient_id)
    found = in_room.handed_over_behind(store, clinician)
    assert found is not None
    assert found.language == "es"
    with store.begin() as db:
        assert db.get_one(SessionRow, db.get_one(BlockRow, found.run).session_id).language == "es"


def test_the_password_opens_it_again_and_the_log_has_both(store: Store, clinician: str, patient_id: str) -> None:
    in_room.start_here(store, clinician, BROWSER, patient_id)
    run = run_of(store, clinician)
    assert in_room.take_back(store, clinician, PASSWORD) == patient_id
    assert in_room.handed_over_behind(store, clinician) is None
    assert caseload.caseload(store, clinician) is not None
    with pytest.raises(NotAllowed):
        runs.state(store, clinician, run)
    acts = [entry.act for entry in audit_log.latest(store, clinician)]
    assert {Act.HAND_OVER, Act.TAKE_BACK} <= set(acts)


def test_wrong_passwords_have_to_wait_and_are_counted(store: Store, clinician: str, patient_id: str) -> None:
    in_room.start_here(store, clinician, BROWSER, patient_id)
    for _ in range(5):
        with pytest.raises(Refusal, match="not the password of the clinician"):
            in_room.take_back(store, clinician, "a wrong sentence")
    with pytest.raises(Refusal, match="please wait"):
        in_room.take_back(store, clinician, PASSWORD)
    assert in_room.handed_over_behind(store, clinician) is not None


def test_when_the_run_is_over_the_browser_stays_closed(store: Store, clinician: str, patient_id: str) -> None:
    in_room.start_here(store, clinician, BROWSER, patient_id)
    run = run_of(store, clinician)
    for number in range(1, runs.state(store, clinician, run).length + 1):
        answer(store, clinician, run, number)
    runs.say_hard(store, clinician, run, True)
    found = in_room.handed_over_behind(store, clinician)
    assert found is not None
    assert (found.over, found.playable, found.hard) == (True, False, True)


def test_erasing_the_patient_leaves_it_closed(store: Store, clinician: str, patient_id: str) -> None:
    other = accounts.sign_in(store, "Dr Vega", PASSWORD)
    in_room.start_here(store, clinician, BROWSER, patient_id)
    erasure.erase(store, other, patient_id, "P-01")
    found = in_room.handed_over_behind(store, clinician)
    assert found is not None
    assert not found.playable
    assert in_room.take_back(store, clinician, PASSWORD) is None


def test_a_patient_who_is_archived_meanwhile_can_answer_no_more(store: Store, clinician: str, patient_id: str) -> None:
    other = accounts.sign_in(store, "Dr Vega", PASSWORD)
    in_room.start_here(store, clinician, BROWSER, patient_id)
    run = run_of(store, clinician)
    accounts.set_active(store, other, patient_id, False)
    with pytest.raises(NotSignedIn):
        answer(store, clinician, run, 1)


def test_a_withdrawn_consent_holds_here_too(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    in_room.start_here(store, clinician, BROWSER, patient_id)
    consents.decide(store, patient, Purpose.TREATMENT, newest(Purpose.TREATMENT), False)
    with pytest.raises(NotAgreed):
        answer(store, clinician, run_of(store, clinician), 1)


def _archive(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    accounts.set_active(store, clinician, patient_id, False)


def _withdraw(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    consents.decide(store, patient, Purpose.TREATMENT, newest(Purpose.TREATMENT), False)


def _no_password(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    with store.begin() as db:
        db.get_one(PersonRow, id_of(store, "Dr Vega")).password_hash = None


def _done_for_today(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    for _ in range(2):  # the warm-up and the first check
        run = recognition.begin(store, patient, BROWSER)
        for number in range(1, run.length + 1):
            answer(store, patient, run.id, number)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (_archive, "archived"),
        (_withdraw, "has not agreed"),
        (_no_password, "without a password"),
        (_done_for_today, "all for today"),
    ],
)
def test_what_the_patient_could_not_begin_is_refused_and_nothing_is_closed(
    store: Store,
    clinician: str,
    patient: str,
    patient_id: str,
    before: Callable[[Store, str, str, str], None],
    said: str,
) -> None:
    before(store, clinician, patient, patient_id)
    with pytest.raises(Refusal, match=said):
        in_room.start_here(store, clinician, BROWSER, patient_id)
    assert accounts.person_behind(store, clinician) is not None
