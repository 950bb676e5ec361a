"""What of recognition is due by the plan, and its faces, drawn."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from core.domain.exercise import design
from core.domain.exercise.items import PlannedItem
from core.domain.exercise.plan import ChangeRule, Plan, blueprint
from core.domain.exercise.run_mix import USUAL, RunMix
from core.domain.exercise.trials import Kind, Stimulus
from core.domain.patient.summary import scheduled
from core.domain.people import Refusal
from core.domain.statistics.course import Course
from core.domain.statistics.result import summarise
from core.storage.queries import exercise_queries, face_queries, summary_queries
from core.storage.tables import StimulusSetRow
from core.tasks.recognition.adapting import draw_for
from core.tasks.recognition.course_state import WITHOUT_PRACTICE, CourseDue, course_of, due_in
from core.tasks.task import Drawing, Drawn

FACES = "faces"
"""The option that says how many faces a practice has, where it is not the plan's number."""
MIX = "mix"
"""Of an adapted run's design, what `mix_of` made of it."""
DAY = "day"
"""The option that says on which day of a programme's training it is, from 0."""


def draw(drawing: Drawing) -> Drawn:
    """A run of the kind that is asked for, or else due."""
    db, plan = drawing.db, drawing.plan
    if FACES in drawing.options:
        plan = replace(plan, practice_length=int(drawing.options[FACES]))
    source = set_of(db, plan)
    checks, practices, finished = history(db, drawing.person_id, plan)
    kind = Kind(drawing.kind) if drawing.kind else None
    asked = _due_in_course(db, drawing.person_id, plan, kind) if source.has_roles else None
    kind = asked.kind if asked else kind or due(plan, checks, practices, source.has_roles)[0]
    assert kind is not None
    place: dict[str, object] = {}
    if asked is not None and asked.part is not None:
        own_day = asked.day if kind is Kind.CHECK else None
        place = {"part": asked.part, "phase": asked.phase, "own_day": own_day}
    if kind is Kind.CHECK:
        if not source.has_roles:
            raise Refusal("The faces “{title}” are for practice only. Please ask your clinician.", title=source.title)
        by = blueprint(plan, face_queries.version_of_checks(db, source), drawing.language, drawing.device)
        form = design.form_for(finished, drawing.person_id)
        faces = design.draw_check(drawing.pool(source.id, form, True), by, drawing.seed)
        return Drawn(kind, _items(faces, plan), len(faces), by.to_json(), source.id, by.key, form, place)
    practice, by_plan = drawing.practice_only(source.id), replace(plan, programme=None).to_json()
    if place:
        faces = design.draw_warm_up(practice, plan, drawing.seed)
        return Drawn(kind, _items(faces, plan), len(faces), by_plan, source.id, own=place)
    if plan.adaptive:
        mix = mix_of(drawing)
        items = draw_for(db, drawing.person_id, practice, plan, drawing.seed, mix)
        return Drawn(kind, items, len(items), {"adaptive": True, MIX: mix.to_json(), **by_plan}, source.id)
    level = _level(db, plan, drawing.person_id)
    faces = design.draw_practice(practice, plan, level, drawing.seed)
    return Drawn(kind, _items(faces, plan), len(faces), {"level": level, **by_plan}, source.id)


def mix_of(drawing: Drawing) -> RunMix:
    """What the day of a programme makes of a practice."""
    programme = drawing.plan.programme
    return programme.mix_on(int(drawing.options[DAY])) if programme and DAY in drawing.options else USUAL


def course_in_force(db: Session, person_id: str, plan: Plan) -> Course | None:
    """Where the person stands in their checks in blocks; None where the plan has another rule."""
    if plan.rule is not ChangeRule.BLOCKS:
        return None
    return course_of(db, person_id, plan, summary_queries.finished_checks(db, person_id))


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


def _due_in_course(db: Session, person_id: str, plan: Plan, kind: Kind | None) -> CourseDue | None:
    """What the person's course asks for; None where they have none. Raises Refusal where nothing, or not `kind`, may be
    begun today."""
    found = course_in_force(db, person_id, plan)
    if found is None:
        return None
    asked = due_in(db, person_id, plan, found)
    if asked.kind is None:
        raise Refusal("That was all for today. The next check is for tomorrow.")
    if kind is Kind.CHECK and asked.kind is not Kind.CHECK:
        raise Refusal("There is no check now: at most one is made a day.")
    if kind is Kind.PRACTICE and found.open not in WITHOUT_PRACTICE:
        return CourseDue(kind, None, asked.phase, asked.day, plan.practice_length)
    return asked


def _items(faces: Sequence[Stimulus], plan: Plan) -> list[PlannedItem]:
    return [PlannedItem.of_face(face, plan.exposure_ms) for face in faces]


def _level(db: Session, plan: Plan, person_id: str) -> int:
    last = exercise_queries.last_finished(db, person_id, Kind.PRACTICE)
    if last is None or "level" not in last.design:
        return design.first_level(plan)
    done = summarise(exercise_queries.load_block(db, last).trials)
    return design.next_level(plan, last.design["level"], done.right, done.shown)
