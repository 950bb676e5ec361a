"""A programme from its first day to its last, with the clock moved: what was done is all that it knows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.exercise.programme import DayPart
from core.domain.programme.today import AWAY, DayPlace, DayStep
from core.services.accounts import accounts
from core.services.exercise import plans, programme, runs
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow, TrainingDayRow
from tests.services.exercise.led import BASELINE, DAYS, PLAN, Led, begin_training
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    found = accounts.patients(store, clinician)[0].id
    plans.set_plan(store, clinician, found, PLAN)
    return found


@pytest.fixture
def led(store: Store, patient: str, patient_id: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    return Led(store, patient, monkeypatch)


def test_from_the_first_day_to_the_last_each_day_ends_and_counts_once(store: Store, led: Led) -> None:
    agree_to_diary(store, led.token)
    assert led.on(0).do_the_day() == ["check 14", "check 21", "check_in", "reading"]
    assert led.today().place is DayPlace.DONE
    for day in range(1, BASELINE):
        assert led.on(day).do_the_day() == ["check 21", "check_in", "reading"]
    assert (led.today().place, led.today().days_done) == (DayPlace.DONE, 0), "training begins tomorrow"
    done = [led.on(day).do_the_day() for day in range(BASELINE, BASELINE + DAYS)]
    lessons = ["six_feelings", None, "fear_surprise", "six_feelings", "fear_surprise"]
    assert [day[1:-1] for day in done[:5]] == [[name] if name else [] for name in lessons]
    assert all((day[0], day[-1]) == ("check_in", "practice 7") for day in done)
    assert (led.today().place, led.today().weeks_done) == (DayPlace.FINISHED, 2)


def test_practice_of_a_day_is_mixed_as_its_programme_says(
    store: Store, clinician: str, led: Led, patient_id: str
) -> None:
    begin_training(led, clinician, patient_id)
    assert PLAN.programme is not None
    for day in range(2, 6):
        strengths = _strengths(store, programme.begin(store, led.token, BROWSER, led.on(day).today().steps[-1]))
        least, most = PLAN.programme.mix_on(day - 2).strengths
        assert {least, most} >= strengths
        assert (day > 3) == (80 in strengths)
        led.do_the_day()
    free = programme.begin(store, led.token, BROWSER, DayStep(DayPart.PRACTICE, 14))
    assert min(_strengths(store, free)) < 80, "a practice beside the day is as usual"


def _strengths(store: Store, run: str) -> set[int]:
    with store.begin() as db:
        trials = exercise_queries.load_block(db, db.get_one(BlockRow, run)).trials
        return {trial.stimulus.intensity for trial in trials if trial.stimulus.intensity}


def test_a_practice_that_was_ended_early_ends_the_day_and_after_a_pause_the_day_is_short(
    store: Store, clinician: str, led: Led, patient_id: str
) -> None:
    begin_training(led, clinician, patient_id)
    day = led.today()
    assert day.steps[-1].part is DayPart.PRACTICE
    run = programme.begin(store, led.token, BROWSER, day.steps[-1])
    assert programme.open_run(store, led.token) == programme.OpenRun(run, 7)
    runs.stop(store, led.token, run)
    assert (led.today().place, led.today().days_done) == (DayPlace.DONE, 1)
    back = led.on(2 + AWAY).today()
    assert (back.back, [step.part for step in back.steps]) == (True, [DayPart.PRACTICE])
    assert led.do_next() == "practice 7"
    assert led.today().place is DayPlace.DONE


def test_paused_nothing_is_asked_and_afterwards_it_goes_on_where_it_was(
    store: Store, clinician: str, led: Led, patient_id: str
) -> None:
    begin_training(led, clinician, patient_id)
    led.do_the_day()
    assert PLAN.programme is not None
    plans.set_plan(store, clinician, patient_id, replace(PLAN, programme=replace(PLAN.programme, paused=True)))
    assert (led.today().place, led.on(3).today().place) == (DayPlace.PAUSED, DayPlace.PAUSED)
    plans.set_plan(store, clinician, patient_id, PLAN)
    assert (led.today().place, led.today().days_done) == (DayPlace.ASKED, 1)
    plans.set_plan(store, clinician, patient_id, replace(PLAN, programme=None))
    assert programme.today(store, led.token) is None


def test_days_before_the_programme_count_for_none_of_it(
    store: Store, clinician: str, led: Led, patient_id: str
) -> None:
    plans.set_plan(store, clinician, patient_id, replace(PLAN, programme=None))
    with store.begin() as db:
        db.add(TrainingDayRow(person_id=patient_id, day=led.first - timedelta(days=1), seconds=60))
    plans.set_plan(store, clinician, patient_id, PLAN)
    begin_training(led, clinician, patient_id)
    assert led.today().days_done == 0
