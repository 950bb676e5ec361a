"""A patient's plan: read by the clinician who cares, replaced by a new one that is kept beside the old."""

from sqlalchemy.orm import Session

from core.domain.exercise import design
from core.domain.exercise.plan import LEVELS, STANDARD_PLAN, ChangeRule, Plan, blueprint
from core.domain.language import SOURCE, ToldError
from core.domain.people import Refusal
from core.domain.practice.drawing import draw_adapted
from core.domain.practice.skill import Skill
from core.services.exercise.summary import refresh_summary
from core.services.faces.stimulus_sets import pool
from core.services.gate.access import require_patient_of
from core.storage.database import Store
from core.storage.queries import face_queries
from core.storage.tables import PlanRow


def set_plan(store: Store, token: str, patient_id: str, plan: Plan) -> None:
    """Make `plan` the one in force. It is tried first: a plan that the faces cannot fill is refused."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        require_fits(db, plan)
        put_in_force(db, patient_id, clinician.id, plan)


def require_fits(db: Session, plan: Plan) -> None:
    """Raises Refusal for a plan that the faces on this server cannot fill."""
    source = face_queries.newest_set(db, plan.set_name)
    if source is None:
        raise Refusal("There is no set of faces called “{name}”. Choose another.", name=plan.set_name)
    try:
        practice = pool(db, source.id, "practice")
        hardest, easiest = plan.practice_intensities
        for level in (level for level in LEVELS if hardest <= level <= easiest and not plan.adaptive):
            design.draw_practice(practice, plan, level, 0)
        if plan.adaptive:
            draw_adapted(practice, plan, Skill(), 0, 0)
        if plan.rule is ChangeRule.BLOCKS:
            design.draw_warm_up(practice, plan, 0)
        if source.has_roles:
            for form in ("A", "B"):
                asked = blueprint(plan, source.version, SOURCE, "computer")
                design.draw_check(pool(db, source.id, form, True), asked, 0)
    except ToldError as error:
        raise Refusal("These faces cannot fill the plan: {why}", why=error.whole) from error


def give_standard_plan(db: Session, patient_id: str) -> None:
    """What a new patient trains until a clinician sets another plan."""
    put_in_force(db, patient_id, None, STANDARD_PLAN)


def put_in_force(db: Session, patient_id: str, by: str | None, plan: Plan) -> None:
    """Keep `plan` as the patient's newest, within the caller's transaction and after its check of permission. `by`:
    who set it, None for nobody."""
    db.add(PlanRow(person_id=patient_id, created_by=by, content=plan.to_json()))
    refresh_summary(db, patient_id)
