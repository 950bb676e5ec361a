"""A patient who is led through a programme, at a clock that the test sets."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.camera.expression import ExpressionKind
from core.domain.camera.ladder import Way
from core.domain.devices import Browser
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import DayPart, FollowUp, Programme, six_weeks
from core.domain.people import Role
from core.domain.programme.today import DayStep, ProgrammeToday
from core.services.exercise import course, expression, played_run, programme, reading, run_rows, runs
from core.services.feelings import check_ins
from core.services.gate.access import require
from core.storage.database import Store
from core.storage.queries import exercise_queries
from core.storage.tables import BlockRow
from core.tasks.lesson import drawing
from core.tasks.lesson.feedback import LessonFeedback
from core.tasks.recognition import course_state
from tests.history import Say, answer_all, as_meant, mistaken
from tests.services.exercise.expression import acting
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import BROWSER
from tests.tasks.situations import do_situations
from tests.tasks.steps import do_step

BASELINE, DAYS = 6, 10
MOST_PARTS = 6
PLAN = replace(Plan(practice_length=7).in_blocks("short"), programme=Programme(six_weeks().days[: 7 + DAYS]))


class Led:
    """A patient who is led through the programme, at a clock that the test sets."""

    def __init__(self, store: Store, token: str, monkeypatch: pytest.MonkeyPatch, browser: Browser = BROWSER) -> None:
        self.store, self.token, self.browser = store, token, browser
        self.say: Say = as_meant
        self.zone = ZoneInfo(browser.time_zone or "UTC")
        self.at = datetime.now(UTC)
        self.first = self.own_day()
        for module in (course_state, run_rows, played_run, drawing, check_ins):
            monkeypatch.setattr(module, "now", lambda: self.at)

    @property
    def id(self) -> str:
        with self.store.begin() as db:
            return require(db, self.token, Role.PATIENT).id

    def own_day(self) -> date:
        return self.at.astimezone(self.zone).date()

    def on(self, day: int) -> "Led":
        local = datetime.combine(self.first + timedelta(days=day), datetime.min.time(), self.zone)
        self.at = local.replace(hour=12).astimezone(UTC)
        return self

    def today(self) -> ProgrammeToday:
        found = programme.today(self.store, self.token, self.browser.time_zone)
        assert found is not None
        return found

    def do_next(self) -> str:
        """The part of the day that is next, done; its name."""
        step = self.today().next
        assert step is not None
        return self.do(step)

    def do(self, step: DayStep) -> str:
        """This part, begun or gone on with, done; its name."""
        if step.part is DayPart.CHECK_IN:
            check_in(self.store, self.token)
            return step.part
        if step.part is DayPart.READING:
            reading.keep_read(self.store, self.token, self.browser, step.page or "")
            return step.part
        if step.part is DayPart.SUMMARY:
            reading.keep_summed_up(self.store, self.token, self.browser)
            return step.part
        if step.part is DayPart.SHOW:
            return f"{step.part} {self.show()}"
        run = programme.begin(self.store, self.token, self.browser, step)
        if step.lesson is not None:
            for item in runs.state(self.store, self.token, run).items:
                assert isinstance(item.feedback, LessonFeedback)
                do_step(self.store, self.token, run, item.number, item.feedback.target)
            return step.lesson
        if step.part is DayPart.CONTEXT:
            return f"{step.part} {do_situations(self.store, self.token, run)}"
        with self.store.begin() as db:
            block = exercise_queries.load_block(db, db.get_one(BlockRow, run))
        answer_all(self.store, self.token, block, self.say, self.browser)
        return f"{step.part} {len(block.trials)}"

    def show(self) -> int:
        """What is to be shown to the camera; how many tries there were."""
        pair = programme.pair_to_show(self.store, self.token)
        run = expression.begin(self.store, self.token, self.browser, ExpressionKind.SHOW, Way.SNAPSHOT, pair)
        expression.set_baseline(self.store, self.token, run.id, acting.neutral(), Way.SNAPSHOT, acting.NETWORK)
        for one in run.tries:
            assert one.meant in pair
            expression.record(self.store, self.token, run.id, one.number, acting.attempt(one.meant, one.meant))
        return len(run.tries)

    def do_the_day(self) -> list[str]:
        done: list[str] = []
        while self.today().next is not None and len(done) < MOST_PARTS:
            done.append(self.do_next())
        return done


def begin_training(led: Led, clinician: str, patient_id: str) -> None:
    """Two checks, and the baseline is closed; then it is the day after. There is no diary."""
    agree_to_diary(led.store, led.token, yes=False)
    for day in range(2):
        led.on(day).do_the_day()
    course.close_part(led.store, clinician, patient_id)
    led.on(2)


KEEPING = replace(PLAN, programme=Programme(six_weeks().days[: 7 + 2], follow_up=FollowUp()))
"""Two days of training, and twelve weeks after the end of the checks a follow-up."""
END_FROM = BASELINE + 5 * 7 - 1
FOLLOW_UP_FROM = END_FROM + 5 + 12 * 7


def to_the_end(led: Led, wrong_before: int = 9, wrong_after: int = 2) -> None:
    """By KEEPING without a diary: so many faces of 21 are not named as meant before, and at the end of training."""

    def some_wrong(times: int) -> Say:
        return lambda trial: mistaken(trial) if trial.number <= times else as_meant(trial)

    agree_to_diary(led.store, led.token, yes=False)
    led.say = some_wrong(wrong_before)
    for day in range(BASELINE):
        led.on(day).do_the_day()
    led.say = as_meant
    for day in range(BASELINE, BASELINE + 2):
        led.on(day).do_the_day()
    led.say = some_wrong(wrong_after)
    for day in range(END_FROM, END_FROM + BASELINE):
        led.on(day).do_the_day()
