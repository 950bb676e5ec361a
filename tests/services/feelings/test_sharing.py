"""What a clinician may know of a diary: how often, and what the person shows, as long as they show it."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from core.domain.audit import Act
from core.domain.patient.consent import NotAgreed, Purpose
from core.services.accounts import accounts
from core.services.feelings import diary, sharing
from core.services.privacy import consents, my_data
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from core.storage.tables import AuditRow, CheckInRow
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import new_patient


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    token = new_patient(store, clinician)
    agree_to_diary(store, token)
    return token


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


def looks(store: Store) -> int:
    with store.begin() as db:
        return len(db.scalars(select(AuditRow).where(AuditRow.act == Act.FEELINGS)).all())


@pytest.mark.both_databases
def test_by_default_a_clinician_sees_how_often_and_nothing_else(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    check_in(store, patient, note="secret")
    shown = sharing.of_patient(store, clinician, patient_id)
    assert (shown.kept, shown.whole, shown.entries, shown.figures) == (True, False, (), None)
    assert [times for _, times in shown.weeks] == [0] * 7 + [1]
    assert looks(store) == 0


def test_a_whole_diary_shows_grid_words_and_body_and_no_note_or_own_word(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    check_in(store, patient, own_word="fog", note="secret")
    sharing.share_diary(store, patient, True)
    shown = sharing.of_patient(store, clinician, patient_id)
    [entry] = shown.entries
    assert (entry.words, entry.pleasant, entry.own_word, entry.note) == (("worried",), -1, None, None)
    assert shown.figures is not None
    assert looks(store) == 1, "it stands in who saw what"


def test_one_entry_is_shown_with_its_note_and_no_other_entry(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    first = check_in(store, patient, own_word="fog", note="to be seen")
    check_in(store, patient, note="secret")
    sharing.share_entry(store, patient, first, True)
    shown = sharing.of_patient(store, clinician, patient_id)
    assert [(entry.note, entry.own_word) for entry in shown.entries] == [("to be seen", "fog")]
    assert (shown.whole, shown.figures) == (False, None)


def test_what_is_taken_back_is_gone_at_the_next_look(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    one = check_in(store, patient)
    sharing.share_diary(store, patient, True)
    sharing.share_entry(store, patient, one, True)
    sharing.share_diary(store, patient, False)
    assert len(sharing.of_patient(store, clinician, patient_id).entries) == 1
    sharing.share_entry(store, patient, one, False)
    assert sharing.of_patient(store, clinician, patient_id).entries == ()


@pytest.mark.parametrize("purpose", [Purpose.FEELINGS, Purpose.TREATMENT])
def test_whoever_takes_back_a_consent_shows_nothing_any_more_not_even_after_a_new_yes(
    purpose: Purpose, store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    one = check_in(store, patient)
    sharing.share_diary(store, patient, True)
    sharing.share_entry(store, patient, one, True)
    consents.decide(store, patient, purpose, newest(purpose), False)
    shown = sharing.of_patient(store, clinician, patient_id)
    assert (shown.kept, shown.entries, shown.weeks) == (False, (), ())
    assert [entry.id for entry in diary.mine(store, patient).entries] == [one], "the person still reads it"
    consents.decide(store, patient, purpose, newest(purpose), True)
    assert sharing.of_patient(store, clinician, patient_id).entries == ()


def test_nothing_is_shown_without_a_consent(store: Store, clinician: str) -> None:
    patient = new_patient(store, clinician)
    with pytest.raises(NotAgreed):
        sharing.share_diary(store, patient, True)


def test_a_deleted_entry_is_shown_to_nobody(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    one = check_in(store, patient, note="secret")
    sharing.share_entry(store, patient, one, True)
    diary.delete(store, patient, one)
    sharing.share_entry(store, patient, one, True)
    assert sharing.of_patient(store, clinician, patient_id).entries == ()


@pytest.mark.both_databases
def test_own_words_are_unreadable_in_the_database_and_whole_in_the_person_s_copy(store: Store, patient: str) -> None:
    check_in(store, patient, own_word="fog", note="Before the exam")
    with store.begin() as db:
        stored = db.scalars(select(CheckInRow)).one()
        assert stored.note is not None
        assert stored.own_word is not None
        assert "exam" not in stored.note
        assert "fog" not in stored.own_word
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(store, patient))) as packed:
        [entry] = json.loads(packed.read("json/check_ins.json"))
    assert (entry["note"], entry["own_word"], entry["words"]) == ("Before the exam", "fog", ["worried"])
