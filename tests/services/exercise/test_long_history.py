"""What a page reads of a patient does not grow with the answers behind them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from psycopg.rows import tuple_row
from sqlalchemy import event, select

from core.domain.patient.summary import MOST_SHOWN
from core.domain.practice.skill import REMEMBERED
from core.domain.statistics.dose import PracticeRun, minutes
from core.services.accounts import accounts
from core.services.clinic.record import MOST_PRACTICES, review
from core.services.exercise import progress, recognition, runs
from core.storage.database import Store
from core.storage.queries import summary_queries
from core.storage.tables import IN_ORDER, BlockRow
from tests.history import as_meant, mistaken, repeat, run_through
from tests.support import BROWSER, new_clinician, new_patient

pytestmark = pytest.mark.usefixtures("old_default")

LONG = 150
"""How often the practice of a short history is there in a long one."""


@pytest.fixture
def clinic(store: Store) -> tuple[Store, str, str, str]:
    """A store, its clinician, and a patient after two checks and three practices."""
    clinician = new_clinician(store)
    patient = new_patient(store, clinician)
    for _ in range(5):
        run_through(store, patient)
    return store, clinician, patient, accounts.patients(store, clinician)[0].id


@contextmanager
def rows_read(store: Store) -> Iterator[list[int]]:
    """How many rows the database gave to what is done inside, as the one number of a list."""
    read = [0]

    def counted(row: Any) -> tuple[Any, ...]:
        read[0] += 1
        return tuple(row)

    sqlite = store.engine.dialect.name == "sqlite"

    def checkout(connection: Any, *_: object) -> None:
        connection.row_factory = (lambda _, row: counted(row)) if sqlite else (lambda _: counted)

    def checkin(connection: Any, *_: object) -> None:
        connection.row_factory = None if sqlite else tuple_row

    event.listen(store.engine, "checkout", checkout)
    event.listen(store.engine, "checkin", checkin)
    try:
        yield read
    finally:
        event.remove(store.engine, "checkout", checkout)
        event.remove(store.engine, "checkin", checkin)


def costs(store: Store, clinician: str, patient: str, person_id: str) -> dict[str, int]:
    """Rows that each page reads."""
    acts: dict[str, Callable[[], object]] = {
        "today": lambda: recognition.today(store, patient),
        "last result": lambda: progress.last_result(store, patient),
        "progress": lambda: progress.progress(store, patient),
        "begin": lambda: recognition.begin(store, patient, BROWSER),
        "going on": lambda: recognition.begin(store, patient, BROWSER),
        "stop": lambda: runs.stop(store, patient, recognition.begin(store, patient, BROWSER).id),
        "review": lambda: review(store, clinician, person_id),
    }
    counted = {}
    for name, act in acts.items():
        with rows_read(store) as read:
            act()
        counted[name] = read[0]
    return counted


def test_pages_read_no_more_of_many_practices_than_of_few(clinic: tuple[Store, str, str, str]) -> None:
    store, _, _, person_id = clinic
    short = costs(*clinic)
    assert repeat(store, person_id, "practice", LONG * 3, timedelta(days=1)) > 6000
    long = costs(*clinic)
    days = 9 * 7 + MOST_PRACTICES  # of the calendar, which shows them
    assert {name: long[name] for name in long if long[name] > short[name] + 20} == {
        name: rows for name, rows in long.items() if name in {"progress", "review", "begin"}
    }
    assert long["begin"] < short["begin"] + REMEMBERED, "the answers that a skill remembers"
    assert long["progress"] < short["progress"] + days
    assert long["review"] < short["review"] + days


def test_pages_read_no_face_of_checks_that_they_do_not_show(clinic: tuple[Store, str, str, str]) -> None:
    store, _, _, person_id = clinic
    short = costs(*clinic)
    assert repeat(store, person_id, "check", LONG, timedelta(days=4)) > 6000
    with store.begin() as db:
        summary_queries.count_checks(db, person_id)
    long = costs(*clinic)
    lines = 4 * LONG  # one or two of each check, wherever all of them are judged
    assert {name: rows for name, rows in long.items() if name != "review" and rows > short[name] + lines} == {}
    assert long["today"] < short["today"] + 20
    assert long["review"] < short["review"] + lines + MOST_SHOWN * 50, "the faces of the checks that are shown"


@pytest.mark.both_databases
def test_counts_beside_a_check_are_those_of_its_faces(stocked: Store) -> None:
    clinician = new_clinician(stocked)
    patient = new_patient(stocked, clinician)
    for number in range(7):
        run_through(stocked, patient, mistaken if number % 2 else as_meant)
    person_id = accounts.patients(stocked, clinician)[0].id
    with stocked.begin() as db:
        checks = summary_queries.finished_checks(db, person_id)
        runs = list(db.scalars(select(BlockRow).where(BlockRow.person_id == person_id).order_by(*IN_ORDER)))
    assert [(check.right, check.shown, check.practices) for check in checks] == [(42, 42, 0), (0, 42, 0), (42, 42, 4)]
    took = sum(minutes(PracticeRun(run.started_at, run.ended_at, run.length)) for run in runs if run.kind == "practice")
    assert [check.minutes for check in checks] == [0, 0, pytest.approx(took)]
