"""Expression exercise of a patient: whether it is offered, begin or go on, the neutral face, attempts, the end.

Pictures never come here: what arrives is seven probabilities and how many frames they are the mean of. Every attempt
is committed before it returns, and one that was recorded before changes nothing.
"""

import secrets

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.config import Site, settings
from core.domain.camera.expression import PAIR, Attempt, ClosedReason, ExpressionKind, ExpressionRun, Try
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise.items import RunItem
from core.domain.exercise.trials import Response
from core.domain.network.rating import NetworkId
from core.domain.patient.consent import Purpose
from core.domain.people import NotAllowed, Person, Role
from core.domain.practice.reviews import Pair
from core.services.exercise import run_rows
from core.services.exercise.summary import keep_time_zone
from core.services.gate.access import Player, require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, expression_queries, face_queries, opinion_queries
from core.storage.tables import BlockRow, SessionRow, StimulusRow, now
from core.tasks.expression.task import TASK


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


def begin(
    store: Store, token: str, browser: Browser, task: ExpressionKind, way: Way, pair: Pair | None = None
) -> ExpressionRun:
    """The patient's open run of `task`, if it was begun in this sitting, or a new one; any other open one ends: light,
    camera and the face at rest are another day's. `pair`: Show it asks for these two only.

    Raises as `require_camera`, and NotAgreed without a consent to a record.
    """
    try:
        return _begin(store, token, browser, task, way, pair)
    except IntegrityError:  # another tab began one at the same moment: that one is now the open run
        return _begin(store, token, browser, task, way, pair)


def run(store: Store, token: str, run_id: str) -> ExpressionRun:
    """One of the patient's own runs as it stands; raises NotAllowed for any other."""
    with store.begin() as db:
        return expression_queries.load(db, _own(db, token, run_id)[1])


def examples(store: Store, token: str, run_id: str) -> dict[int, tuple[str, bytes]]:
    """Media type and bytes of the built-in face that goes with each try of one's own run, by number; none for those
    without."""
    with store.begin() as db:
        run = expression_queries.load(db, _own(db, token, run_id)[1])
        hashes = {t.number: db.get_one(StimulusRow, t.example).picture_hash for t in run.tries if t.example}
        pictures = face_queries.pictures(db, hashes.values())
        return {number: pictures[picture] for number, picture in hashes.items()}


def set_baseline(
    store: Store, token: str, run_id: str, reading: Reading, way: Way, network: NetworkId
) -> ExpressionRun:
    """Keep the person's neutral face, which can be taken again until the first attempt; later nothing changes."""
    with store.begin() as db:
        _patient(db, token, Purpose.CAMERA, Purpose.TREATMENT)
        _, row = _own(db, token, run_id)
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
        _patient(db, token, Purpose.CAMERA, Purpose.TREATMENT)
        person, row = _own(db, token, run_id)
        run = expression_queries.load(db, row)
        current = run.current
        if current is None or current.number != number:
            return run
        values = {
            "network_id": opinion_queries.network_row(db, attempt.network).id,
            **expression_queries.scored(attempt.meant, _checked(attempt.reading)),
            "way": attempt.way,
            "answered_at": now(),
            **run_rows.place(db.get_one(SessionRow, row.session_id)),
        }
        if run.task is ExpressionKind.SHOW:
            if attempt.meant is not current.meant:
                raise ValueError(f"try {number} asks for {current.meant!r}; the attempt means {attempt.meant!r}")
            run_rows.keep(db, TASK, person, row, _item(current), values)
        else:
            said = Response.NOT_SURE if attempt.meant is None else Response[attempt.meant.name]
            target = None if attempt.meant is None else attempt.meant.word
            expression_queries.add_try(db, run_id, number, target=target, response=said, **values)
        return _and_end(db, row)


def skip(store: Store, token: str, run_id: str, number: int) -> ExpressionRun:
    """Go on without an emotion that was asked for; it counts neither way."""
    with store.begin() as db:
        person, row = _own(db, token, run_id)
        current = expression_queries.load(db, row).current
        if current is not None and current.number == number and current.meant is not None:
            where = run_rows.place(db.get_one(SessionRow, row.session_id))
            run_rows.keep(db, TASK, person, row, _item(current), {"void": expression_queries.SKIPPED, **where})
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
    consents.require_agreed(db, person.id, *purposes)
    return person


def _own(db: Session, token: str, run_id: str) -> tuple[Person, BlockRow]:
    by, row = run_rows.own(db, token, run_id)
    if row.task != TASK.name:
        raise NotAllowed("This run is not yours.")
    return by.person, row


def _begin(
    store: Store, token: str, browser: Browser, task: ExpressionKind, way: Way, pair: Pair | None
) -> ExpressionRun:
    asked = {} if pair is None else {PAIR: ",".join(one.word for one in pair)}
    with store.begin() as db:
        person = _patient(db, token, Purpose.CAMERA, Purpose.TREATMENT)
        keep_time_zone(db, person.id, browser.time_zone)
        sitting = run_rows.sitting(db, Player(person, in_room=False), browser)
        row = exercise_queries.open_run(db, person.id, TASK.name)
        facts = run_rows.facts(browser)
        if row is not None and (
            (row.kind, row.design.get(PAIR)) != (task, asked.get(PAIR))
            or not exercise_queries.goes_on(db.get_one(SessionRow, row.session_id), facts)
        ):
            row.ended_at, row.stopped = now(), True
            db.flush()
            row = None
        if row is None:
            options = {"way": way, **asked}
            by = run_rows.drawing(db, person.id, browser, secrets.randbits(31), kind=task, options=options)
            row = run_rows.draw(TASK, by, sitting.id)
        return expression_queries.load(db, row)


def _item(planned: Try) -> RunItem:
    target = None if planned.meant is None else planned.meant.word
    return RunItem(planned.number, planned.example, target, None, painted=False, answered=False, void=None)


def _end(store: Store, token: str, run_id: str, stopped: bool) -> ExpressionRun:
    with store.begin() as db:
        _, row = _own(db, token, run_id)
        run_rows.end(db, row, stopped)
        return expression_queries.load(db, row)


def _and_end(db: Session, row: BlockRow) -> ExpressionRun:
    """The run as it stands, ended if nothing is left to do."""
    run = expression_queries.load(db, row)
    if run.ended or run.current is not None:
        return run
    run_rows.end(db, row, stopped=False)
    return expression_queries.load(db, row)


def _checked(reading: Reading) -> Reading:
    if len(reading.probabilities) != len(Emotion) or reading.frames < 1:
        raise ValueError(f"{reading}: expected seven probabilities over at least one frame")
    return reading
