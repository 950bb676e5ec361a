"""Queries of the plans of patients: every version is kept, the newest is in force."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.exercise.plan import Plan
from core.storage.tables import PlanRow


def plans_of(db: Session, person_id: str) -> dict[int | None, Plan]:
    """Every plan a person ever had, by the number of its row; None is the default plan."""
    rows = select(PlanRow.id, PlanRow.content).where(PlanRow.person_id == person_id)
    return {None: Plan(), **{number: Plan.from_json(content) for number, content in db.execute(rows)}}


def plan_in_force(db: Session, person_id: str) -> tuple[int | None, Plan]:
    """The newest plan of a person with its row id, or the default plan where no clinician has set one."""
    newest = select(PlanRow).where(PlanRow.person_id == person_id).order_by(PlanRow.id.desc()).limit(1)
    row = db.scalars(newest).first()
    return (None, Plan()) if row is None else (row.id, Plan.from_json(row.content))
