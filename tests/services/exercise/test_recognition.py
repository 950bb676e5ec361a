"""A patient's run of faces: due, begun, answered, stopped, gone on with; nothing lost and nothing counted twice."""

import pytest
from sqlalchemy import func, select

from core.config import VERSION
from core.domain.emotions import Emotion
from core.domain.exercise.events import Left, OutOfOrder, Painted, Stopped
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind, Response
from core.domain.people import NotAllowed, NotSaved, NotSignedIn
from core.services.accounts import accounts
from core.services.exercise import plans, progress, recognition, runs
from core.storage.database import Store
from core.storage.tables import BlockRow, ExposureRow, PeopleAnswerRow, TrialRow
from tests.databases import let_nothing_be_written
from tests.history import answer, answer_all, run_through, tell
from tests.support import BROWSER, answered, new_patient, says

pytestmark = pytest.mark.usefixtures("old_default")


def stored_answers(store: Store) -> int:
    with store.begin() as db:
        return db.scalar(select(func.count()).where(TrialRow.answered_at.is_not(None))) or 0


@pytest.mark.both_databases
def test_the_first_two_runs_are_checks_of_42_faces_on_both_forms(store: Store, patient: str) -> None:
    forms: list[str] = []
    for _ in range(2):
        due = recognition.today(store, patient)
        assert (due.kind, due.faces) == (Kind.CHECK, 42)
        block = recognition.begin(store, patient, BROWSER)
        forms.append(block.form or "")
        answer_all(store, patient, block)
    assert sorted(forms) == ["A", "B"]
    assert recognition.today(store, patient).kind is Kind.PRACTICE


def test_after_the_planned_practices_a_check_is_due_again(store: Store, patient: str) -> None:
    for _ in range(2):
        run_through(store, patient)
    for left in (4, 3, 2, 1):
        assert recognition.today(store, patient).practices_until_check == left
        run_through(store, patient)
    assert recognition.today(store, patient).kind is Kind.CHECK


@pytest.mark.both_databases
def test_a_run_is_resumed_at_the_next_unanswered_face(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    for number in (1, 2, 3):
        block = answer(store, patient, block, number, says(Emotion.FEAR), BROWSER)
    again = recognition.begin(store, patient, BROWSER)
    assert again.id == block.id
    assert again.current is not None
    assert again.current.number == 4
    assert [t.answer.response for t in again.answered if t.answer] == [Response.FEAR] * 3
    assert recognition.today(store, patient).left == 39


@pytest.mark.both_databases
def test_a_second_answer_to_the_same_face_changes_nothing(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    stale = recognition.begin(store, patient, BROWSER)
    block = answer(store, patient, block, 1, says(Emotion.FEAR), BROWSER)
    block = answer(store, patient, block, 1, says(Emotion.SAD), BROWSER)
    other_tab = answer(store, patient, stale, 1, says(Emotion.ANGRY), BROWSER)
    for seen in (block, other_tab):
        assert seen.current is not None
        assert seen.current.number == 2
    with store.begin() as db:
        row = db.scalars(select(TrialRow).where(TrialRow.number == 1)).one()
        assert row.response == "fear"
        assert set(db.scalars(select(ExposureRow.times))) == {1}


def test_a_trial_says_all_that_a_researcher_needs(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    answer(store, patient, block, 1, says(Response.NOT_SURE, best_guess=Emotion.SAD), BROWSER)
    with store.begin() as db:
        row = db.scalars(select(TrialRow).where(TrialRow.number == 1)).one()
        run = db.get_one(BlockRow, row.block_id)
    assert (row.response, row.best_guess, row.response_time_ms) == ("not_sure", "sad", 1000)
    assert row.painted_at is not None
    assert row.answered_at is not None
    assert (row.earlier_face, row.earlier_identity, row.focus_lost) == (0, 0, False)
    assert (row.language, row.device, row.window, row.software) == ("en", "computer", "390x844@3", VERSION)
    assert row.network_probabilities == [0.05, 0.05, 0.1, 0.05, 0.05, 0.65, 0.05]
    assert (run.kind, run.length, len(run.blueprint or "")) == ("check", 42, 64)


def test_earlier_meetings_of_an_identity_are_counted(store: Store, patient: str) -> None:
    run_through(store, patient)
    with store.begin() as db:
        met = list(db.scalars(select(TrialRow.earlier_identity).order_by(TrialRow.number)))
        faces = set(db.scalars(select(TrialRow.earlier_face)))
    assert met[0] == 0
    assert max(times for times in met if times is not None) == 2
    assert faces == {0}


def test_a_timed_face_left_while_shown_is_void_and_replaced_by_its_like(
    store: Store, clinician: str, patient: str
) -> None:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, Plan(exposure_ms=500))
    block = recognition.begin(store, patient, BROWSER)
    tell(store, patient, block, Left(1))
    again = tell(store, patient, block, Painted(1))
    assert again.trials[0].open, "it was left before it was painted"
    again = tell(store, patient, block, Left(1), Left(1))
    void, like = again.trials[0], again.trials[-1]
    assert void.void == "left while shown"
    assert (like.number, like.stimulus.target, like.stimulus.intensity) == (
        43,
        void.stimulus.target,
        void.stimulus.intensity,
    )
    assert like.stimulus.id not in {t.stimulus.id for t in again.trials[:-1]}
    assert len(answer_all(store, patient, again).answered) == 42
    with store.begin() as db:
        assert db.scalars(select(TrialRow.void).where(TrialRow.number == 1)).one() == "left while shown"


def test_a_run_that_is_stopped_keeps_its_answers_and_does_not_count_as_a_check(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    block = answer(store, patient, block, 1, says(Emotion.HAPPY), BROWSER)
    runs.stop(store, patient, block.id)
    assert runs.state(store, patient, block.id).over
    assert stored_answers(store) == 1
    assert recognition.today(store, patient).checks_done == 0


def test_answers_are_counted_for_others_only_with_consent_and_only_when_the_face_is_new(
    store: Store, clinician: str, patient: str
) -> None:
    sharing = new_patient(store, clinician, "P-02", shares_answers=True)
    for token in (patient, sharing):
        block = recognition.begin(store, token, BROWSER)
        answer(store, token, block, 1, says(Emotion.HAPPY), BROWSER)
    with store.begin() as db:
        counted = db.scalars(select(PeopleAnswerRow)).all()
    assert [(row.response, row.people) for row in counted] == [("happy", 1)]


def test_nobody_answers_or_sees_somebody_elses_run(store: Store, clinician: str, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    stranger = new_patient(store, clinician, "P-02")
    for refused in (
        lambda: answer(store, stranger, block, 1, says(Emotion.SAD), BROWSER),
        lambda: tell(store, stranger, block, Painted(1)),
        lambda: runs.stop(store, stranger, block.id),
        lambda: runs.picture(store, stranger, block.id, 1),
        lambda: runs.state(store, stranger, block.id),
        lambda: runs.say_hard(store, stranger, block.id, True),
        lambda: progress.result(store, stranger, block.id),
        lambda: recognition.begin(store, clinician, BROWSER),
        lambda: recognition.today(store, clinician),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert stored_answers(store) == 0


def test_a_page_left_open_loses_its_rights_with_the_sign_in(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    accounts.sign_out(store, patient)
    with pytest.raises(NotSignedIn):
        answer(store, patient, block, 1, says(Emotion.SAD), BROWSER)
    assert block.current is not None
    assert block.current.number == 1


@pytest.mark.both_databases
def test_a_database_that_takes_no_more_is_said_and_the_face_stays_open(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    let_nothing_be_written(store)

    def to_the_end() -> None:
        nonlocal block
        while (trial := block.current) is not None:
            block = answer(store, patient, block, trial.number, says(trial.stimulus.target), BROWSER)

    with pytest.raises(NotSaved):
        to_the_end()
    assert len(block.answered) < 42
    assert stored_answers(store) == len(block.answered)


def test_a_batch_is_kept_whole_or_not_at_all(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    for wrong in (answered(4, says(Emotion.SAD)), answered(43, says(Emotion.SAD)), Painted(9), Left(0)):
        with pytest.raises(OutOfOrder):
            tell(store, patient, block, answered(1, says(Emotion.FEAR)), answered(2, says(Emotion.SAD)), wrong)
    assert stored_answers(store) == 0
    given = [answered(number, says(Emotion.FEAR)) for number in range(1, 43)]
    assert len(tell(store, patient, block, *given, *given).answered) == 42
    assert runs.state(store, patient, block.id).over
    with store.begin() as db:
        assert set(db.scalars(select(ExposureRow.times).where(ExposureRow.what.not_like("%:%")))) == {1}


def test_what_was_answered_before_a_stop_elsewhere_is_kept(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    tell(store, patient, block, answered(1, says(Emotion.FEAR)), Stopped())
    tell(store, patient, block, answered(2, says(Emotion.SAD)))
    assert stored_answers(store) == 2
    with store.begin() as db:
        assert db.get_one(BlockRow, block.id).stopped


def test_a_check_tells_its_browser_nothing_but_places(store: Store, patient: str) -> None:
    block = recognition.begin(store, patient, BROWSER)
    state = runs.state(store, patient, block.id)
    assert [(i.number, i.exposure_ms, i.painted, i.feedback) for i in state.items] == [
        (number, None, False, None) for number in range(1, 43)
    ]
    assert (state.length, state.answered, state.over, state.next) == (42, 0, False, 1)
