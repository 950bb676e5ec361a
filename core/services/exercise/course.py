"""What a clinician decides of a patient's course of checks: to close a part early, and to begin the next phase."""

from core.domain.people import Refusal
from core.domain.statistics.course import LEAST_TO_CLOSE, next_phase
from core.services.exercise.summary import refresh_summary
from core.services.gate.access import require_patient_of
from core.storage.database import Store
from core.storage.locks import advisory_lock
from core.storage.queries import plan_queries, summary_queries
from core.storage.queries.plan_queries import plan_in_force
from core.tasks.recognition.course_state import course_of, keep_closed, own_today


def close_part(store: Store, token: str, patient_id: str) -> None:
    """Close the open part of a patient's course with the checks that are made; its limits are those of their number.

    Raises Refusal where none is open, or too few checks are made to say anything.
    """
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        advisory_lock(db, f"summary {patient_id}")
        _, plan = plan_in_force(db, patient_id)
        checks = summary_queries.finished_checks(db, patient_id)
        before = course_of(db, patient_id, plan, checks)
        if before is None or before.open is None:
            raise Refusal("No part of this course is open now.")
        try:
            found = course_of(db, patient_id, plan, checks, close=True)
        except ValueError as error:
            raise Refusal("A part can be closed from {least} checks on.", least=str(LEAST_TO_CLOSE)) from error
        assert found is not None
        keep_closed(db, patient_id, found, clinician.id)
        refresh_summary(db, patient_id)


def begin_next_phase(store: Store, token: str, patient_id: str) -> None:
    """Begin a next phase of a course that is over: the checks of its end are the baseline, and what was found stays.

    Raises Refusal while the course goes on.
    """
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        advisory_lock(db, f"summary {patient_id}")
        _, plan = plan_in_force(db, patient_id)
        found = course_of(db, patient_id, plan, summary_queries.finished_checks(db, patient_id))
        if found is None or not found.over:
            raise Refusal("This course is not over yet.")
        keep_closed(db, patient_id, found)
        plan_queries.add_parts(db, patient_id, [next_phase(found, own_today(db, patient_id))], clinician.id)
        refresh_summary(db, patient_id)
