"""A long day: after a quarter of an hour over all devices an end is offered, and the next day nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.domain.exercise.programme import DayPart
from core.domain.programme.today import DayPlace
from core.services.accounts import accounts
from core.services.exercise import plans, programme, recognition
from core.storage.database import Store
from core.storage.tables import BlockRow, CheckInRow, TrialRow
from tests.history import answer, answer_all, as_meant
from tests.services.exercise.led import PLAN, Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER


def last_so_long(store: Store, run: str, each: timedelta) -> None:
    """As if each item of the run had taken so long."""
    with store.begin() as db:
        trials = db.scalars(select(TrialRow).where(TrialRow.block_id == run).order_by(TrialRow.number)).all()
        began = trials[0].answered_at
        assert began is not None
        for place, trial in enumerate(one for one in trials if one.answered_at):
            trial.answered_at = began + place * each


@pytest.fixture
def led(store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, PLAN)
    return Led(store, patient, monkeypatch)


def a_check_of(led: Led, each: timedelta) -> None:
    """The warm-up and the first check; each face of both took so long."""
    for _ in range(2):
        led.do_next()
        with led.store.begin() as db:
            newest = db.scalars(select(BlockRow.id).order_by(BlockRow.number.desc()).limit(1)).one()
        last_so_long(led.store, newest, each)


def test_a_quarter_of_an_hour_of_answers_ends_the_day_kindly_and_the_next_goes_on(led: Led) -> None:
    agree_to_diary(led.store, led.token)
    led.on(0)
    a_check_of(led, timedelta(seconds=20))
    assert led.today().place is DayPlace.ASKED, "eleven minutes"
    assert not programme.is_enough(led.store, led.token)
    with led.store.begin() as db:
        db.add(CheckInRow(person_id=led.id, at=led.at, day=led.own_day(), ended_at=led.at + timedelta(hours=2)))
    assert led.today().place is DayPlace.ENOUGH, "and five of a check-in that lay aside, of which nothing was told"
    assert [step.part for step in led.today().steps] == [DayPart.CHECK_IN, DayPart.READING]
    assert programme.is_enough(led.store, led.token)
    assert led.on(1).today().place is DayPlace.ASKED
    assert led.do_next() == "check 21"


def test_a_telephone_that_lay_aside_makes_no_long_day(led: Led) -> None:
    led.on(0)
    led.do_next()
    with led.store.begin() as db:
        run = db.scalars(select(BlockRow.id)).one()
        first = db.scalars(select(TrialRow.answered_at).where(TrialRow.block_id == run)).first()
        assert first is not None
        db.execute(
            update(TrialRow)
            .where(TrialRow.block_id == run, TrialRow.number > 7)
            .values(answered_at=first + timedelta(hours=3))
        )
    assert not programme.is_enough(led.store, led.token)


def test_a_check_that_was_begun_can_always_be_gone_on_with(led: Led) -> None:
    led.on(0)
    led.do_next()
    with led.store.begin() as db:
        warm_up = db.scalars(select(BlockRow.id)).one()
    last_so_long(led.store, warm_up, timedelta(minutes=1))
    block = recognition.begin(led.store, led.token, BROWSER)
    for number in range(1, 4):
        block = answer(led.store, led.token, block, number, as_meant(block.trials[number - 1]))
    last_so_long(led.store, block.id, timedelta(minutes=1))
    assert programme.is_enough(led.store, led.token)
    assert programme.open_run(led.store, led.token) == programme.OpenRun(block.id, 18)
    answer_all(led.store, led.token, block)
    assert led.today().place is DayPlace.ENOUGH
