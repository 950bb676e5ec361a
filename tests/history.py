"""Runs of faces that were answered before a test begins: the rows of the exercise, inserted at once."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise.events import Batch, RunEvent
from core.domain.exercise.items import RunItem
from core.domain.exercise.trials import Answer, Block, Trial
from core.domain.patient.consent import Purpose
from core.domain.people import Person, Role
from core.services.exercise import recognition, run_rows, runs
from core.services.gate.access import require
from core.services.privacy import consents
from core.storage.database import Store
from core.storage.queries import exercise_queries, opinion_queries
from core.storage.tables import BlockRow, ExposureRow, NetworkAnswerRow, PeopleAnswerRow, StimulusRow, TrialRow
from core.storage.tables.base import new_id
from core.storage.upserts import count_each
from core.tasks.recognition.task import TASK
from tests.support import BROWSER, answered, says

_TIMES = ("response_time_ms", "painted_at", "answered_at", "focus_lost", "window")
Say = Callable[[Trial], Answer]


def as_meant(trial: Trial) -> Answer:
    return says(trial.stimulus.target)


def mistaken(trial: Trial) -> Answer:
    return says(trial.rival or Emotion((trial.stimulus.target + 1) % 7))


def run_through(store: Store, token: str, say: Say = as_meant, browser: Browser = BROWSER) -> Block:
    """A whole run of what is due to the patient."""
    return answer_all(store, token, recognition.begin(store, token, browser), say, browser)


def answer_all(store: Store, token: str, block: Block, say: Say = as_meant, browser: Browser = BROWSER) -> Block:
    """The block with `say` of every face that is still open.

    The service answers the last one only, which ends the run; the rows of the others are what it would have written
    (test_history compares them), in one transaction instead of one for each, in a tenth of the time.
    """
    *before, last = [trial for trial in block.trials if trial.open]
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        _answer(db, person, block, {trial.number: say(trial) for trial in before}, browser)
    for trial in before:
        block.answer(trial.number, say(trial))
    return answer(store, token, block, last.number, say(last), browser)


def answer(store: Store, token: str, block: Block, number: int, given: Answer, browser: Browser = BROWSER) -> Block:
    """The block after the patient's answer to one face."""
    return tell(store, token, block, answered(number, given), browser=browser)


def tell(store: Store, token: str, block: Block, *events: RunEvent, browser: Browser = BROWSER) -> Block:
    """The block after what the patient's browser tells of it in one batch."""
    runs.take(store, token, block.id, Batch(events, len(events), known=0), browser)
    with store.begin() as db:
        return exercise_queries.load_block(db, db.get_one(BlockRow, block.id))


def _answer(db: Session, person: Person, block: Block, given: dict[int, Answer], browser: Browser) -> None:
    trials = [trial for trial in block.trials if trial.number in given]
    names = {trial.number: run_rows.names_of(db.get_one(StimulusRow, trial.stimulus.id)) for trial in trials}
    met = Counter(exercise_queries.exposures(db, person.id, {name for pair in names.values() for name in pair if name}))
    sitting = exercise_queries.sitting(db, person.id, run_rows.facts(browser))
    network = opinion_queries.active_network(db)
    said = _network_answers(db, trials, network.id) if network else {}
    shares = consents.has_consent(db, person.id, Purpose.NORMS)
    for trial in trials:
        face, identity = names[trial.number]
        context = {
            "session_id": sitting.id,
            "language": browser.language,
            "device": browser.device,
            "software": VERSION,
            "earlier_face": met[face],
            "earlier_identity": met[identity] if identity else None,
            "network_id": network.id if network else None,
            "network_probabilities": said.get(face),
        }
        item = RunItem(trial.number, trial.stimulus.id, trial.stimulus.target.word, None, False, False, None)
        told = answered(trial.number, given[trial.number]).given
        times = {name: getattr(told, name) for name in _TIMES}
        values = {**context, **times, **TASK.answer(block.kind, item, told)}
        assert exercise_queries.fill_in(db, block.id, trial.number, **values)
        if shares and not met[face]:
            response = given[trial.number].response.value
            count_each(db, PeopleAnswerRow, "people", [{"picture_hash": face, "response": response}])
        met.update(name for name in (face, identity) if name)
    db.execute(delete(ExposureRow).where(ExposureRow.person_id == person.id, ExposureRow.what.in_(list(met))))
    rows = [{"person_id": person.id, "what": what, "times": times} for what, times in met.items() if times]
    if rows:
        db.execute(insert(ExposureRow), rows)


def _network_answers(db: Session, trials: list[Trial], network_id: int) -> dict[str, list[float]]:
    query = select(NetworkAnswerRow.picture_hash, NetworkAnswerRow.probabilities).where(
        NetworkAnswerRow.network_id == network_id,
        NetworkAnswerRow.picture_hash.in_([trial.stimulus.hash for trial in trials]),
    )
    return {row.picture_hash: row.probabilities for row in db.execute(query)}


def repeat(store: Store, person_id: str, kind: str, times: int, every: timedelta) -> int:
    """The person's latest finished run of a kind, with its trials, `times` more: each `every` before the one after it.
    Returns how many trials were added."""
    with store.begin() as db:
        block, trial = BlockRow.__table__, TrialRow.__table__
        own = (block.c.person_id == person_id, block.c.kind == kind, block.c.stopped.is_(False))
        latest = db.execute(select(block).where(*own).order_by(block.c.number.desc()))
        source = latest.mappings().first()
        assert source is not None
        faces = [dict(row) for row in db.execute(select(trial).where(trial.c.block_id == source["id"])).mappings()]
        db.execute(update(BlockRow).where(BlockRow.person_id == person_id).values(number=BlockRow.number + times))
        blocks, trials = [], []
        for place in range(times):
            id_, ago = new_id(), (times - place) * every
            began, ended = source["started_at"] - ago, source["ended_at"] - ago
            blocks.append({**source, "id": id_, "number": place, "started_at": began, "ended_at": ended})
            trials += [{name: v for name, v in {**row, "block_id": id_}.items() if name != "id"} for row in faces]
        db.execute(insert(BlockRow), blocks)
        db.execute(insert(TrialRow), trials)
        return len(trials)
