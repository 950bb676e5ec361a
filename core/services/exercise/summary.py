"""Keep a patient's line in the list as the patient stands, in the transaction that changed something."""

from datetime import date

from sqlalchemy.orm import Session

from core.domain.patient.summary import Change, begins_anew, checks_left, comparable, scores
from core.domain.statistics.change import verdict
from core.domain.statistics.dose import minutes
from core.storage.database import Store
from core.storage.locks import take_turns
from core.storage.queries import summary_queries
from core.storage.queries.face_queries import newest_set
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import StandingRow, TrainingDayRow
from core.storage.upserts import put

AT_ONCE = 50


def keep(db: Session, person_id: str, practised_on: date | None = None) -> None:
    """Make the person's standing anew, and the day (UTC) of a practice that is over now."""
    take_turns(db, f"standing {person_id}")
    db.flush()
    _, plan = plan_in_force(db, person_id)
    checks = summary_queries.finished_checks(db, person_id)
    source = newest_set(db, plan.set_name)
    anew = begins_anew(checks, plan, source is not None and source.has_roles)
    found = verdict(scores(checks, summary_queries.practices_begun(db, person_id)), plan)
    dates = summary_queries.run_dates(db, person_id)
    put(
        db,
        StandingRow,
        {"person_id": person_id},
        last_practice=dates.last,
        checks=len(checks),
        checks_left=checks_left(checks, plan),
        verdict=found.kind,
        gain=found.gain,
        change=Change.of(found, anew).to_json(),
        line=[round(check.right / check.shown, 4) for check in comparable(checks)],
        hard_at=dates.hard,
        stopped_at=dates.stopped,
        check_stopped_at=dates.check_stopped,
        check_left_at=dates.check_left,
    )
    if practised_on is not None:
        _keep_days(db, person_id, practised_on)


def catch_up(store: Store) -> int:
    """Make the standings that are missing or were found by another rule: those of an older release's database.
    Returns how many."""
    made = 0
    while True:
        with store.begin() as db:
            found = summary_queries.without_standing(db, AT_ONCE)
            for person_id in found:
                keep(db, person_id)
                _keep_days(db, person_id)
        made += len(found)
        if not found:
            return made


def _keep_days(db: Session, person_id: str, on: date | None = None) -> None:
    seconds: dict[date, float] = {}
    for run in summary_queries.practices(db, person_id, on):
        day = run.started_at.date()
        seconds[day] = seconds.get(day, 0.0) + 60 * minutes(run)
    for day, total in seconds.items():
        put(db, TrainingDayRow, {"person_id": person_id, "day": day}, seconds=total)
