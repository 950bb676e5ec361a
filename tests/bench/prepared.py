"""The database that the bench begins with."""

from pathlib import Path

from core.services import exercise, faces
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests.support import BROWSER, new_clinician, new_patient, says

CLINICIAN, PATIENT = "Dr Bench", "P-BENCH"


def prepared(folder: Path) -> Store:
    """A database with the built-in faces, the network's answers, a clinician, and a patient past both first checks;
    both have the tests' password."""
    store = Store(f"sqlite:///{folder / 'lexithymia.db'}")
    upgrade(store)
    faces.keep_up(store, load_default())
    patient = new_patient(store, new_clinician(store, CLINICIAN), PATIENT)
    for _ in range(2):
        block = exercise.begin(store, patient, BROWSER)
        while (trial := block.current) is not None:
            block = exercise.answer(store, patient, block, trial.number, says(trial.stimulus.target), BROWSER)
    return store
