"""The databases that the bench begins with."""

from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.storage.tables import BlockRow, TrialRow, now
from core.vision.rater import load_default
from tests.history import answer, as_meant, mistaken
from tests.support import BROWSER, PASSWORD, new_clinician, new_patient_before_blocks, says

CLINICIAN, PATIENT = "Dr Bench", "P-BENCH"
LATER_CHECKS = 26


def prepared(folder: Path) -> Store:
    """A database with the built-in faces, the network's answers, a clinician, and a patient past both first checks;
    both have the tests' password."""
    store = Store(f"sqlite:///{folder / 'lexithymia.db'}")
    upgrade(store)
    stimulus_sets.update_faces(store, load_default())
    patient = new_patient_before_blocks(store, new_clinician(store, CLINICIAN), PATIENT)
    for _ in range(2):
        block = recognition.begin(store, patient, BROWSER)
        while (trial := block.current) is not None:
            block = answer(store, patient, block, trial.number, says(trial.stimulus.target), BROWSER)
    return store


def half_a_year(store: Store) -> int:
    """Give the patient of a `prepared` database a check every week of half a year, with a practice before each; seven
    of ten faces are named as meant. Returns how many trials are stored then."""
    random, clinician = Random(0), accounts.sign_in(store, CLINICIAN, PASSWORD)
    plan = Plan(practice_length=7, check_every=1, checks_planned=LATER_CHECKS)
    plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, plan)
    patient, later = accounts.sign_in(store, PATIENT, PASSWORD), 0
    while later < LATER_CHECKS:
        block = recognition.begin(store, patient, BROWSER)
        later += block.kind is Kind.CHECK
        while (trial := block.current) is not None:
            given = as_meant(trial) if random.random() < 0.7 else mistaken(trial)
            block = answer(store, patient, block, trial.number, given, BROWSER)
    with store.begin() as db:
        runs = db.scalars(select(BlockRow).order_by(BlockRow.started_at)).all()
        for place, run in enumerate(runs):
            assert run.ended_at is not None
            took, days = run.ended_at - run.started_at, 182 * (len(runs) - place) / len(runs)
            run.started_at = now() - timedelta(days=days)
            run.ended_at = run.started_at + took
        return db.scalar(select(func.count()).select_from(TrialRow)) or 0
