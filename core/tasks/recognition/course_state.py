"""Where a person stands in their course of checks in blocks, within the caller's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy.orm import Session

from core.domain.days import day_of
from core.domain.exercise.plan import ChangeRule, Plan, asks_for
from core.domain.exercise.presets import PRESETS, WARM_UP
from core.domain.exercise.trials import Kind
from core.domain.patient.summary import FinishedCheck
from core.domain.statistics.course import Course, course
from core.domain.statistics.course_parts import CourseCheck, CoursePart
from core.storage.queries import plan_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import now

WITHOUT_PRACTICE = frozenset({CoursePart.BASELINE, CoursePart.FOLLOW_UP})
"""While one of these parts is open no faces are practised."""


@dataclass(frozen=True)
class CourseDue:
    """The run that a course asks for now."""

    kind: Kind | None
    """None: that was all for today, because faces are practised after the baseline only."""
    part: CoursePart | None
    """Of a check or a warm-up."""
    phase: int
    day: date
    """The person's own, today."""
    length: int
    """Faces; 0 where nothing is asked."""


def course_of(
    db: Session, person_id: str, plan: Plan, checks: Sequence[FinishedCheck], close: bool = False
) -> Course | None:
    """The course as of now, with parts that are over and not stored yet; None where the plan has none. `checks`: all
    finished ones. Raises ValueError where `close` closes too little."""
    if plan.rule is not ChangeRule.BLOCKS:
        return None
    closed = plan_queries.closed_parts(db, person_id)
    return course(
        in_course(checks),
        closed,
        plan.design,
        PRESETS[plan.preset].end_from,
        own_today(db, person_id),
        partial(plan_queries.days_trained, db, person_id),
        phase=_phase(plan, checks, [(one.phase, one.checks) for one in closed]),
        close=close,
        follow_up=plan.programme.follow_up if plan.programme else None,
        training_ended=partial(_training_ended, db, person_id, plan),
    )


def keep_closed(db: Session, person_id: str, found: Course, by: str | None = None) -> None:
    """Store the parts that are over and are not stored yet, closed `by` a clinician where one closed them."""
    stored = {(one.phase, one.part) for one in plan_queries.closed_parts(db, person_id)}
    fresh = [one for one in found.closed if (one.phase, one.part) not in stored]
    plan_queries.add_parts(db, person_id, fresh, by)


def due_in(db: Session, person_id: str, plan: Plan, found: Course) -> CourseDue:
    """What is due today, as `due_on`."""
    today = own_today(db, person_id)
    last, ended = plan_queries.last_check_day(db, person_id)
    busy = [last, day_of(ended, zone_of(db, person_id)) if ended else None]
    warmed_up = last is not None or found.open is not CoursePart.BASELINE or plan_queries.has_warm_up(db, person_id)
    return due_on(today, plan, found, [day for day in busy if day], warmed_up)


def due_on(today: date, plan: Plan, found: Course, checked: Collection[date], warmed_up: bool) -> CourseDue:
    """The warm-up, then at most one check a day of the person's own, then practice, of which there is none before the
    baseline is over, and none in a follow-up. `checked`: own days on which a check began or ended."""
    if found.open is None:
        return CourseDue(Kind.PRACTICE, None, found.phase, today, plan.practice_length)
    alone = found.open in WITHOUT_PRACTICE
    if found.open is CoursePart.BASELINE and not checked and not warmed_up:
        return CourseDue(Kind.PRACTICE, CoursePart.WARM_UP, found.phase, today, WARM_UP)
    if all(day < today for day in checked):
        return CourseDue(Kind.CHECK, found.open, found.phase, today, plan.check_length)
    if alone:
        return CourseDue(None, None, found.phase, today, 0)
    return CourseDue(Kind.PRACTICE, None, found.phase, today, plan.practice_length)


def programme_start(db: Session, person_id: str, today: date) -> date:
    """The own day before the one since which the person's plans have had a programme."""
    since = plan_queries.programme_since(db, person_id)
    return (day_of(since, zone_of(db, person_id)) if since else today) - timedelta(days=1)


def _training_ended(db: Session, person_id: str, plan: Plan, after: date) -> date | None:
    """The last day so far of the programme's training, which began later than `after`."""
    days = len(plan.programme.training) if plan.programme else 0
    start = max(after, programme_start(db, person_id, after))
    return plan_queries.last_training_day(db, person_id, days, start)


def own_today(db: Session, person_id: str) -> date:
    return day_of(now(), zone_of(db, person_id))


def in_course(checks: Sequence[FinishedCheck]) -> list[CourseCheck]:
    """The finished checks that belong to a course, in the same order."""
    return [
        CourseCheck(
            check.id, check.phase, check.part, check.blueprint, check.own_day, check.right, check.shown, check.counts
        )
        for check in checks
        if check.part is not None and check.phase is not None and check.own_day is not None
    ]


def _phase(plan: Plan, checks: Sequence[FinishedCheck], closed: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """The phase that goes on: the latest, or one after it where the plan asks for other checks than it has."""
    own = [check for check in checks if check.phase is not None]
    latest = max([*(check.phase or 1 for check in own), *(phase for phase, _ in closed)], default=1)
    ids = {one for phase, rests_on in closed if phase == latest for one in rests_on}
    theirs = [check for check in own if check.phase == latest or check.id in ids]
    return latest if not theirs or asks_for(plan, theirs[-1].design) else latest + 1
