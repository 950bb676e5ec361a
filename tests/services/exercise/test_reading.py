"""Pages to read: one a day of the first week, kept once, in their order."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from core.domain.exercise.programme import DayPart
from core.domain.people import Refusal
from core.domain.programme.today import DayPlace
from core.services.accounts import accounts
from core.services.exercise import plans, reading
from core.storage.database import Store
from core.storage.tables import BlockRow, TrialRow
from core.tasks.reading.pages import page_names, reading_page
from core.tasks.reading.task import READING
from tests.services.exercise.led import PLAN, Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER


@pytest.fixture
def led(store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    plan = replace(PLAN.in_blocks("standard"), programme=PLAN.programme)
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, plan)
    agree_to_diary(store, patient, yes=False)
    return Led(store, patient, monkeypatch)


def test_each_day_of_the_first_week_ends_with_the_next_page(led: Led) -> None:
    read = []
    for day in range(7):
        led.on(day)
        while (step := led.today().next) is not None and step.part is not DayPart.READING:
            led.do(step)
        assert step is not None
        assert led.today().steps == (step,), "the last part of the day"
        read.append(step.page)
        led.do(step)
        assert led.today().place is DayPlace.DONE, "one a day"
    assert tuple(read) == page_names()


def test_who_leaves_one_out_reads_it_the_next_day_and_a_day_of_training_has_none(led: Led) -> None:
    led.on(0)
    led.do_next()
    led.do_next()
    assert [step.page for step in led.on(1).today().steps if step.page] == [page_names()[0]]
    assert PLAN.programme is not None
    assert not any(DayPart.READING in day.parts for day in PLAN.programme.training)


def test_a_page_is_kept_once_and_one_that_does_not_exist_is_refused(store: Store, patient: str) -> None:
    for _ in range(2):
        reading.keep_read(store, patient, BROWSER, "body")
    with store.begin() as db:
        assert db.scalar(select(func.count()).where(BlockRow.task == READING)) == 1
        [row] = db.scalars(select(TrialRow)).all()
    assert (row.response, row.scored, row.correct) == ("read", None, None)
    assert row.answered_at is not None
    with pytest.raises(Refusal, match="no such page"):
        reading.keep_read(store, patient, BROWSER, "nowhere")


def test_what_is_missing_in_a_language_appears_in_english() -> None:
    assert reading_page("body", "tlh") == reading_page("body", "en")
    with pytest.raises(ValueError, match="expected one of no_words"):
        reading_page("nowhere", "en")
