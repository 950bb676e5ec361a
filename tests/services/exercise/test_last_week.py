"""The last week of a programme: the summary of one's own words comes once, a questionnaire while it is asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.exercise.programme import DayPart, Programme, six_weeks
from core.services.accounts import accounts
from core.services.exercise import plans, reading
from core.storage.database import Store
from core.storage.tables import QuestionnaireFormRow, now
from tests.services.exercise.led import PLAN, Led, begin_training
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import BROWSER

LAST = replace(PLAN, programme=Programme(six_weeks((DayPart.LESSON, DayPart.CONTEXT)).days[-1:]))
"""A programme that has its last day only."""


@pytest.fixture
def led(store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, LAST)
    led = Led(store, patient, monkeypatch)
    begin_training(led, clinician, led.id)
    return led


def parts(led: Led) -> list[str]:
    return [step.part for step in led.today().steps]


def test_who_keeps_no_diary_has_nothing_to_sum_up(led: Led) -> None:
    assert parts(led) == ["practice"]


def test_the_summary_comes_once_there_is_something_in_it_and_once_only(store: Store, led: Led) -> None:
    agree_to_diary(store, led.token)
    assert parts(led) == ["check_in", "practice"], "nothing was told yet"
    check_in(store, led.token)
    assert parts(led) == ["summary", "practice"]
    for _ in range(2):
        reading.keep_summed_up(store, led.token, BROWSER)
    assert parts(led) == ["practice"]
    assert led.on(3).today().steps[0].part is DayPart.CHECK_IN
    assert "summary" not in parts(led)


def test_a_questionnaire_stands_in_the_day_until_it_is_filled_in(store: Store, led: Led) -> None:
    with store.begin() as db:
        row = QuestionnaireFormRow(
            person_id=led.id, questionnaire="tas20", language="en", items_hash="0" * 64, items=20
        )
        db.add(row)
    assert parts(led) == ["questionnaire", "practice"]
    assert led.today().steps[0].seconds > timedelta(minutes=3).total_seconds()
    with store.begin() as db:
        db.merge(row).ended_at = now()
    assert parts(led) == ["practice"]
