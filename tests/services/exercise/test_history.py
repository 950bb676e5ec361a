"""What tests insert as a history is what the exercise writes of the same answers, row by row."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Answer, Kind, Response, Trial
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.database import Store
from core.storage.tables import Base
from tests.databases import copy_of
from tests.history import answer, answer_all, as_meant, run_through
from tests.support import BROWSER, new_clinician, new_patient, says

OF_THE_CLOCK = {"ended_at", "last_at", "last_seen_at", "seconds", "last_practice"}


def mixed(trial: Trial) -> Answer:
    """Something of everything: not seen, not sure with and without a best guess, wrong, right."""
    return {
        1: says(Response.CANNOT_SEE),
        2: says(Response.NOT_SURE),
        3: says(Response.NOT_SURE, best_guess=Emotion.SAD),
        4: says(Emotion((trial.stimulus.target + 3) % 7), seconds=2.5),
    }.get(trial.number, as_meant(trial))


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but what the clock writes."""
    with store.begin() as db:
        return {
            table.name: [
                {name: value for name, value in row.items() if name not in OF_THE_CLOCK}
                for row in db.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", [Kind.CHECK, Kind.PRACTICE])
def test_a_run_that_was_inserted_is_the_run_that_was_answered(store: Store, kind: Kind, tmp_path: Path) -> None:
    clinician = new_clinician(store)
    token = new_patient(store, clinician, shares_answers=True)
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, Plan(exposure_ms=500))
    run_through(store, token)  # some faces and people were met before
    answered = recognition.begin(store, token, BROWSER, kind)
    with copy_of(store, tmp_path) as other:
        inserted = answer_all(other, token, recognition.begin(other, token, BROWSER), mixed)
        while (trial := answered.current) is not None:
            answered = answer(store, token, answered, trial.number, mixed(trial), BROWSER)
        assert inserted == answered
        assert rows(other) == rows(store)
