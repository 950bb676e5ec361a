"""Programme of a patient: what today asks, folded from what is stored anyway, and beginning a part of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from core.domain.days import beginning
from core.domain.devices import Browser
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import DayPart, Programme
from core.domain.exercise.trials import Kind
from core.domain.patient.consent import ConsentState, Purpose
from core.domain.people import Role
from core.domain.practice.ability import Ability, abilities
from core.domain.practice.reviews import Pair
from core.domain.programme.day_length import ENOUGH, time_spent
from core.domain.programme.reminders import calendar_file
from core.domain.programme.today import DayFacts, DayStep, LaterChecks, ProgrammeToday, programme_today
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart
from core.services.exercise import expression, reading, runs, shelf
from core.services.exercise.left_out import left_out_on
from core.services.exercise.summary import keep_time_zone
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.queries import clinic_queries, exercise_queries, plan_queries
from core.storage.queries.people_queries import zone_of
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import EXPRESSION, RECOGNITION, CheckInRow, now
from core.storage.tables.base import new_id
from core.tasks import tasks
from core.tasks.context.drawing import CONTEXT
from core.tasks.lesson.drawing import NAME, lesson_states
from core.tasks.reading.task import READING
from core.tasks.recognition.adapting import MOVING, pair_in_need, skill_of
from core.tasks.recognition.course_state import due_in, own_today, programme_start
from core.tasks.recognition.drawing import DAY, FACES, course_in_force, set_of
from core.tasks.recognition.task import TASK

_BLOCK_TASKS = {RECOGNITION: DayPart.PRACTICE, MOVING: DayPart.MOVING, CONTEXT: DayPart.CONTEXT}
_DONE = {NAME: DayPart.LESSON, READING: DayPart.READING, EXPRESSION: DayPart.SHOW, **_BLOCK_TASKS}
"""Parts of a day by the task of a run that is no check."""
FREE_PRACTICE = 14
"""Faces of a practice beside the day."""


@dataclass(frozen=True)
class OpenRun:
    """A run that can be gone on with."""

    id: str
    left: int
    """Items without an answer."""


def today(store: Store, token: str, time_zone: str | None = None) -> ProgrammeToday | None:
    """Where the signed-in patient stands in their programme; None where their plan has none. `time_zone`: where their
    browser is now."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        keep_time_zone(db, person.id, time_zone)
        _, plan = plan_in_force(db, person.id)
        return None if plan.programme is None else today_of(db, person.id, plan, plan.programme)


def open_run(store: Store, token: str) -> OpenRun | None:
    """The signed-in patient's newest run of any task that the player can go on with."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = exercise_queries.newest_open(db, person.id, [task.name for task in tasks().values() if task.step])
        if row is None:
            return None
        return OpenRun(row.id, sum(item.open for item in exercise_queries.run_items(db, row.id)))


def begin(store: Store, token: str, browser: Browser, step: DayStep) -> str:
    """The name of the run of a part of the day that the player plays."""
    if step.lesson is not None:
        return shelf.begin(store, token, browser, step.lesson)
    if step.part is DayPart.CHECK:
        return runs.begin(store, token, browser, TASK)
    task = next(tasks()[name] for name, part in _BLOCK_TASKS.items() if part is step.part)
    of_day = {} if step.day is None else {DAY: str(step.day)}
    return runs.begin(store, token, browser, task, Kind.PRACTICE, {FACES: str(step.faces), **of_day})


def is_enough(store: Store, token: str) -> bool:
    """Whether the signed-in patient has done so much today that an end is offered."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        return _spent(db, person.id, own_today(db, person.id)) >= ENOUGH


def now_able(store: Store, token: str) -> list[Ability]:
    """What the signed-in patient can do by their own practice, as `abilities` orders it."""
    with store.begin() as db:
        return abilities(skill_of(db, require(db, token, Role.PATIENT).id))


def pair_to_show(store: Store, token: str) -> Pair:
    """What the signed-in patient shows to the camera on the days that have it: the two that cost them most."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        return pair_in_need(db, person.id, plan_in_force(db, person.id)[1])


def reminders(title: str, weekdays: Collection[int], at: time, first: date, times: int) -> bytes:
    """A calendar file of so many reminders from `first` on, as `calendar_file`."""
    return calendar_file(title, weekdays, at, first, times, now(), new_id())


def week_of(db: Session, person_id: str) -> int | None:
    """The week of the person's programme, 0 before training; None where their plan has none."""
    _, plan = plan_in_force(db, person_id)
    return None if plan.programme is None else today_of(db, person_id, plan, plan.programme).week


def today_of(db: Session, person_id: str, plan: Plan, programme: Programme) -> ProgrammeToday:
    """The same of any person, inside another service's transaction."""
    day = own_today(db, person_id)
    course = course_in_force(db, person_id, plan) if set_of(db, plan).has_roles else None
    start = programme_start(db, person_id, day)
    first, asked = None, None
    if course is not None:
        asked = due_in(db, person_id, plan, course)
        closed = [one.on for one in course.closed if (one.phase, one.part) == (course.phase, CoursePart.BASELINE)]
        start = max(start, *closed) if closed else start
        if course.open is CoursePart.BASELINE:
            first = course.made, course.planned
        elif day in closed:
            first = plan.baseline, plan.baseline
    warm_up = asked.length if asked and asked.part is CoursePart.WARM_UP else 0
    check = warm_up or (asked is not None and asked.kind is Kind.CHECK)
    last = plan_queries.last_day_before(db, person_id, day)
    facts = DayFacts(
        today=day.toordinal(),
        first=first,
        check=plan.check_length if check else 0,
        warm_up=warm_up,
        checked=plan_queries.last_check_day(db, person_id)[0] == day,
        diary=_may_check_in(db, person_id),
        checked_in=bool(feelings_queries.told_rows(db, person_id, CheckInRow.day == day, most=1)),
        open=frozenset(_open(db, person_id)),
        left_out=left_out_on(db, person_id, day),
        trained=plan_queries.days_trained(db, person_id, start, day),
        done=_done(db, person_id, day),
        away=(day - last).days if last else 0,
        lessons=lesson_states(db, person_id),
        unread=reading.unread(db, person_id),
        enough=_spent(db, person_id, day) >= ENOUGH,
        follow_up=(course.made, course.planned) if course and course.open is CoursePart.FOLLOW_UP else None,
        apart=course.apart if course else 0,
        later=_later(course, programme, day),
        kept=course is not None and course.looked_later,
    )
    return programme_today(plan, programme, facts)


def _later(course: Course | None, programme: Programme, day: date) -> LaterChecks | None:
    if course is None or course.follow_up_on is None or programme.follow_up is None:
        return None
    on = course.follow_up_on
    return LaterChecks(on.toordinal(), (on - day).days, programme.follow_up.checks)


def _may_check_in(db: Session, person_id: str) -> bool:
    """Also where the consent to a diary was not asked yet: the check-in asks it."""
    open_ = {ConsentState.AGREED, ConsentState.NOT_ASKED, ConsentState.GUARDIAN_NOT_ASKED}
    return consents.state_of(db, person_id, Purpose.FEELINGS) in open_


def _open(db: Session, person_id: str) -> Iterator[DayPart]:
    if expression.closed() is None and consents.has_consent(db, person_id, Purpose.CAMERA):
        yield DayPart.SHOW
    keeps = consents.has_consent(db, person_id, Purpose.FEELINGS) and feelings_queries.has_told(db, person_id)
    if keeps and not reading.has_summed_up(db, person_id):
        yield DayPart.SUMMARY
    if any(form.ended_at is None for form in clinic_queries.forms(db, person_id)):
        yield DayPart.QUESTIONNAIRE


def _spent(db: Session, person_id: str, day: date) -> timedelta:
    """On the person's own `day`, with runs that began on it, on whatever device, and with check-ins."""
    moments = exercise_queries.answer_moments(db, person_id, beginning(day, zone_of(db, person_id)))
    return time_spent(moments) + feelings_queries.time_of_check_ins(db, person_id, day)


def _done(db: Session, person_id: str, day: date) -> frozenset[DayPart]:
    over = exercise_queries.runs_since(db, person_id, beginning(day, zone_of(db, person_id)))
    return frozenset(_DONE[task] for task, kind in over if task in _DONE and kind != Kind.CHECK)
