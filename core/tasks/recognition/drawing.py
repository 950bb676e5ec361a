"""What of recognition is due by the plan, and its faces, drawn."""

from sqlalchemy.orm import Session

from core.domain.exercise import design
from core.domain.exercise.items import PlannedItem
from core.domain.exercise.plan import Plan, blueprint
from core.domain.exercise.trials import Kind
from core.domain.patient.summary import scheduled
from core.domain.people import Refusal
from core.domain.statistics.result import summarise
from core.storage.queries import exercise_queries, face_queries, summary_queries
from core.storage.tables import StimulusSetRow
from core.tasks.task import Drawing, Drawn


def draw(drawing: Drawing) -> Drawn:
    """A run of the kind that is asked for, or else due."""
    db, plan = drawing.db, drawing.plan
    source = set_of(db, plan)
    checks, practices, finished = history(db, drawing.person_id, plan)
    kind = Kind(drawing.kind) if drawing.kind else due(plan, checks, practices, source.has_roles)[0]
    if kind is not Kind.CHECK:
        level = _level(db, plan, drawing.person_id)
        faces = design.draw_practice(drawing.pool(source.id, "practice", False), plan, level, drawing.seed)
        items = [PlannedItem.of_face(face, plan.exposure_ms) for face in faces]
        return Drawn(kind, items, len(items), {"level": level, **plan.to_json()}, source.id)
    if not source.has_roles:
        raise Refusal("The faces “{title}” are for practice only. Please ask your clinician.", title=source.title)
    asked = blueprint(plan, source.version, drawing.language, drawing.device)
    form = design.form_for(finished, drawing.person_id)
    faces = design.draw_check(drawing.pool(source.id, form, True), asked, drawing.seed)
    items = [PlannedItem.of_face(face, plan.exposure_ms) for face in faces]
    return Drawn(kind, items, len(items), asked.to_json(), source.id, asked.key, form)


def set_of(db: Session, plan: Plan) -> StimulusSetRow:
    """The plan's faces; raises Refusal where they are gone."""
    row = face_queries.newest_set(db, plan.set_name)
    if row is None:
        raise Refusal("The faces “{name}” are not here any more. Please ask your clinician.", name=plan.set_name)
    return row


def history(db: Session, person_id: str, plan: Plan) -> tuple[int, int, int]:
    """How many finished checks the plan's schedule goes by, how many practices were finished since the latest of them,
    and how many checks were finished in all. Reads no more of a long history than of a short one."""
    groups = summary_queries.check_groups(db, person_id)
    checks, latest = scheduled(groups, plan)
    since = summary_queries.practices_between(db, person_id, after=latest) if latest is not None else 0
    return checks, since, sum(group.finished for group in groups)


def due(plan: Plan, checks: int, practices: int, measures: bool) -> tuple[Kind, int | None]:
    """The kind that is due after so many checks, and practices since the latest of them, and how many practices come
    before the next check (None: no check is planned). `checks`: those that count and that the plan asks for, so that
    other checks begin with a new baseline at once. `measures`: the set of faces can be used for checks."""
    if not measures or checks >= 2 + plan.checks_planned:
        return Kind.PRACTICE, None
    if checks < 2:
        return Kind.CHECK, 0
    until = max(0, plan.check_every - practices)
    return (Kind.CHECK if until == 0 else Kind.PRACTICE), until


def _level(db: Session, plan: Plan, person_id: str) -> int:
    last = exercise_queries.last_finished(db, person_id, Kind.PRACTICE)
    if last is None or "level" not in last.design:
        return design.first_level(plan)
    done = summarise(exercise_queries.load_block(db, last).trials)
    return design.next_level(plan, last.design["level"], done.right, done.shown)
