"""A course of checks in blocks, day by day: one counted check a day of the person's own, and a verdict that stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core.domain.exercise.plan import Plan
from core.domain.exercise.presets import WARM_UP
from core.domain.exercise.trials import Block, Kind
from core.domain.people import NotAllowed, Refusal
from core.domain.statistics.block_limits import course_limits
from core.domain.statistics.block_verdict import DayCount, block_verdict
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.services.accounts import accounts
from core.services.clinic.caseload import caseload
from core.services.clinic.record import review
from core.services.exercise import course, plans, played_run, progress, recognition, run_rows, runs, summary
from core.storage.database import Store
from core.storage.tables import BlockRow, CoursePartRow, SummaryRow
from core.tasks.recognition import course_state
from tests.history import Say, answer_all, as_meant, mistaken
from tests.support import BROWSER, new_clinician, new_patient

PLAN = Plan(practice_length=7).in_blocks("standard")
WRONG_BEFORE, WRONG_AFTER = 9, 4
"""Of 21."""


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    found = accounts.patients(store, clinician)[0].id
    plans.set_plan(store, clinician, found, PLAN)
    return found


class Days:
    """A patient at a clock that the test sets."""

    def __init__(self, store: Store, patient: str, monkeypatch: pytest.MonkeyPatch, zone: str, first: date) -> None:
        self.store, self.patient, self.zone, self.first = store, patient, ZoneInfo(zone), first
        self.browser = replace(BROWSER, time_zone=zone)
        self.at = datetime.combine(first, datetime.min.time(), self.zone)
        for module in (course_state, run_rows, played_run, summary):
            monkeypatch.setattr(module, "now", lambda: self.at.astimezone(UTC))

    def on(self, day: int, hour: float = 10) -> "Days":
        """The own day number `day`, from 0."""
        local = datetime.combine(self.first + timedelta(days=day), datetime.min.time(), self.zone)
        self.at = local.replace(hour=int(hour), minute=round(60 * (hour % 1)))
        return self

    def today(self) -> recognition.Today:
        return recognition.today(self.store, self.patient)

    def run(self, say: Say = as_meant) -> Block:
        return answer_all(self.store, self.patient, recognition.begin(self.store, self.patient, self.browser), say)

    def course(self) -> Course:
        found = progress.progress(self.store, self.patient).course
        assert found is not None
        return found


@pytest.fixture
def days(store: Store, patient: str, patient_id: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, date], Days]:
    return lambda zone, first: Days(store, patient, monkeypatch, zone, first)


def some_wrong(times: int) -> Say:
    """Mistakes in the first faces."""
    return lambda trial: mistaken(trial) if trial.number <= times else as_meant(trial)


def baseline(here: Days) -> None:
    here.on(0).run()
    for day in range(7):
        here.on(day).run(some_wrong(WRONG_BEFORE))


def practise(here: Days, first: int, last: int) -> None:
    for day in range(first, last):
        here.on(day).run()


@pytest.mark.parametrize(
    ("zone", "first"),
    [("America/Los_Angeles", date(2026, 3, 5)), ("Pacific/Auckland", date(2026, 4, 1))],
)
def test_one_check_a_day_also_where_a_day_has_another_length(
    days: Callable[[str, date], Days], zone: str, first: date
) -> None:
    here = days(zone, first)
    here.on(0).run()
    for day in range(5):
        assert here.on(day, 23.5 if day % 2 else 0.5).today().kind is Kind.CHECK
        here.run()
        assert here.today().kind is None


def test_a_course_from_the_first_day_to_the_verdict_over_a_change_of_the_hour(
    store: Store, clinician: str, patient_id: str, days: Callable[[str, date], Days]
) -> None:
    first = date(2026, 3, 25)
    here = days("Europe/Madrid", first)
    asked = here.on(0).today()
    assert (asked.kind, asked.faces) == (Kind.PRACTICE, WARM_UP)
    here.run()
    for day in range(7):
        asked = here.on(day, 23.5 if day % 2 else 0.5).today()
        assert (asked.kind, asked.faces, asked.checks_done) == (Kind.CHECK, 21, day)
        here.run(some_wrong(WRONG_BEFORE))
        if day < 6:
            assert here.today().kind is None
        with pytest.raises(Refusal):
            recognition.begin(store, here.patient, here.browser, Kind.CHECK)
    assert here.course().kind is VerdictKind.BASELINE
    practise(here, 7, 22)
    for day in (22, 23):
        here.on(day).run(some_wrong(WRONG_BEFORE - 1))
        assert here.today().kind is Kind.PRACTICE
    assert here.course().kind is VerdictKind.CANNOT_TELL
    for day in range(24, 38):
        assert here.on(day).today().kind is Kind.CHECK
        here.run(some_wrong(WRONG_AFTER))
        assert here.today().kind is Kind.PRACTICE
    found = here.course()
    assert (found.over, found.kind) == (True, VerdictKind.BETTER)
    assert found.said is not None
    expected = block_verdict(
        [DayCount(21 - WRONG_BEFORE, 21)] * 7,
        [DayCount(21 - WRONG_AFTER, 21)] * 14,
        course_limits(PLAN.design).end,
        True,
    )
    assert found.said.verdict == expected
    assert found.said.on == first + timedelta(days=37)
    with store.begin() as db:
        own = list(db.scalars(select(BlockRow.own_day).where(BlockRow.own_day.is_not(None))))
        row = db.scalars(select(SummaryRow)).one()
    assert len(own) == len(set(own)) == 23
    assert row.verdict == VerdictKind.BETTER
    assert row.gain == pytest.approx(expected.gain)
    [line] = caseload(store, clinician).lines
    assert (line.verdict, line.finished) == (VerdictKind.BETTER, True)
    seen = review(store, clinician, patient_id)
    assert seen.progress.course == found
    assert {change.emotion for change in seen.changes} != set()


def test_the_warm_up_has_feedback_and_is_never_counted(store: Store, days: Callable[[str, date], Days]) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4)).on(0)
    block = here.run(mistaken)
    assert (block.kind, block.length) == (Kind.PRACTICE, WARM_UP)
    assert sorted(trial.stimulus.intensity or 0 for trial in block.trials) == [0, 0, *[60] * 6, *[100] * 6]
    assert here.course().made == 0


def test_a_check_that_was_stopped_or_hardly_seen_is_the_only_one_of_its_day_and_does_not_count(
    store: Store, days: Callable[[str, date], Days]
) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4)).on(0)
    here.run()
    runs.stop(store, here.patient, recognition.begin(store, here.patient, here.browser).id)
    assert here.today().kind is None
    with pytest.raises(Refusal, match="all for today"):
        recognition.begin(store, here.patient, here.browser)
    assert here.on(1).today().kind is Kind.CHECK
    assert here.course().made == 0


def test_a_check_that_is_finished_after_midnight_is_also_that_day_s(days: Callable[[str, date], Days]) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4)).on(0)
    here.run()
    block = recognition.begin(here.store, here.patient, here.browser)
    here.on(1, 0.5)
    answer_all(here.store, here.patient, block)
    assert here.on(1, 20).today().kind is None
    assert here.on(2).today().kind is Kind.CHECK


def test_who_travels_west_gets_no_second_check_for_the_same_date(
    store: Store, days: Callable[[str, date], Days]
) -> None:
    here = days("Pacific/Auckland", date(2026, 5, 4)).on(0, 8)
    here.run()
    here.run()
    here.browser = replace(BROWSER, time_zone="America/Los_Angeles")
    here.at += timedelta(hours=12)
    with pytest.raises(Refusal, match="all for today"):
        recognition.begin(store, here.patient, here.browser)
    here.at += timedelta(hours=23.5)
    assert recognition.begin(store, here.patient, here.browser).kind is Kind.CHECK


def test_the_database_itself_has_one_check_a_day(store: Store, days: Callable[[str, date], Days]) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4)).on(0)
    here.run()
    here.run()
    here.on(1).run()
    with pytest.raises(IntegrityError), store.begin() as db:
        db.execute(update(BlockRow).where(BlockRow.own_day.is_not(None)).values(own_day=date(2026, 5, 4)))


def test_faces_are_not_practised_before_the_baseline_is_over(days: Callable[[str, date], Days]) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4)).on(0)
    here.run()
    here.run()
    with pytest.raises(Refusal):
        recognition.begin(here.store, here.patient, here.browser, Kind.PRACTICE)


def test_a_clinician_closes_a_part_early_and_what_was_closed_stays(
    store: Store, clinician: str, patient_id: str, days: Callable[[str, date], Days]
) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4)).on(0)
    here.run()
    with pytest.raises(Refusal, match="from 2 checks"):
        course.close_part(store, clinician, patient_id)
    for day in range(4):
        here.on(day).run(some_wrong(WRONG_BEFORE))
    course.close_part(store, clinician, patient_id)
    [closed] = here.course().closed
    assert (closed.part, closed.by_clinician, len(closed.checks)) == (CoursePart.BASELINE, True, 4)
    assert here.today().kind is Kind.PRACTICE
    with pytest.raises(Refusal, match="is open"):
        course.close_part(store, clinician, patient_id)
    with store.begin() as db:
        assert db.scalars(select(CoursePartRow.closed_by)).one() is not None


def test_the_list_has_what_was_found_on_the_day_on_which_a_window_is_over_though_nobody_plays(
    store: Store, clinician: str, days: Callable[[str, date], Days]
) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4))
    here.on(0).run()
    for day in range(6):  # of seven checks: four in five, but not all
        here.on(day, 12).run(some_wrong(WRONG_BEFORE))
    assert summary.close_overdue_parts(store) == 0
    here.on(60)
    assert caseload(store, clinician).lines[0].verdict is VerdictKind.BASELINE_UNFINISHED
    assert summary.close_overdue_parts(store) == 1
    assert caseload(store, clinician).lines[0].verdict is not VerdictKind.BASELINE_UNFINISHED
    assert summary.close_overdue_parts(store) == 0


def test_a_next_phase_has_the_end_as_its_baseline(
    store: Store, clinician: str, patient_id: str, days: Callable[[str, date], Days]
) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4))
    plans.set_plan(store, clinician, patient_id, Plan(practice_length=7).in_blocks("short"))
    here.on(0).run()
    for day in range(6):
        here.on(day).run(some_wrong(WRONG_BEFORE))
    with pytest.raises(Refusal, match="not over"):
        course.begin_next_phase(store, clinician, patient_id)
    for day in range(45, 51):
        here.on(day).run(some_wrong(WRONG_AFTER))
    first = here.course()
    assert first.over
    course.begin_next_phase(store, clinician, patient_id)
    second = here.course()
    assert (second.phase, second.open, second.over) == (2, None, False)
    assert second.kind is first.kind
    assert second.closed[-1].checks == first.closed[-1].checks


def test_only_who_cares_for_the_patient_closes_a_part(store: Store, patient: str, patient_id: str) -> None:
    for service in (course.close_part, course.begin_next_phase):
        with pytest.raises(NotAllowed):
            service(store, patient, patient_id)


def test_other_checks_begin_a_new_phase_with_a_baseline_of_their_own(
    store: Store, clinician: str, patient_id: str, days: Callable[[str, date], Days]
) -> None:
    here = days("Europe/Madrid", date(2026, 5, 4))
    baseline(here)
    plans.set_plan(store, clinician, patient_id, Plan(practice_length=7).in_blocks("light"))
    here.on(8)
    found = here.course()
    assert (found.phase, found.open, found.made) == (2, CoursePart.BASELINE, 0)
    assert (here.today().kind, here.today().faces) == (Kind.CHECK, 14)


@pytest.mark.usefixtures("old_default")
def test_a_plan_of_the_old_rule_keeps_it(store: Store) -> None:
    clinician = new_clinician(store, "Dr Sol")
    patient = new_patient(store, clinician, "P-09")
    found = progress.progress(store, patient)
    assert found.course is None
    assert recognition.today(store, patient).faces == 42
