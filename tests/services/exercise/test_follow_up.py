"""Is it kept? From the end of training to the last of six checks in the eighteenth week, with the clock moved."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.domain.exercise.programme import DayPart, FollowUp, Programme, six_weeks
from core.domain.people import Refusal
from core.domain.programme.today import DayPlace, DayStep
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.services.accounts import accounts
from core.services.clinic.caseload import caseload
from core.services.clinic.record import review
from core.services.exercise import course, plans, programme, progress, recognition, summary
from core.storage.database import Store
from core.storage.queries import plan_queries
from core.storage.tables import CoursePartRow
from tests.history import as_meant, mistaken
from tests.services.exercise.led import END_FROM, FOLLOW_UP_FROM, KEEPING, PLAN, Led, to_the_end
from tests.support import BROWSER


@pytest.fixture
def led(store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch) -> Led:
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, KEEPING)
    return Led(store, patient, monkeypatch)


def course_of(led: Led) -> Course:
    found = progress.progress(led.store, led.token).course
    assert found is not None
    return found


def test_from_the_end_over_the_weeks_without_anything_to_six_checks_and_what_they_found(
    store: Store, clinician: str, led: Led
) -> None:
    to_the_end(led)
    assert course_of(led).kind is VerdictKind.BETTER
    ahead = led.today()
    assert (ahead.place, ahead.steps) == (DayPlace.FINISHED, ())
    assert ahead.later is not None
    assert (ahead.later.days, ahead.later.weeks, ahead.later.checks) == (84, 12, 6)
    assert led.do(DayStep(DayPart.PRACTICE, 7)) == "practice 7", "whoever likes may practise"
    assert led.on(FOLLOW_UP_FROM - 1).today().later is not None
    days = [FOLLOW_UP_FROM + later for later in (0, 1, 5, 6, 7, 9)]
    for made, day in enumerate(days):
        asked = led.on(day).today()
        assert (asked.place, asked.follow_up, [step.part for step in asked.steps]) == (
            DayPlace.ASKED,
            (made, 6),
            [DayPart.CHECK],
        )
        [line] = caseload(store, clinician).lines
        assert (line.finished, line.concerns) == (True, ()), "days that are missed are not counted against anybody"
        assert led.do_the_day() == ["check 21"]
        if day != days[-1]:
            assert (led.today().place, led.today().follow_up) == (DayPlace.DONE, (made + 1, 6))
            with pytest.raises(Refusal, match="all for today"):
                programme.begin(store, led.token, BROWSER, DayStep(DayPart.PRACTICE, 7))
    over = led.today()
    assert (over.place, over.kept, over.later, over.follow_up) == (DayPlace.FINISHED, True, None, None)
    found = course_of(led)
    assert (found.kind, found.said == found.closed[1], found.closed[-1]) == (VerdictKind.BETTER, True, found.later)
    assert found.later is not None
    assert found.later.verdict is not None
    assert found.later.still is not None
    assert (found.later.verdict.kind, found.later.still.kind) == (VerdictKind.COULD_NOT_TELL, VerdictKind.BETTER)
    seen = review(store, clinician, led.id)
    assert seen.progress.course == found
    assert [part for part, _ in seen.blocks] == [CoursePart.BASELINE, CoursePart.END, CoursePart.FOLLOW_UP]
    with store.begin() as db:
        assert plan_queries.closed_parts(db, led.id) == list(found.closed)
    assert led.do(DayStep(DayPart.PRACTICE, 7)) == "practice 7"


def test_a_loss_is_found_and_stands_in_the_list_beside_the_verdict_that_stays(
    store: Store, clinician: str, led: Led
) -> None:
    to_the_end(led)
    led.say = lambda trial: mistaken(trial) if trial.number <= 9 else as_meant(trial)
    for later in range(6):
        led.on(FOLLOW_UP_FROM + later).do_the_day()
    [line] = caseload(store, clinician).lines
    assert line.verdict is VerdictKind.BETTER
    assert line.change is not None
    assert line.change.later == VerdictKind.WORSE
    assert line.change.later_gain == pytest.approx(-7 / 21)


def test_the_clinician_closes_it_or_switches_it_off_and_practice_comes_back(
    store: Store, clinician: str, led: Led
) -> None:
    to_the_end(led)
    for later in range(2):
        led.on(FOLLOW_UP_FROM + later).do_the_day()
    led.on(FOLLOW_UP_FROM + 2)
    plans.set_plan(store, clinician, led.id, PLAN)
    assert course_of(led).open is None
    assert led.today().follow_up is None
    plans.set_plan(store, clinician, led.id, KEEPING)
    assert led.today().follow_up == (2, 6), "what was made is there when it is switched on again"
    course.close_part(store, clinician, led.id)
    found = course_of(led)
    assert (found.open, found.closed[-1].by_clinician, len(found.closed[-1].checks)) == (None, True, 2)
    with store.begin() as db:
        assert db.scalars(select(CoursePartRow.part).where(CoursePartRow.closed_by.is_not(None))).all() == ["follow_up"]
    assert recognition.begin(store, led.token, BROWSER).kind == "practice"


def test_the_list_has_what_was_found_when_its_window_is_over_though_nobody_comes_back(
    store: Store, clinician: str, led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_the_end(led)
    monkeypatch.setattr(summary, "now", lambda: led.at)
    for later in range(3):
        led.on(FOLLOW_UP_FROM + later).do_the_day()
    led.on(FOLLOW_UP_FROM + 24)
    assert summary.close_overdue_parts(store) == 0
    led.on(FOLLOW_UP_FROM + 25)
    assert summary.close_overdue_parts(store) == 1
    [line] = caseload(store, clinician).lines
    assert line.change is not None
    assert line.change.later == VerdictKind.COULD_NOT_TELL
    assert course_of(led).open is None


def test_the_next_phase_may_begin_in_between_and_then_it_is_not_asked(store: Store, clinician: str, led: Led) -> None:
    to_the_end(led)
    course.begin_next_phase(store, clinician, led.id)
    assert led.on(FOLLOW_UP_FROM + 1).today().follow_up is None
    assert course_of(led).phase == 2


def test_training_that_goes_on_after_the_end_of_the_checks_puts_it_off(store: Store, clinician: str, led: Led) -> None:
    to_the_end(led)
    end = led.today().later
    assert end is not None
    longer = replace(KEEPING, programme=Programme(six_weeks().days[: 7 + 4], follow_up=FollowUp()))
    plans.set_plan(store, clinician, led.id, longer)
    led.say = as_meant
    led.on(END_FROM + 20).do_the_day()
    later = course_of(led).follow_up_on
    assert later is not None
    assert later.toordinal() == end.first + 15
