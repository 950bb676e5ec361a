"""A practice follows the person's own answers, says why each face was chosen, and may offer two answers only."""

from collections import Counter

import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.events import NotUnderstood
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Answer, Kind, Response, Trial
from core.services.accounts import accounts
from core.services.exercise import plans, recognition, runs
from core.storage.database import Store
from core.storage.tables import BlockRow, PeopleAnswerRow, TrialRow
from core.tasks.recognition.adapting import skill_of
from tests.history import answer, answer_all, run_through
from tests.support import BROWSER, new_patient, says

pytestmark = pytest.mark.usefixtures("old_default")

FEAR, SURPRISE = Emotion.FEAR, Emotion.SURPRISE


def takes_fear_for_surprise(trial: Trial) -> Answer:
    target = trial.stimulus.target
    return says(trial.rival or SURPRISE if target is FEAR else target)


def practised(store: Store, patient: str, runs_of_practice: int) -> None:
    for _ in range(2 + runs_of_practice):
        run_through(store, patient, takes_fear_for_surprise)


def rows_of(store: Store, run_id: str) -> list[TrialRow]:
    with store.begin() as db:
        rows = db.scalars(select(TrialRow).where(TrialRow.block_id == run_id).order_by(TrialRow.number)).all()
        db.expunge_all()
        return list(rows)


@pytest.mark.both_databases
def test_what_was_mixed_up_comes_more_often_with_both_members_and_two_answers(store: Store, patient: str) -> None:
    practised(store, patient, 3)
    block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    rows = rows_of(store, block.id)
    drilled = [row.more for row in rows if row.more and row.more["why"] != "even"]
    assert len(drilled) == 8
    pair = [row for row in rows if row.more and {row.target, row.more["rival"]} == {"fear", "surprise"}]
    assert Counter(row.more["why"] for row in pair if row.more)["due"] >= 4
    fear = [row for row in pair if row.target == "fear"]
    assert {row.more["format"] for row in fear if row.more} == {"two"}
    assert all(0 < row.more["expected"] < 1 for row in rows if row.more)


def test_a_browser_is_told_the_two_answers_and_only_these_are_taken(store: Store, patient: str) -> None:
    practised(store, patient, 3)
    block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    told = {item.number: item.told for item in runs.state(store, patient, block.id).items}
    two = {row.number: row for row in rows_of(store, block.id) if row.more and row.more["format"] == "two"}
    assert two
    for number, said in told.items():
        members = {two[number].target, (two[number].more or {})["rival"]} if number in two else set()
        assert set(str(said.get("two", "")).split()) == members
    first = min(two)
    for trial in block.trials[: first - 1]:
        block = answer(store, patient, block, trial.number, says(trial.stimulus.target))
    with pytest.raises(NotUnderstood):
        answer(store, patient, block, first, says(Emotion.HAPPY))
    block = answer(store, patient, block, first, says(Response.NOT_SURE))
    assert block.trials[first - 1].answer is not None


def test_an_answer_of_two_is_not_counted_among_people(store: Store, clinician: str) -> None:
    sharing = new_patient(store, clinician, "P-02", shares_answers=True)
    practised(store, sharing, 3)
    block = recognition.begin(store, sharing, BROWSER, Kind.PRACTICE)
    rows = {row.number: row for row in rows_of(store, block.id)}

    def counted() -> int:
        with store.begin() as db:
            return sum(db.scalars(select(PeopleAnswerRow.people)))

    for trial in block.trials:
        before, more = counted(), rows[trial.number].more
        block = answer(store, sharing, block, trial.number, says(trial.stimulus.target))
        new = block.trials[trial.number - 1].first_meeting
        assert counted() - before == int(new)
        if more and more["format"] == "two":
            assert not new


def test_a_run_that_was_begun_before_is_finished_and_learnt_from(store: Store, patient: str) -> None:
    """An open run of a release before has no reasons beside its faces."""
    for _ in range(2):
        run_through(store, patient)
    block = recognition.begin(store, patient, BROWSER)
    with store.begin() as db:
        row = db.get_one(BlockRow, block.id)
        row.design = {"level": 100, **Plan().to_json()}
        for trial in db.scalars(select(TrialRow).where(TrialRow.block_id == block.id)):
            trial.more = None
    assert len(answer_all(store, patient, block, takes_fear_for_surprise).answered) == 14
    with store.begin() as db:
        skill = skill_of(db, row.person_id)
    assert skill.expected(FEAR, 100) < skill.expected(Emotion.HAPPY, 100)
    assert skill.reviews.waits_for((FEAR, SURPRISE), 10**6)


def test_a_clinician_may_switch_it_off_and_pin_pairs(store: Store, clinician: str, patient: str) -> None:
    practised(store, patient, 3)
    person_id = accounts.patients(store, clinician)[0].id
    plans.set_plan(store, clinician, person_id, Plan(adaptive=False))
    block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    assert {row.more for row in rows_of(store, block.id)} == {None}
    runs.stop(store, patient, block.id)
    plans.set_plan(store, clinician, person_id, Plan(pairs=((Emotion.HAPPY, Emotion.NEUTRAL),)))
    block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    pairs = {
        frozenset((row.target, row.more["rival"]))
        for row in rows_of(store, block.id)
        if row.more and row.more["why"] == "pair"
    }
    assert pairs == {frozenset(("happy", "neutral"))}
