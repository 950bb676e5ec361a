"""Invented runs before the camera are rows as the exercise writes them."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from core.services.faces.stimulus_sets import pool
from core.services.gate.access import who
from core.simulate.expressions import Camera
from core.storage.queries import expression_queries, opinion_queries
from core.storage.queries.face_queries import newest_set
from core.storage.tables import Base, BlockRow, SessionRow, TrialRow
from tests.services.exercise.expression.acting import NETWORK, agree, show_all
from tests.support import BROWSER, new_clinician, new_patient, new_store


def filled(row: Base) -> set[str]:
    return {name for name in row.__table__.columns.keys() if getattr(row, name) is not None}  # noqa: SIM118


def test_an_invented_run_has_the_columns_of_a_real_one_and_is_read_back_whole(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    token = new_patient(store, new_clinician(store))
    agree(store, token)
    real = show_all(store, token)
    with store.begin() as db:
        person, faces = who(db, token), newest_set(db, "builtin")
        assert faces is not None
        sitting = db.scalars(select(SessionRow)).one()
        practice = pool(db, faces.id, "practice")
        network = opinion_queries.network_row(db, NETWORK).id
        camera = Camera(np.random.default_rng(5), 0.7, faces.id, practice, network, NETWORK)
        met: Counter[str] = Counter()
        block, tries = camera.run(datetime(2026, 11, 1, tzinfo=UTC), person.id, BROWSER, sitting.id, met)
        db.add(BlockRow(**block))
        db.flush()
        db.add_all(TrialRow(**row) for row in tries)
        db.flush()
        rows: dict[str, Any] = {row.id: row for row in db.scalars(select(BlockRow))}
        assert filled(rows[block["id"]]) == filled(rows[real.id])
        assert set(rows[block["id"]].baseline) == set(rows[real.id].baseline)
        trials = db.scalars(select(TrialRow)).all()
        assert len({frozenset(filled(row)) for row in trials}) == 1
        invented = expression_queries.load(db, rows[block["id"]])
    assert (invented.ended, len(invented.made), invented.baseline_network) == (True, 7, NETWORK)
    assert sorted(one.meant for one in invented.made if one.meant is not None) == list(range(7))
    assert all(sum(one.reading.probabilities) == pytest.approx(1, abs=0.001) for one in invented.made if one.reading)
    assert sum(met.values()) == 14, "each example is met, and its person"
    store.close()
