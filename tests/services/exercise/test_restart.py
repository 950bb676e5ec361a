"""PostgreSQL crashes and comes back while patients answer: they are told, they go on, and no answer is lost."""

from collections import Counter
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from core.domain.emotions import Emotion
from core.domain.people import NotSaved
from core.services.exercise import recognition
from core.storage.database import Store
from core.storage.tables import ExposureRow, TrialRow
from tests.databases import database, postgresql
from tests.history import answer
from tests.postgres import OwnServer
from tests.support import BROWSER, new_clinician, new_patient, says

PATIENTS = 6


class AnsweringPatient(Thread):
    """Answers face after face, tries again what was not saved, and remembers all that was acknowledged."""

    def __init__(self, store: Store, token: str, finish: Event) -> None:
        super().__init__(daemon=True)
        self.store, self.token, self.finish = store, token, finish
        self.acknowledged: dict[tuple[str, int], str] = {}
        self.refused: list[str] = []
        self.broken: Exception | None = None

    def run(self) -> None:
        while not self.finish.is_set() and self.broken is None:
            try:
                self.answer_a_run()
            except NotSaved as error:
                self.refused.append(str(error))
                self.finish.wait(0.05)
            except Exception as error:
                self.broken = error

    def answer_a_run(self) -> None:
        block = recognition.begin(self.store, self.token, BROWSER)
        while (trial := block.current) is not None and not self.finish.is_set():
            response = Emotion((trial.number + len(self.refused)) % 7)
            block = answer(self.store, self.token, block, trial.number, says(response), BROWSER)
            given = block.trials[trial.number - 1].answer
            assert given is not None
            self.acknowledged[block.id, trial.number] = given.response.value

    def answers_more(self, than: int) -> bool:
        return len(self.acknowledged) > than or self.broken is not None


def wait_for(condition: Event, true: object) -> None:
    for _ in range(1200):
        if callable(true) and true():
            return
        condition.wait(0.05)
    pytest.fail("nothing moved for a minute")


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_when_postgresql_crashes_under_load(tmp_path: Path) -> None:
    server = postgresql()
    if not isinstance(server, OwnServer):
        pytest.skip("TEST_DATABASE_URL names a server that is not the tests' to stop")
    with database("postgresql", tmp_path, stocked=True) as store:
        clinician, finish, never = new_clinician(store), Event(), Event()
        patients = [AnsweringPatient(store, new_patient(store, clinician, f"P-{n}"), finish) for n in range(PATIENTS)]
        for patient in patients:
            patient.start()
        wait_for(never, lambda: all(patient.answers_more(3) for patient in patients))
        server.stop("immediate")
        wait_for(never, lambda: all(patient.refused or patient.broken for patient in patients))
        before = [len(patient.acknowledged) for patient in patients]
        server.start()
        wait_for(never, lambda: all(map(AnsweringPatient.answers_more, patients, [count + 3 for count in before])))
        finish.set()
        for patient in patients:
            patient.join(30)
        assert [patient.broken for patient in patients] == [None] * PATIENTS
        assert {said for patient in patients for said in patient.refused} == {
            "This could not be saved just now. Nothing saved before is lost."
        }
        acknowledged = {key: said for patient in patients for key, said in patient.acknowledged.items()}
        with store.begin() as db:
            rows = db.execute(select(TrialRow.block_id, TrialRow.number, TrialRow.response))
            stored = {(block, number): said for block, number, said in rows if said is not None}
            meetings = db.scalar(select(func.sum(ExposureRow.times)).where(ExposureRow.what.like("%:%")))
        assert {key: stored.get(key) for key in acknowledged} == acknowledged
        unacknowledged = Counter(block for block, _ in stored.keys() - acknowledged.keys())
        assert all(times == 1 for times in unacknowledged.values()), "at most the one that was on its way"
        assert meetings == len(stored), "no answer is counted twice"
