"""Try-out: a few faces, for a visitor without an account or beside a lesson. Nothing is stored: the run is what its
name says, encrypted."""

import json
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress

from core.domain.emotions import Emotion
from core.domain.exercise import design
from core.domain.exercise.events import Answered, NotUnderstood
from core.domain.exercise.trials import Block, Kind, Trial
from core.domain.people import NotAllowed, Refusal
from core.services.exercise.runs import Begun, Item, Picture, RunState, bytes_of
from core.services.faces.stimulus_sets import pool
from core.storage.database import Store
from core.storage.encryption import MissingKey, decrypt, encrypt
from core.storage.queries import face_queries
from core.storage.tables import StimulusRow
from core.tasks.recognition.feedback import further_picture, opinions
from core.tasks.recognition.task import TASK, answer_of

PREFIX = "try."
"""With which the name of every such run begins, and no stored one's."""


def begin(store: Store, emotions: Sequence[Emotion] = design.SIX) -> str:
    """The name of a run of practice faces of the built-in set, one for each of `emotions`."""
    with store.begin() as db:
        row = face_queries.newest_set(db, "builtin")
    if row is None:
        raise Refusal("The built-in faces are still being unpacked. Please try again in a moment.")
    return PREFIX + encrypt(json.dumps([row.id, secrets.randbits(31), emotions]))


def block(store: Store, run_id: str, answers: Iterable[Answered] = ()) -> Block:
    """The faces of the run with this name, and what was answered. Raises NotAllowed where we never gave that name."""
    try:
        set_id, seed, emotions = json.loads(decrypt(run_id.removeprefix(PREFIX)))
    except (MissingKey, ValueError) as error:
        raise NotAllowed("This run of faces is not yours.") from error
    with store.begin() as db:
        faces = pool(db, set_id, "practice")
    drawn = design.draw_tryout(faces, seed, [Emotion(emotion) for emotion in emotions])
    trials = [Trial(number, face) for number, face in enumerate(drawn, start=1)]
    run = Block(run_id, Kind.TRYOUT, len(trials), trials, set_id=set_id)
    for answer in answers:
        with suppress(NotUnderstood):
            run.answer(answer.number, answer_of(answer.given))
    return run


def begun(run_id: str) -> Begun:
    """The run, to be played."""
    return Begun(run_id, TASK, measured=False, next=1, keeps=False)


def state(store: Store, run_id: str) -> RunState:
    """The whole run, as its browser may know it."""
    run = block(store, run_id)
    with store.begin() as db:
        said = opinions(db, {trial.number: trial.stimulus.id for trial in run.trials})
    items = tuple(Item(number, None, feedback=said[number]) for number in said)
    return RunState(run.id, run.length, 0, False, 1, items)


def picture(store: Store, run_id: str, number: int, part: int | None = None) -> Picture:
    """The face at place `number`, or a further one of the same person, as `further_picture` numbers them."""
    face = _face(store, run_id, number)
    with store.begin() as db:
        row = db.get_one(StimulusRow, face.stimulus.id)
        return bytes_of(db, row if part is None else further_picture(db, row, part))


def _face(store: Store, run_id: str, number: int) -> Trial:
    face = next((trial for trial in block(store, run_id).trials if trial.number == number), None)
    if face is None:
        raise NotAllowed("There is no such face in this run.")
    return face
