"""Faces ahead in a practice follow the answers of the same run: they are easier after two misses running."""

from collections import OrderedDict
from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.events import Answered, Batch
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Answer, Block, Kind, Response, Trial
from core.domain.practice.skill import Skill
from core.services.accounts import accounts
from core.services.exercise import plans, recognition, runs
from core.services.exercise.runs import RunState
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow, TrialRow
from core.tasks.recognition import adapting
from core.tasks.recognition.adapting import skill_in_run, skill_of
from tests.history import as_meant, mistaken, run_through
from tests.support import BROWSER, answered, says

pytestmark = pytest.mark.usefixtures("old_default")

SIX = tuple(emotion for emotion in Emotion if emotion is not Emotion.NEUTRAL)


def rows_of(store: Store, block: Block) -> dict[int, TrialRow]:
    with store.begin() as db:
        rows = db.scalars(select(TrialRow).where(TrialRow.block_id == block.id).order_by(TrialRow.number)).all()
        db.expunge_all()
        return {row.number: row for row in rows}


def told(
    store: Store, patient: str, trial: Trial, block: Block, answer: Answer | None = None, *, stand_in: bool = False
) -> RunState:
    """The answer as meant, or this one."""
    event = answered(trial.number, answer or as_meant(trial))
    event = Answered(trial.number, replace(event.given, stand_in=stand_in))
    return runs.take(store, patient, block.id, Batch((event,), trial.number, known=99), BROWSER)


@pytest.fixture
def practice(store: Store, clinician: str, patient: str) -> Block:
    """Of somebody who sees faint faces."""
    patient_id = accounts.patients(store, clinician)[0].id
    for _ in range(2):
        run_through(store, patient)
    plans.set_plan(store, clinician, patient_id, Plan(emotions=SIX))
    for _ in range(3):
        run_through(store, patient)
    return recognition.begin(store, patient, BROWSER, Kind.PRACTICE)


def eased(store: Store, patient: str, practice: Block) -> int:
    """The number of the first face that is eased while all are missed."""
    for trial in practice.trials:
        told(store, patient, trial, practice, mistaken(trial))
        for number, row in rows_of(store, practice).items():
            if row.answered_at is None and row.more and row.more.get("stand_in_why") == "relief":
                return number
    raise AssertionError("no face was eased")


@pytest.mark.both_databases
def test_after_misses_an_easier_face_is_offered_and_the_row_says_why(
    store: Store, patient: str, practice: Block
) -> None:
    drawn = rows_of(store, practice)
    number = eased(store, patient, practice)
    done = max(number for number, row in rows_of(store, practice).items() if row.answered_at is not None)
    assert done >= 2
    assert 3 <= number - done <= 6
    for trial in practice.trials[done : number - 1]:
        state = told(store, patient, trial, practice)
        assert number in [one.number for one in state.stand_ins]
    told(store, patient, practice.trials[number - 1], practice, stand_in=True)
    before, after = drawn[number], rows_of(store, practice)[number]
    assert after.target == before.target
    assert (after.intensity or 0) > (before.intensity or 0)
    assert after.stimulus_id != before.stimulus_id
    assert after.correct
    assert after.more is not None
    assert before.more is not None
    assert after.more.keys() == {"rival", "format", "expected", "why"}
    assert (after.more["why"], after.more["rival"]) == ("relief", before.more["rival"])


def test_a_browser_that_has_it_not_in_time_shows_the_face_as_it_was_drawn(
    store: Store, patient: str, practice: Block
) -> None:
    drawn = rows_of(store, practice)
    number = eased(store, patient, practice)
    for trial in practice.trials[:number]:
        told(store, patient, trial, practice)
    after = rows_of(store, practice)[number]
    assert (after.stimulus_id, after.intensity, after.more) == (
        drawn[number].stimulus_id,
        drawn[number].intensity,
        drawn[number].more,
    )


def test_the_plan_and_the_mix_with_which_the_run_began_bound_what_stands_in(
    store: Store, clinician: str, patient: str
) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    for _ in range(2):
        run_through(store, patient)
    plans.set_plan(store, clinician, patient_id, Plan(emotions=SIX, practice_intensities=(40, 60)))
    for _ in range(2):
        run_through(store, patient)
    narrow = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    plans.set_plan(store, clinician, patient_id, Plan(emotions=SIX))
    for trial in narrow.trials:
        waits = "stand_in" in (rows_of(store, narrow)[trial.number].more or {})
        told(store, patient, trial, narrow, says(Response.NOT_SURE), stand_in=waits)
    assert {row.intensity for row in rows_of(store, narrow).values()} <= {40, 60}


def test_a_face_that_could_not_be_seen_changes_nothing(store: Store, patient: str, practice: Block) -> None:
    drawn = rows_of(store, practice)
    for trial in practice.trials[:4]:
        assert told(store, patient, trial, practice, says(Response.CANNOT_SEE)).stand_ins == ()
    assert all(row.more == drawn[number].more for number, row in rows_of(store, practice).items())


def test_at_one_strength_nothing_follows(store: Store, clinician: str, patient: str) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    plans.set_plan(store, clinician, patient_id, Plan(adaptive=False))
    for _ in range(2):
        run_through(store, patient)
    block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    for trial in block.trials[:8]:
        told(store, patient, trial, block)
    assert all(row.more is None for row in rows_of(store, block).values())


def test_the_skill_while_a_run_goes_on_is_that_of_all_answers(store: Store, patient: str, practice: Block) -> None:
    seen = []
    for trial in practice.trials[:6]:
        told(store, patient, trial, practice, mistaken(trial) if trial.number % 2 else as_meant(trial))
        with store.begin() as db:
            row = db.get_one(BlockRow, practice.id)
            in_run, _ = skill_in_run(db, row, exercise_queries.load_block(db, row).trials)
            whole = skill_of(db, row.person_id)
        for emotion in SIX:
            assert in_run.threshold(emotion) == pytest.approx(whole.threshold(emotion))
            assert in_run.likeliest_rival(emotion) is whole.likeliest_rival(emotion)
        seen.append([in_run.threshold(emotion) for emotion in SIX])
    assert all(one != other for one, other in pairwise(seen))


def test_what_was_known_before_a_run_is_forgotten_once_too_many_others_are_played(
    store: Store, patient: str, practice: Block, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = OrderedDict(another=(Skill(), frozenset[str]()))
    monkeypatch.setattr(adapting, "RUNS_IN_MEMORY", 1)
    monkeypatch.setattr(adapting, "_BEFORE", kept)
    told(store, patient, practice.trials[0], practice)
    assert list(kept) == [practice.id]
