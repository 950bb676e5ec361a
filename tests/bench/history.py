"""A long history: what home, the beginning of a run and the clinician's page of a patient take with 1,000,
30,000 and 100,000 trials of that patient.

python -m tests.bench --only history
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import text

from core.services.accounts import accounts
from core.services.clinic.record import review
from core.services.exercise import progress, recognition, runs
from core.storage.database import Store
from tests.bench.figure import BenchFigure
from tests.history import repeat, run_through
from tests.support import BROWSER, new_clinician, new_patient_before_blocks, new_store

SIZES = (1_000, 30_000, 100_000)
TIMES = 7
PAGE = "the clinician's page of the patient"
_CHECKS = 0.1
"""Share of the trials that are of checks."""


def history_figures() -> Iterator[BenchFigure]:
    first, *others = (_measured(trials) for trials in SIZES)
    for trials, found in zip(SIZES[1:], others, strict=True):
        for name, took in found.items():
            few = first[name]
            what, base = f"{name}, {trials:,} own trials", f"{few:.0f} ms (with {SIZES[0]:,})"
            target = "as with 30,000: both show as many checks" if name == PAGE else "≤ 1.5×"
            yield BenchFigure(what, f"{took:.0f} ms", base, f"{took / few:.2f}×", target)


def _measured(trials: int) -> dict[str, float]:
    """Medians in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="lexithymia-history-") as folder, closing(new_store(Path(folder))) as store:
        clinician = new_clinician(store)
        patient = new_patient_before_blocks(store, clinician)
        for _ in range(5):
            run_through(store, patient)
        person_id = accounts.patients(store, clinician)[0].id
        for kind, share, faces in (("check", _CHECKS, 42), ("practice", 1 - _CHECKS, 14)):
            repeat(store, person_id, kind, round(trials * share / faces), timedelta(hours=10))
        with store.begin() as db:
            stored = db.execute(text("SELECT count(*) FROM trials")).scalar_one()
        assert abs(stored - trials) < 0.4 * trials, stored
        return _medians(store, clinician, patient, person_id)


def _medians(store: Store, clinician: str, patient: str, person_id: str) -> dict[str, float]:
    acts: dict[str, Callable[[], object]] = {
        "home": lambda: (recognition.today(store, patient), progress.last_result(store, patient)),
        "a run that begins and is stopped": lambda: runs.stop(
            store, patient, recognition.begin(store, patient, BROWSER).id
        ),
        "the patient's own progress": lambda: progress.progress(store, patient),
        PAGE: lambda: review(store, clinician, person_id),
    }
    return {name: median(_took(act) for _ in range(TIMES)) for name, act in acts.items()}


def _took(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)
