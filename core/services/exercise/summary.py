"""Summary row and days of practice of a patient, refreshed in the transaction that changed something."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from core.domain.days import day_of, zone_named
from core.domain.patient.summary import ChangeSummary, begins_anew, checks_left, comparable, measured, scores
from core.domain.statistics.change import verdict
from core.domain.statistics.dose import practice_days
from core.storage.database import Store
from core.storage.locks import advisory_lock
from core.storage.queries import summary_queries
from core.storage.queries.face_queries import newest_set
from core.storage.queries.people_queries import zone_of
from core.storage.queries.plan_queries import closed_parts, plan_in_force
from core.storage.tables import PersonRow, SummaryRow, TrainingDayRow, now
from core.storage.upserts import put
from core.tasks.recognition.course_state import course_of, keep_closed

BATCH = 50
LONGEST_WINDOW = timedelta(days=120)
"""After a check so long ago no part of its course is still open."""


def refresh_summary(db: Session, person_id: str, practised_at: datetime | None = None) -> None:
    """Write the person's summary row anew, and the day of a practice that began then and is over now."""
    advisory_lock(db, f"summary {person_id}")
    db.flush()
    _, plan = plan_in_force(db, person_id)
    checks, groups = summary_queries.finished_checks(db, person_id), summary_queries.check_groups(db, person_id)
    own = measured(checks, plan)
    course = course_of(db, person_id, plan, checks)
    if course is None:
        source = newest_set(db, plan.set_name)
        anew = begins_anew(groups, plan, source is not None and source.has_roles)
        used = comparable(own)
        outcome = verdict(scores(own, partial(summary_queries.practices_between, db, person_id)), plan)
        kind, gain, left, change = (
            outcome.kind,
            outcome.gain,
            checks_left(groups, plan),
            ChangeSummary.of(outcome, anew, day_of(used[-1].began, zone_of(db, person_id)) if used else None),
        )
    else:
        keep_closed(db, person_id, course)
        said = course.said.verdict if course.said else None
        kind, gain, left = course.kind, said.gain if said else None, course.left
        change = ChangeSummary.of_course(course)
    dates = summary_queries.run_dates(db, person_id)
    put(
        db,
        SummaryRow,
        {"person_id": person_id},
        last_practice=dates.last,
        checks=len(checks),
        checks_left=left,
        verdict=kind,
        gain=gain,
        change=change.to_json(),
        line=[round(check.right / check.shown, 4) for check in comparable(own)],
        hard_at=dates.hard,
        stopped_at=dates.stopped,
        check_stopped_at=dates.check_stopped,
        check_left_at=dates.check_left,
    )
    if practised_at is not None:
        _refresh_training_days(db, person_id, practised_at)


def refresh_missing_summaries(store: Store) -> int:
    """Write the summary rows that are missing or were found by another rule: those of an older release's database.
    Returns how many."""
    made = 0
    while True:
        with store.begin() as db:
            missing = summary_queries.without_summary(db, BATCH)
            for person_id in missing:
                refresh_summary(db, person_id)
                _refresh_training_days(db, person_id)
        made += len(missing)
        if not missing:
            return made


def close_overdue_parts(store: Store) -> int:
    """Close the parts of courses whose window is over while nobody played, so that lists have the verdict on its day.
    Returns of how many people."""
    with store.begin() as db:
        people = summary_queries.in_courses(db, now() - LONGEST_WINDOW)
    closed = 0
    for person_id in people:
        with store.begin() as db:
            _, plan = plan_in_force(db, person_id)
            found = course_of(db, person_id, plan, summary_queries.finished_checks(db, person_id))
            if found is not None and len(found.closed) > len(closed_parts(db, person_id)):
                refresh_summary(db, person_id)
                closed += 1
    return closed


def keep_time_zone(db: Session, person_id: str, name: str | None) -> None:
    """Keep where the person's browser is, by its name of the zone: all their days are counted by the last one known."""
    known = db.get_one(PersonRow, person_id).time_zone
    if name == known or zone_named(name) is None:
        return
    advisory_lock(db, f"summary {person_id}")
    db.execute(update(PersonRow).where(PersonRow.id == person_id).values(time_zone=name))
    _refresh_training_days(db, person_id)


def _refresh_training_days(db: Session, person_id: str, at: datetime | None = None) -> None:
    """The day on which `at` is, or all days."""
    zone = zone_of(db, person_id)
    if at is None:
        db.execute(delete(TrainingDayRow).where(TrainingDayRow.person_id == person_id))
    runs = summary_queries.practices(db, person_id, zone, None if at is None else day_of(at, zone))
    for day, total in practice_days(runs, zone).items():
        put(db, TrainingDayRow, {"person_id": person_id, "day": day}, seconds=total)
