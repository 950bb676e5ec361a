"""A newer version of a set: people who are added to practice change no check, another face of a check does."""

from collections.abc import Callable
from dataclasses import replace

from core.domain.exercise.trials import Kind
from core.services.exercise import runs
from core.services.faces.stimulus_sets import bring_in
from core.stimuli.builtin import read_builtin
from core.stimuli.records import Face, set_version
from core.storage.database import Store
from core.storage.tables import BlockRow
from core.tasks.recognition.task import TASK
from tests.support import BROWSER, FakeRater, new_patient_before_blocks


def without(store: Store, leaves: Callable[[Face], bool]) -> str:
    """Bring in the built-in faces without these, as a newer version; its name."""
    info, faces = read_builtin()
    kept = [face for face in faces if not leaves(face)]
    version = set_version(kept)
    bring_in(store, (replace(info, version=version), kept), FakeRater())
    return version


def check(store: Store, patient: str) -> tuple[str, str]:
    """Begin a check and end it; the version that its design names, and the key by which it is compared."""
    run = runs.begin(store, patient, BROWSER, TASK, Kind.CHECK)
    runs.stop(store, patient, run)
    with store.begin() as db:
        row = db.get_one(BlockRow, run)
        return row.design["set_version"], row.blueprint or ""


def test_checks_before_and_after_people_are_added_to_practice_are_compared(store: Store, clinician: str) -> None:
    patient = new_patient_before_blocks(store, clinician)
    before = check(store, patient)
    fewer = without(store, lambda face: face.identity == "401")
    assert before[0] == read_builtin()[0].version != fewer
    assert check(store, patient) == before
    other = without(store, lambda face: face.role == "A" and face.intensity == 20)
    assert check(store, patient)[0] == other
