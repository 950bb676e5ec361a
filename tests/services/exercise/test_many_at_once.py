"""Many people answer at the same moment: nobody waits for somebody who waits for them."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import update

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.services.faces import stimulus_sets
from core.services.gate.access import TOUCHED, who
from core.storage.database import Store
from core.storage.tables import SignInRow, now
from tests.history import answer
from tests.support import BROWSER, new_clinician, new_patient, says

PEOPLE = 24
"""More than there are connections to a database."""
SOON = 20.0
"""Seconds: less than it takes until a wait for a connection is given up, and far more than the answers take."""


@pytest.mark.both_databases
def test_as_many_as_there_are_connections_and_more_answer_at_once(store: Store) -> None:
    clinician = new_clinician(store)
    people = [new_patient(store, clinician, f"P-{number:02}") for number in range(PEOPLE)]
    blocks = [recognition.begin(store, person, BROWSER, Kind.PRACTICE) for person in people]
    with store.begin() as db:  # half of them after a pause, which is noted before their answer; the others at once
        known = [who(db, person).id for person in people[::2]]
        db.execute(update(SignInRow).where(SignInRow.person_id.in_(known)).values(last_seen_at=now() - 2 * TOUCHED))
    stimulus_sets._pools.clear()  # as in a server that has just started: a miss is drawn again from faces not read yet
    together, other = Barrier(PEOPLE), replace(BROWSER, device="phone")

    def answers(which: int) -> float:
        together.wait()
        began = time.monotonic()
        answer(store, people[which], blocks[which], 1, says(Emotion.FEAR), other)
        return time.monotonic() - began

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert max(pool.map(answers, range(PEOPLE))) < SOON
