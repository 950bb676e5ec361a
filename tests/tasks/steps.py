"""Answers to the steps of a lesson."""

from core.domain.exercise.events import Answered, Batch, Given
from core.services.exercise import runs
from core.storage.database import Store
from core.storage.tables import now
from tests.support import BROWSER


def do_step(store: Store, token: str, run_id: str, number: int, response: str) -> None:
    given = Given(response, 900.0, now(), now(), None, False, "390x844@3")
    runs.take(store, token, run_id, Batch((Answered(number, given),), 1, 0), BROWSER)
