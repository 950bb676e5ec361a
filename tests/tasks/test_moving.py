"""Faces that move: six emotions, a peak and a speed by what the person sees, and answers that the skill learns from."""

from dataclasses import replace

from core.domain.emotions import Emotion
from core.domain.exercise.events import Batch
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.services.exercise import beside, plans, runs
from core.storage.database import Store
from core.storage.queries import exercise_queries, summary_queries
from core.storage.tables import BlockRow, now
from core.tasks.moving.task import FAINT, ONSETS, SEEN, TASK
from core.tasks.recognition.adapting import skill_of
from tests.history import answer_all, mistaken
from tests.support import BROWSER, answered


def begin(store: Store, patient: str) -> str:
    return runs.begin(store, patient, BROWSER, TASK)


def told(store: Store, patient: str, run: str) -> list[dict[str, object]]:
    return [dict(item.told) for item in runs.state(store, patient, run).items]


def test_a_browser_is_told_how_far_and_how_fast_a_face_moves_and_not_what_it_shows(store: Store, patient: str) -> None:
    run = begin(store, patient)
    with store.begin() as db:
        items = exercise_queries.run_items(db, run)
    assert len(items) == 14
    assert Emotion.NEUTRAL.word not in {item.target for item in items}
    for item, said in zip(items, told(store, patient, run), strict=True):
        assert {"peak", "onset_ms"} <= said.keys() <= {"peak", "onset_ms", "two"}
        assert said["peak"] in {40, 60, 80, 100}
        faint = sum(int(str(said["peak"])) <= strength for strength in FAINT)
        seen = float(str(item.more["expected"])) >= SEEN
        assert said["onset_ms"] == (ONSETS[faint] if seen else ONSETS[0])


def test_the_stills_of_a_face_go_from_neutral_to_its_peak(store: Store, patient: str) -> None:
    run = begin(store, patient)
    for item in runs.state(store, patient, run).items[:3]:
        last = int(str(item.told["peak"])) // 20
        stills = [runs.picture(store, patient, run, item.number, still) for still in range(last + 1)]
        assert len(set(stills)) == last + 1
        assert stills[-1] == runs.picture(store, patient, run, item.number)


def test_its_answers_tell_of_the_same_skill_and_make_a_day_of_training(
    store: Store, clinician: str, patient: str
) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    run = begin(store, patient)
    with store.begin() as db:
        before = skill_of(db, patient_id).needs()
        block = exercise_queries.load_block(db, db.get_one(BlockRow, run))
    answer_all(store, patient, block, mistaken)
    with store.begin() as db:
        assert skill_of(db, patient_id).needs() != before
        days = summary_queries.training_days(db, patient_id, now().date().replace(year=2000))
    assert len(days) == 1
    score = beside.score(store, patient, run)
    assert score is not None
    assert (score.right, score.shown) == (0, 14)


def test_what_was_missed_is_kept_and_does_not_come_back_in_the_run(store: Store, patient: str) -> None:
    run = begin(store, patient)
    with store.begin() as db:
        block = exercise_queries.load_block(db, db.get_one(BlockRow, run))
    for trial in block.trials[:8]:
        event = answered(trial.number, mistaken(trial))
        state = runs.take(store, patient, run, Batch((event,), trial.number, known=99), BROWSER)
        assert state.answered == trial.number
        assert state.stand_ins == ()


def test_pairs_and_emotions_of_the_plan_hold_where_they_can_and_a_face_stays(
    store: Store, clinician: str, patient: str
) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    only = (Emotion.FEAR, Emotion.SURPRISE, Emotion.NEUTRAL)
    plan = replace(Plan(emotions=only, exposure_ms=500), pairs=((Emotion.FEAR, Emotion.NEUTRAL),))
    plans.set_plan(store, clinician, patient_id, plan)
    run = begin(store, patient)
    with store.begin() as db:
        items = exercise_queries.run_items(db, run)
        assert db.get_one(BlockRow, run).kind == Kind.PRACTICE
    assert {item.target for item in items} == {"fear", "surprise"}
    assert {item.exposure_ms for item in items} == {None}
