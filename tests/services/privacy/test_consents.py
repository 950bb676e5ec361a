"""Each yes, no and withdrawal is kept, and each stops or opens exactly what it is about."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.patient.consent import FIRST, AnsweredBy, ConsentState, Decision, NotAgreed, Purpose, Relation
from core.domain.people import NotAllowed, Role
from core.services.accounts import accounts
from core.services.exercise import recognition, runs
from core.services.gate.access import who
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest, text
from core.storage.database import Store
from core.storage.tables import ConsentRow, PeopleAnswerRow
from tests.history import answer
from tests.support import BROWSER, PASSWORD, new_patient, says


def say(store: Store, token: str, purpose: Purpose, yes: bool) -> None:
    consents.decide(store, token, purpose, newest(purpose), yes)


def stands(store: Store, token: str, purpose: Purpose) -> bool:
    with store.begin() as db:
        return consents.has_consent(db, who(db, token).id, purpose)


def patient_id(store: Store, clinician: str) -> str:
    return accounts.patients(store, clinician)[0].id


@pytest.mark.both_databases
def test_a_yes_a_withdrawal_and_a_yes_again_are_three_rows_with_the_text_they_answer(
    store: Store, unasked: str
) -> None:
    for yes in (True, False, True):
        say(store, unasked, Purpose.RESEARCH, yes)
    with store.begin() as db:
        rows = db.scalars(select(ConsentRow).order_by(ConsentRow.id)).all()
    assert [row.decision for row in rows] == ["yes", "withdrawn", "yes"]
    shown = text(Purpose.RESEARCH, "es")
    assert {(row.purpose, row.by, row.version, row.language, row.text_hash) for row in rows} == {
        ("research", "person", shown.version, "es", shown.hash)
    }
    assert all(datetime.now(UTC) - row.at < timedelta(minutes=1) for row in rows)


def test_what_is_kept_is_the_text_that_was_shown_also_in_another_language_than_the_person_s(
    store: Store, unasked: str
) -> None:
    consents.decide(store, unasked, Purpose.RESEARCH, newest(Purpose.RESEARCH), True, "en")
    consents.decide(store, unasked, Purpose.TREATMENT, newest(Purpose.TREATMENT), True, "qq")
    with store.begin() as db:
        kept = {row.purpose: (row.language, row.text_hash) for row in db.scalars(select(ConsentRow))}
    assert kept == {purpose: ("en", text(purpose, "en").hash) for purpose in (Purpose.RESEARCH, Purpose.TREATMENT)}


def test_a_first_no_is_kept_as_a_no_and_a_second_click_changes_nothing(store: Store, unasked: str) -> None:
    for _ in range(2):
        say(store, unasked, Purpose.NORMS, False)
    found = consents.mine(store, unasked).of(Purpose.NORMS)
    assert [word.decision for word in found.words] == [Decision.NO]
    assert found.state is ConsentState.DECLINED


def finish_a_run(store: Store, token: str) -> None:
    runs.stop(store, token, recognition.begin(store, token, BROWSER).id)


def test_nobody_is_asked_to_share_a_record_that_they_did_not_agree_to(store: Store, unasked: str) -> None:
    assert consents.mine(store, unasked).to_ask == [Purpose.TREATMENT]
    say(store, unasked, Purpose.TREATMENT, False)
    assert consents.mine(store, unasked).to_ask == []


def test_what_is_shared_is_asked_about_once_there_is_something_to_share(store: Store, unasked: str) -> None:
    say(store, unasked, Purpose.TREATMENT, True)
    assert consents.mine(store, unasked).to_ask == []
    finish_a_run(store, unasked)
    assert consents.mine(store, unasked).to_ask == list(FIRST[1:])


def test_a_minor_is_asked_about_all_at_once_while_a_guardian_is_there(store: Store, minor: str) -> None:
    say(store, minor, Purpose.TREATMENT, True)
    assert consents.mine(store, minor).to_ask == list(FIRST[1:])


def test_without_the_record_no_exercise_begins_and_none_goes_on(store: Store, unasked: str) -> None:
    with pytest.raises(NotAgreed):
        recognition.begin(store, unasked, BROWSER)
    say(store, unasked, Purpose.TREATMENT, True)
    block = recognition.begin(store, unasked, BROWSER)
    block = answer(store, unasked, block, 1, says(Emotion.SAD), BROWSER)
    say(store, unasked, Purpose.TREATMENT, False)
    with pytest.raises(NotAgreed):
        answer(store, unasked, block, 2, says(Emotion.SAD), BROWSER)
    assert len(block.answered) == 1


@pytest.mark.usefixtures("old_default")
def test_a_no_to_norms_or_research_closes_nothing_else(store: Store, unasked: str) -> None:
    say(store, unasked, Purpose.TREATMENT, True)
    for purpose in (Purpose.NORMS, Purpose.RESEARCH, Purpose.CAMERA):
        say(store, unasked, purpose, False)
    assert recognition.begin(store, unasked, BROWSER).length == 42


def test_answers_are_counted_while_the_yes_to_norms_stands_and_not_after(store: Store, unasked: str) -> None:
    say(store, unasked, Purpose.TREATMENT, True)
    block = recognition.begin(store, unasked, BROWSER)
    for number, yes in ((1, None), (2, True), (3, False)):
        if yes is not None:
            say(store, unasked, Purpose.NORMS, yes)
        block = answer(store, unasked, block, number, says(Emotion.SAD), BROWSER)
    with store.begin() as db:
        counted = db.scalars(select(PeopleAnswerRow.picture_hash)).all()
    assert counted == [block.trials[1].stimulus.hash]


def test_a_minor_needs_both_yeses_and_either_no_stops(store: Store, minor: str) -> None:
    purpose, version = Purpose.TREATMENT, newest(Purpose.TREATMENT)
    with pytest.raises(NotAllowed):
        consents.guardian_decides(store, minor, purpose, version, True, Relation.PARENT)
    say(store, minor, purpose, True)
    assert consents.mine(store, minor).of(purpose).state is ConsentState.GUARDIAN_NOT_ASKED
    with pytest.raises(NotAgreed):
        recognition.begin(store, minor, BROWSER)
    with pytest.raises(NotAllowed):
        consents.guardian_decides(store, minor, purpose, version, True, None)
    consents.guardian_decides(store, minor, purpose, version, True, Relation.PARENT)
    recognition.begin(store, minor, BROWSER)
    consents.guardian_decides(store, minor, purpose, version, False, None)
    assert consents.mine(store, minor).of(purpose).state is ConsentState.GUARDIAN_DECLINED
    consents.guardian_decides(store, minor, purpose, version, True, Relation.GUARDIAN)
    say(store, minor, purpose, False)
    assert not stands(store, minor, purpose)


def test_a_clinician_records_a_guardian_s_paper_with_its_date_and_no_name(
    store: Store, clinician: str, minor: str
) -> None:
    person, day = patient_id(store, clinician), datetime.now(UTC).date() - timedelta(days=3)
    say(store, minor, Purpose.TREATMENT, True)
    with pytest.raises(NotAllowed):
        consents.record_on_paper(
            store, clinician, person, Purpose.TREATMENT, True, Relation.PARENT, date.today() + timedelta(days=2)
        )
    consents.record_on_paper(store, clinician, person, Purpose.TREATMENT, True, Relation.PARENT, day)
    word = consents.of_patient(store, clinician, person).of(Purpose.TREATMENT).words[-1]
    assert (word.by, word.relation, word.signed_on) == (AnsweredBy.GUARDIAN, Relation.PARENT, day)
    assert stands(store, minor, Purpose.TREATMENT)


def test_who_comes_of_age_decides_alone(store: Store, clinician: str, minor: str) -> None:
    say(store, minor, Purpose.TREATMENT, True)
    consents.set_minor(store, clinician, patient_id(store, clinician), False)
    assert stands(store, minor, Purpose.TREATMENT)
    with pytest.raises(NotAllowed):
        consents.guardian_decides(store, minor, Purpose.TREATMENT, "1", True, Relation.PARENT)


def test_nobody_reads_or_records_the_consent_of_somebody_else_s_patient(
    store: Store, clinician: str, unasked: str
) -> None:
    person = patient_id(store, clinician)
    link = accounts.invite_colleague(store, clinician, "Dr Sol", Role.CLINICIAN)
    other = accounts.accept_invitation(store, link, PASSWORD, "en")
    neighbour = new_patient(store, clinician, "P-02")
    for refused in (
        lambda: consents.of_patient(store, other, person),
        lambda: consents.of_patient(store, neighbour, person),
        lambda: consents.set_minor(store, other, person, True),
        lambda: consents.record_on_paper(
            store, other, person, Purpose.RESEARCH, True, Relation.PARENT, date(2026, 1, 1)
        ),
        lambda: consents.decide(store, clinician, Purpose.RESEARCH, "1", True),
        lambda: consents.mine(store, clinician),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with store.begin() as db:
        assert db.scalar(select(ConsentRow.id).where(ConsentRow.person_id == person)) is None


@pytest.mark.usefixtures("old_default")
def test_a_new_version_is_asked_about_again_before_the_next_exercise(
    store: Store, clinician: str, request: pytest.FixtureRequest
) -> None:
    patient = new_patient(store, clinician, "P-09", shares_answers=True)
    request.getfixturevalue("second_version")
    with pytest.raises(NotAgreed):
        recognition.begin(store, patient, BROWSER)
    assert consents.mine(store, patient).to_ask == [Purpose.TREATMENT]
    assert stands(store, patient, Purpose.NORMS), "what was agreed to stands until the person is asked again"
    with pytest.raises(NotAllowed):
        consents.decide(store, patient, Purpose.TREATMENT, "1", True)
    consents.decide(store, patient, Purpose.TREATMENT, "2", True)
    finish_a_run(store, patient)
    assert consents.mine(store, patient).to_ask == [Purpose.NORMS, Purpose.RESEARCH]
    assert recognition.begin(store, patient, BROWSER).length == 42


def test_a_guardian_s_no_counts_before_the_young_person_has_read_a_new_version(
    store: Store, minor: str, request: pytest.FixtureRequest
) -> None:
    for purpose in (Purpose.TREATMENT, Purpose.RESEARCH):
        say(store, minor, purpose, True)
        consents.guardian_decides(store, minor, purpose, newest(purpose), True, Relation.PARENT)
    request.getfixturevalue("second_version")
    with store.begin() as db:
        assert len(consents.agreed(db, Purpose.RESEARCH)) == 1
    with pytest.raises(NotAllowed):
        consents.guardian_decides(store, minor, Purpose.RESEARCH, "2", True, Relation.PARENT)
    consents.guardian_decides(store, minor, Purpose.RESEARCH, "2", False, None)
    with store.begin() as db:
        assert consents.agreed(db, Purpose.RESEARCH) == set()
