"""A check-in of who is led through a programme: few questions first, then more, and finer words in the third week."""

from dataclasses import replace

import pytest

from core.domain.exercise.programme import Programme, six_weeks
from core.domain.feelings.check_in import Part
from core.services.accounts import accounts
from core.services.exercise import plans
from core.services.feelings import check_ins
from core.storage.database import Store
from tests.services.exercise.led import PLAN, Led, begin_training
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import BROWSER

FIRST = (Part.BODY, Part.GRID, Part.WORDS)


def begun_in(
    week: int, store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch
) -> check_ins.OpenCheckIn:
    """A check-in after nine with three words, in this week of training."""
    days = tuple(day for day in six_weeks().training if day.week == week)
    plan = replace(PLAN, programme=Programme(days))
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, plan)
    led = Led(store, patient, monkeypatch)
    begin_training(led, clinician, led.id)
    agree_to_diary(store, patient)
    for word in ("angry", "sad", "happy") * 3:
        check_in(store, patient, (word,))
    return check_ins.begin(store, patient, BROWSER)


@pytest.mark.parametrize(
    ("week", "asked", "grade"),
    [
        (1, FIRST, 1),
        (2, (*FIRST, Part.RATINGS), 1),
        (3, (*FIRST, Part.RATINGS), 2),
        (4, (*FIRST, Part.RATINGS, Part.SITUATION), 2),
    ],
)
def test_each_week_has_its_questions_and_words(
    store: Store,
    clinician: str,
    patient: str,
    monkeypatch: pytest.MonkeyPatch,
    week: int,
    asked: tuple[Part, ...],
    grade: int,
) -> None:
    begun = begun_in(week, store, clinician, patient, monkeypatch)
    assert (begun.asked, begun.grade) == (asked, grade)


def test_without_a_programme_all_is_asked_and_the_words_go_by_the_check_ins(store: Store, patient: str) -> None:
    agree_to_diary(store, patient)
    for word in ("angry", "sad", "happy") * 3:
        check_in(store, patient, (word,))
    begun = check_ins.begin(store, patient, BROWSER)
    assert (begun.asked, begun.grade) == ((*FIRST, Part.RATINGS, Part.SITUATION), 2)


def test_before_training_the_nine_plainest_words_are_offered(store: Store, clinician: str, patient: str) -> None:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, PLAN)
    agree_to_diary(store, patient)
    begun = check_ins.begin(store, patient, BROWSER)
    assert (begun.asked, begun.grade) == (FIRST, 1)
