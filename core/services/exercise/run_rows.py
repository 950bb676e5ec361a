"""Rows of a run, of any task: own, begun, item by item kept, ended. Whoever calls holds the transaction."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.devices import Browser
from core.domain.exercise.items import RunItem
from core.domain.exercise.trials import Kind
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Person
from core.services.exercise.summary import keep_time_zone, refresh_summary
from core.services.faces import stimulus_sets
from core.services.gate.access import Player, player
from core.services.privacy import consents
from core.storage.queries import exercise_queries, opinion_queries
from core.storage.queries.exercise_queries import AnswerPlace, SittingFacts
from core.storage.queries.plan_queries import plan_in_force
from core.storage.tables import BlockRow, ExposureRow, PeopleAnswerRow, SessionRow, StimulusRow, now
from core.storage.upserts import count_each
from core.tasks import tasks
from core.tasks.task import Drawing, Task


def own(db: Session, token: str, run_id: str) -> tuple[Player, BlockRow]:
    """The patient at this browser and their run; raises NotAllowed for any other."""
    by = player(db, token, run_id)
    row = db.get(BlockRow, run_id)
    if row is None or row.person_id != by.person.id or row.task not in tasks():
        raise NotAllowed("This run of faces is not yours.")
    return by, row


def sitting(db: Session, by: Player, browser: Browser) -> SessionRow:
    """The person's sitting at this browser, begun where none goes on."""
    return exercise_queries.sitting(db, by.person.id, facts(browser, by.in_room))


def facts(browser: Browser, in_room: bool = False) -> SittingFacts:
    """As this version sees the browser."""
    return SittingFacts(**asdict(browser), software=VERSION, in_room=in_room)


def place(sitting: SessionRow) -> AnswerPlace:
    """Where this version paints and is answered."""
    return {
        "session_id": sitting.id,
        "language": sitting.language,
        "device": sitting.device,
        "software": VERSION,
    }


def begin(
    db: Session,
    by: Player,
    browser: Browser,
    task: Task,
    kind: str | None = None,
    options: Mapping[str, str] | None = None,
) -> BlockRow:
    """The person's open run of `task`, or a new one, of which `kind` and `options` of the Drawing hold. Raises
    NotAgreed where they have not agreed to a record."""
    consents.require_agreed(db, by.person.id, Purpose.TREATMENT)
    keep_time_zone(db, by.person.id, browser.time_zone)
    where = sitting(db, by, browser)
    row = exercise_queries.open_run(db, by.person.id, task.name)
    if row is not None:
        return row
    return draw(task, drawing(db, by.person.id, browser, secrets.randbits(31), kind, options), where.id)


def drawing(
    db: Session,
    person_id: str,
    browser: Browser | SessionRow,
    seed: int,
    kind: str | None = None,
    options: Mapping[str, str] | None = None,
) -> Drawing:
    """What a run of this person is drawn from, by the plan in force."""
    plan_id, plan = plan_in_force(db, person_id)
    pool = partial(stimulus_sets.pool, db)
    return Drawing(
        db, pool, person_id, plan_id, plan, seed, browser.language, browser.device, kind=kind, options=options or {}
    )


def draw(task: Task, by: Drawing, session_id: str) -> BlockRow:
    """A new run. Raises Refusal where the task can draw none."""
    db = by.db
    drawn = task.draw(by)
    row = BlockRow(
        person_id=by.person_id,
        session_id=session_id,
        plan_id=by.plan_id if task.planned else None,
        set_id=drawn.set_id,
        task=task.name,
        kind=drawn.kind,
        blueprint=drawn.blueprint,
        form=drawn.form,
        design=dict(drawn.design),
        seed=by.seed,
        length=drawn.length,
        started_at=now(),
        **drawn.own,
    )
    db.add(row)
    db.flush()
    if drawn.items:
        exercise_queries.add_items(db, row.id, 1, drawn.items)
    refresh_summary(db, by.person_id)
    return row


def keep(
    db: Session,
    task: Task,
    person: Person,
    row: BlockRow,
    item: RunItem,
    values: Mapping[str, object],
    norms: bool = False,
) -> bool:
    """Fill in an open item, and count that its faces were met; False if it was closed before, and then nothing
    changes. `values`: what is told of it, and where (session, language, device). `norms`: the person agreed that a
    first answer to a face counts among other people's."""
    faces = _faces(db, task.faces(item))
    context = _context(db, task, person, faces)
    if not exercise_queries.fill_in(db, row.id, item.number, **context, **values):
        return False
    count_meetings(db, person, faces)
    response, first = values.get("response"), context.get("earlier_face") == 0
    if norms and task.compared and response and first and task.counts_among_people(item):
        count_each(db, PeopleAnswerRow, "people", [{"picture_hash": faces[0].picture_hash, "response": response}])
    return True


def end(db: Session, row: BlockRow, stopped: bool) -> None:
    """End a run, once: the person stands elsewhere then, and has practised on the day on which it began."""
    if row.ended_at is None:
        row.ended_at, row.stopped = now(), stopped
        refresh_summary(db, row.person_id, row.started_at if row.kind == Kind.PRACTICE else None)


def names_of(face: StimulusRow) -> tuple[str, str | None]:
    """The names under which meeting this face and this identity is counted."""
    return face.picture_hash, f"{face.set_id}:{face.identity}" if face.identity else None


def count_meetings(db: Session, person: Person, faces: Iterable[StimulusRow]) -> None:
    """The person has met these faces."""
    names = [name for face in faces for name in names_of(face) if name is not None]
    count_each(db, ExposureRow, "times", [{"person_id": person.id, "what": name} for name in names])


def _faces(db: Session, ids: Iterable[int]) -> list[StimulusRow]:
    wanted = list(ids)
    rows = {row.id: row for row in db.scalars(select(StimulusRow).where(StimulusRow.id.in_(wanted)))} if wanted else {}
    return [rows[id_] for id_ in wanted]


def _context(db: Session, task: Task, person: Person, faces: list[StimulusRow]) -> dict[str, object]:
    """What stands beside an item that was met: how often its (first) face before, and what the network says of it."""
    if not faces:
        return {}
    face, identity = names_of(faces[0])
    earlier = exercise_queries.exposures(db, person.id, [face, identity] if identity else [face])
    met: dict[str, object] = {
        "earlier_face": earlier.get(face, 0),
        "earlier_identity": earlier.get(identity, 0) if identity else None,
    }
    if not task.compared:
        return met
    network_id, probabilities = opinion_queries.network_answer(db, face)
    return {**met, "network_id": network_id, "network_probabilities": probabilities}
