"""Rows that were drawn in bulk are what the exercise writes when somebody answers the same."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import six_weeks
from core.domain.exercise.trials import Answer, Response
from core.services.accounts import accounts
from core.services.exercise import plans, played_run, recognition, run_rows, runs
from core.services.faces.stimulus_sets import pool
from core.services.gate.access import who
from core.simulate.course import Habits, SimulatedCourse, SimulatedFaces, simulate_course
from core.simulate.learner import draw
from core.storage.database import Store
from core.storage.queries.face_queries import newest_set
from core.storage.tables import Base, BlockRow, ExposureRow, PeopleAnswerRow, SessionRow, TrialRow
from core.tasks.recognition import course_state
from tests.history import answer
from tests.simulate.living import PHONE, UNTIL
from tests.support import FakeRater, new_clinician, new_patient_before_blocks, new_store

BLOCKS = 4
PLAN = Plan(adaptive=False)
LED = replace(PLAN.in_blocks("light"), programme=six_weeks())
"""Simulated people practise at one strength; see tests.bench.engine for those whose practice follows them."""
SERVERS_CLOCK = {"started_at", "ended_at", "last_at"}
KEYS = {"id", "block_id", "session_id"}
COUNTED = {"right_count", "shown_count", "practices_before", "minutes_before"}
"""When they are first read, from the columns that are compared."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


def replay(store: Store, token: str, lived: SimulatedCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the first blocks of `lived` through the services, with the same seeds."""
    for row in lived.blocks[:BLOCKS]:
        for module in (course_state, run_rows, played_run):
            monkeypatch.setattr(module, "now", lambda at=row["started_at"]: at)
        monkeypatch.setattr("core.services.exercise.run_rows.secrets.randbits", lambda _bits, seed=row["seed"]: seed)
        block = recognition.begin(store, token, PHONE)
        for trial in (t for t in lived.trials if t["block_id"] == row["id"] and t["response"]):
            given = Answer(
                Response(trial["response"]),
                trial["response_time_ms"],
                trial["painted_at"],
                trial["answered_at"],
                Emotion.from_word(trial["best_guess"]) if trial["best_guess"] else None,
                trial["focus_lost"],
                trial["window"],
            )
            block = answer(store, token, block, trial["number"], given, PHONE)
        if row["stopped"]:
            runs.stop(store, token, block.id)
        if row["hard"] is not None:
            runs.say_hard(store, token, block.id, row["hard"])


def as_dict(row: Base, *but: str) -> dict[str, Any]:
    return {column: getattr(row, column) for column in row.__table__.columns.keys() if column not in but}  # noqa: SIM118


@pytest.mark.parametrize("plan", [PLAN, PLAN.in_blocks("standard"), LED], ids=["latest", "blocks", "led"])
def test_simulated_blocks_equal_answered_ones_field_by_field(
    store: Store, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    clinician = new_clinician(store)
    token = new_patient_before_blocks(store, clinician, shares_answers=True)
    with store.begin() as db:
        person = who(db, token).id
    plans.set_plan(store, clinician, person, plan)
    with store.begin() as db:
        pools = {role: pool(db, 1, role, role != "practice") for role in ("practice", "A", "B")}
    says = [round(p, 4) for p in FakeRater().rate(np.zeros((48, 48), np.uint8))]
    with store.begin() as db:
        known = newest_set(db, "builtin")
        assert known is not None
    faces = SimulatedFaces(
        known.id, known.version, pools, 1, {face.hash: says for faces in pools.values() for face in faces}
    )
    habits = Habits(UNTIL - timedelta(weeks=5), days_between=3, leaves=0.0)
    lived = simulate_course(
        person, draw(np.random.default_rng(3)), habits, plan, PHONE, faces, UNTIL, np.random.default_rng(4), plan_id=1
    )
    replay(store, token, lived, monkeypatch)

    ids = [row["id"] for row in lived.blocks[:BLOCKS]]
    drawn = [row for row in lived.trials if row["block_id"] in ids]
    with store.begin() as db:
        blocks = db.scalars(select(BlockRow).order_by(BlockRow.started_at)).all()
        for simulated, answered in zip(lived.blocks[:BLOCKS], blocks, strict=True):
            but = KEYS | SERVERS_CLOCK | COUNTED
            assert {k: v for k, v in simulated.items() if k not in but} == as_dict(answered, *but)
            assert (simulated["ended_at"] is None) == (answered.ended_at is None)
            assert isinstance(simulated["started_at"], datetime)
        trials = [
            t
            for b in blocks
            for t in db.scalars(select(TrialRow).where(TrialRow.block_id == b.id).order_by(TrialRow.number))
        ]
        for mine, theirs in zip(drawn, trials, strict=True):
            assert {k: v for k, v in mine.items() if k not in KEYS} == as_dict(theirs, *KEYS)
            assert (mine["session_id"] is None) == (theirs.session_id is None)
        session = db.scalars(select(SessionRow)).first()
        assert session is not None
        assert {k: v for k, v in lived.sessions[0].items() if k not in KEYS | SERVERS_CLOCK} == as_dict(
            session, *KEYS, *SERVERS_CLOCK
        )
        answered_numbers = sum(row["response"] is not None for row in drawn)
        met = {row.what: row.times for row in db.scalars(select(ExposureRow))}
        assert sum(met.values()) == 2 * answered_numbers
        counted = sum(row.people for row in db.scalars(select(PeopleAnswerRow)))
        assert counted == sum(row["earlier_face"] == 0 for row in drawn if row["response"])
    assert accounts.person_behind(store, token) is not None
