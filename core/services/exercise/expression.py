"""Expression exercise of a patient: whether it is offered, begin or go on, the neutral face, attempts, the end.

Pictures never come here: what arrives is seven probabilities and how many frames they are the mean of. Every attempt
is committed before it returns, and one that was recorded before changes nothing.
"""

import random
import secrets
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.config import VERSION, Site, settings
from core.domain.camera.expression import LENGTH, Attempt, ClosedReason, ExpressionRun, Task
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response, Stimulus
from core.domain.network.rating import NetworkId
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Person, Role
from core.services.exercise.recognition import Browser
from core.services.exercise.summary import keep_time_zone, refresh_summary
from core.services.faces import stimulus_sets
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, expression_queries, face_queries, opinion_queries
from core.storage.tables import EXPRESSION, BlockRow, ExposureRow, SessionRow, StimulusRow, now
from core.storage.upserts import count_one


def closed() -> ClosedReason | None:
    """Why the exercise is not offered on this server; None where it is."""
    installed = settings()
    if installed.site is Site.WORK:
        return ClosedReason.WORK
    if installed.site is Site.EDUCATION:
        return ClosedReason.EDUCATION
    return None if installed.expression else ClosedReason.OFF


def require_camera(store: Store, token: str) -> None:
    """For free play, of which nothing is stored: raises NotAllowed where the exercise is closed or the signed-in
    person is no patient, NotAgreed without their consent to the camera."""
    with store.begin() as db:
        _patient(db, token, Purpose.CAMERA)


def begin(store: Store, token: str, browser: Browser, task: Task, way: Way) -> ExpressionRun:
    """The patient's open run of `task`, if it was begun in this sitting, or a new one; any other open one ends: light,
    camera and the face at rest are another day's.

    Raises as `require_camera`, and NotAgreed without a consent to a record.
    """
    try:
        return _begin(store, token, browser, task, way)
    except IntegrityError:  # another tab began one at the same moment: that one is now the open run
        return _begin(store, token, browser, task, way)


def run(store: Store, token: str, run_id: str) -> ExpressionRun:
    """One of the patient's own runs as it stands; raises NotAllowed for any other."""
    with store.begin() as db:
        return expression_queries.load(db, _own(db, require(db, token, Role.PATIENT), run_id))


def examples(store: Store, token: str, run_id: str) -> dict[int, tuple[str, bytes]]:
    """Media type and bytes of the built-in face that goes with each try of one's own run, by number; none for those
    without."""
    with store.begin() as db:
        run = expression_queries.load(db, _own(db, require(db, token, Role.PATIENT), run_id))
        hashes = {t.number: db.get_one(StimulusRow, t.example).picture_hash for t in run.tries if t.example}
        pictures = face_queries.pictures(db, hashes.values())
        return {number: pictures[picture] for number, picture in hashes.items()}


def set_baseline(
    store: Store, token: str, run_id: str, reading: Reading, way: Way, network: NetworkId
) -> ExpressionRun:
    """Keep the person's neutral face, which can be taken again until the first attempt; later nothing changes."""
    with store.begin() as db:
        row = _own(db, _patient(db, token, Purpose.CAMERA, Purpose.TREATMENT), run_id)
        run = expression_queries.load(db, row)
        if run.ended or run.made:
            return run
        row.baseline = expression_queries.baseline(_checked(reading), way, network)
        db.flush()
        return expression_queries.load(db, row)


def record(store: Store, token: str, run_id: str, number: int, attempt: Attempt) -> ExpressionRun:
    """Commit the attempt at try `number`, then hand back the run as it stands; the last one ends it.

    An attempt at anything but the open try, or after the end, changes nothing. Raises ValueError for an attempt of
    Show it that means another emotion than was asked for.
    """
    with store.begin() as db:
        person = _patient(db, token, Purpose.CAMERA, Purpose.TREATMENT)
        row = _own(db, person, run_id)
        run = expression_queries.load(db, row)
        current = run.current
        if current is None or current.number != number:
            return run
        values = {
            "network_id": opinion_queries.network_row(db, attempt.network).id,
            **expression_queries.scored(attempt.meant, _checked(attempt.reading)),
            "way": attempt.way,
            "answered_at": now(),
            **_context(db, person, row, current.example),
        }
        if run.task is Task.SHOW:
            if attempt.meant is not current.meant:
                raise ValueError(f"try {number} asks for {current.meant!r}; the attempt means {attempt.meant!r}")
            kept = expression_queries.fill_in_try(db, run_id, number, **values)
        else:
            said = Response.NOT_SURE if attempt.meant is None else Response[attempt.meant.name]
            target = None if attempt.meant is None else attempt.meant.word
            kept = expression_queries.add_try(db, run_id, number, target=target, response=said, **values)
        if kept:
            _count_example(db, person, current.example)
        return _and_end(db, row)


def skip(store: Store, token: str, run_id: str, number: int) -> ExpressionRun:
    """Go on without an emotion that was asked for; it counts neither way."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        row = _own(db, person, run_id)
        current = expression_queries.load(db, row).current
        if current is not None and current.number == number and current.meant is not None:
            context = _context(db, person, row, current.example)
            if expression_queries.fill_in_try(db, run_id, number, void=expression_queries.SKIPPED, **context):
                _count_example(db, person, current.example)
        return _and_end(db, row)


def finish(store: Store, token: str, run_id: str) -> ExpressionRun:
    """End a run that the person calls done, which in Name it may be any time; what was made stays."""
    return _end(store, token, run_id, stopped=False)


def stop(store: Store, token: str, run_id: str) -> ExpressionRun:
    """End a run early at the person's wish; what was made stays."""
    return _end(store, token, run_id, stopped=True)


def _patient(db: Session, token: str, *purposes: Purpose) -> Person:
    why = closed()
    person = require(db, token, Role.PATIENT)
    if why is ClosedReason.OFF:
        raise NotAllowed("The exercise with the camera is switched off here.")
    if why is not None:
        raise NotAllowed("At work and in education no feelings are read from a camera. The exercise is closed here.")
    for purpose in purposes:
        consents.require_agreed(db, person.id, purpose)
    return person


def _own(db: Session, person: Person, run_id: str) -> BlockRow:
    row = expression_queries.own_row(db, person.id, run_id)
    if row is None:
        raise NotAllowed("This run is not yours.")
    return row


def _begin(store: Store, token: str, browser: Browser, task: Task, way: Way) -> ExpressionRun:
    with store.begin() as db:
        person = _patient(db, token, Purpose.CAMERA, Purpose.TREATMENT)
        keep_time_zone(db, person.id, browser.time_zone)
        facts = {**asdict(browser), "software": VERSION}
        sitting = exercise_queries.sitting(db, person.id, facts)
        row = expression_queries.open_row(db, person.id)
        if row is not None and (
            row.kind != task or not exercise_queries.goes_on(db.get_one(SessionRow, row.session_id), facts)
        ):
            row.ended_at, row.stopped = now(), True
            db.flush()
            row = None
        return expression_queries.load(db, row or _draw(store, db, person, sitting.id, task, way))


def _draw(store: Store, db: Session, person: Person, session_id: str, task: Task, way: Way) -> BlockRow:
    seed = secrets.randbits(31)
    row = BlockRow(person_id=person.id, session_id=session_id, task=EXPRESSION, kind=task, seed=seed, length=LENGTH)
    row.design = {"way": way}
    shown = face_queries.newest_set(db, "builtin") if task is Task.SHOW else None
    row.set_id = shown.id if shown is not None else None
    db.add(row)
    db.flush()
    if task is Task.SHOW:
        drawn = random.Random(seed)
        clear = face_queries.clear(stimulus_sets.pool(store, shown.id, "practice")) if shown is not None else []
        expression_queries.add_tries(
            db, row.id, [_planned(asked, clear, drawn) for asked in drawn.sample(list(Emotion), LENGTH)]
        )
    refresh_summary(db, person.id)
    return row


def _planned(asked: Emotion, clear: Sequence[Stimulus], drawn: random.Random) -> tuple[Emotion, int | None, int | None]:
    """An emotion with one clear face of it, of any person of the practice."""
    fitting = [face for face in clear if face.target is asked]
    example = drawn.choice(fitting) if fitting else None
    return (asked, None, None) if example is None else (asked, example.id, example.intensity)


def _end(store: Store, token: str, run_id: str, stopped: bool) -> ExpressionRun:
    with store.begin() as db:
        row = _own(db, require(db, token, Role.PATIENT), run_id)
        if row.ended_at is None:
            row.ended_at, row.stopped = now(), stopped
            refresh_summary(db, row.person_id)
        return expression_queries.load(db, row)


def _and_end(db: Session, row: BlockRow) -> ExpressionRun:
    """The run as it stands, ended if nothing is left to do."""
    run = expression_queries.load(db, row)
    if run.ended or run.current is not None:
        return run
    row.ended_at = now()
    refresh_summary(db, row.person_id)
    return expression_queries.load(db, row)


def _checked(reading: Reading) -> Reading:
    if len(reading.probabilities) != len(Emotion) or reading.frames < 1:
        raise ValueError(f"{reading}: expected seven probabilities over at least one frame")
    return reading


def _context(db: Session, person: Person, row: BlockRow, example: int | None) -> dict[str, object]:
    """Where the attempt was made, and how often its example had been met before."""
    sitting = db.get_one(SessionRow, row.session_id)
    face, identity = _met(db, example)
    earlier = exercise_queries.exposures(db, person.id, [what for what in (face, identity) if what])
    return {
        "session_id": sitting.id,
        "language": sitting.language,
        "device": sitting.device,
        "software": VERSION,
        "earlier_face": earlier.get(face, 0) if face else None,
        "earlier_identity": earlier.get(identity, 0) if identity else None,
    }


def _met(db: Session, example: int | None) -> tuple[str | None, str | None]:
    """The names under which meeting the example face and its identity is counted, as in recognition."""
    if example is None:
        return None, None
    face = db.get_one(StimulusRow, example)
    return face.picture_hash, f"{face.set_id}:{face.identity}" if face.identity else None


def _count_example(db: Session, person: Person, example: int | None) -> None:
    """The person has met this face, and was told what it shows."""
    for what in _met(db, example):
        if what is not None:
            count_one(db, ExposureRow, "times", person_id=person.id, what=what)
