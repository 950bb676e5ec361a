"""What is left out of a day stays so on that day, wherever the person signs in, and comes again on the next."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.domain.exercise.programme import DayPart
from core.domain.patient.consent import Purpose
from core.domain.programme.today import DayPlace
from core.services.accounts import accounts
from core.services.exercise import left_out, plans
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from core.storage.tables import LeftOutPartRow
from tests.services.exercise.led import PLAN, Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import PASSWORD


@pytest.fixture
def led(store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, PLAN)
    agree_to_diary(store, patient)
    led = Led(store, patient, monkeypatch).on(1)
    led.do_next()
    led.do_next()
    return led


def parts(led: Led) -> list[DayPart]:
    return [step.part for step in led.today().steps]


def kept(store: Store) -> set[tuple[str, str]]:
    with store.begin() as db:
        return {(str(row.day), row.part) for row in db.scalars(select(LeftOutPartRow))}


def test_it_stays_left_out_for_the_day_on_every_browser_and_comes_again_on_the_next(store: Store, led: Led) -> None:
    assert parts(led) == [DayPart.CHECK_IN, DayPart.READING]
    left_out.leave_out(store, led.token, DayPart.CHECK_IN)
    left_out.leave_out(store, led.token, DayPart.CHECK_IN)
    assert parts(led) == [DayPart.READING]
    led.token = accounts.sign_in(store, "P-01", PASSWORD)
    assert parts(led) == [DayPart.READING]
    left_out.leave_out(store, led.token, DayPart.READING)
    assert (parts(led), led.today().place) == ([], DayPlace.DONE)
    assert not left_out.is_left_out(store, led.token, DayPart.QUESTIONNAIRE)
    led.on(2)
    assert {DayPart.CHECK_IN, DayPart.READING} <= set(parts(led))
    left_out.leave_out(store, led.token, DayPart.READING)
    assert kept(store) == {(str(led.own_day()), "reading")}, "nothing is kept of other days"


def test_without_a_consent_to_the_record_nothing_is_kept(store: Store, led: Led) -> None:
    consents.decide(store, led.token, Purpose.TREATMENT, newest(Purpose.TREATMENT), False)
    left_out.leave_out(store, led.token, DayPart.READING)
    assert kept(store) == set()


def test_a_programme_that_is_taken_away_asks_nothing_and_what_was_left_out_stays_so(
    store: Store, clinician: str, led: Led
) -> None:
    left_out.leave_out(store, led.token, DayPart.QUESTIONNAIRE)
    plans.set_plan(store, clinician, led.id, replace(PLAN, programme=None))
    assert left_out.is_left_out(store, led.token, DayPart.QUESTIONNAIRE)
