"""People in a server's database: who they are, and runs that they have behind them."""

from secrets import token_hex

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Trial
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.database import Store
from core.storage.queries import people_queries
from tests.e2e.server import AppServer
from tests.history import answer, run_through
from tests.services.exercise.led import PLAN, Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER, new_patient, says


def id_of(store: Store, code: str) -> str:
    with store.begin() as db:
        found = people_queries.with_code(db, code)
        assert found is not None, code
        return found.id


def led_patient(
    server: AppServer, clinician: str, monkeypatch: pytest.MonkeyPatch, language: str, *, diary: bool
) -> Led:
    """A new patient who is led through the programme of PLAN; `diary`: they agreed to one."""
    led = Led(server.store, new_patient(server.store, clinician, f"P-{token_hex(4)}"), monkeypatch)
    plans.set_plan(server.store, clinician, led.id, PLAN)
    agree_to_diary(server.store, led.token, yes=diary)
    accounts.set_language(server.store, led.token, language)
    return led


def finish_runs(store: Store, token: str, number: int) -> None:
    """So many runs as they fall due, the first two checks: of three faces one is taken for fear."""
    for _ in range(number):
        run_through(store, token, _two_of_three)


def answer_until(store: Store, token: str, number: int) -> None:
    """The run that is open, up to the face at this place."""
    block = recognition.begin(store, token, BROWSER)
    while (trial := block.current) is not None and trial.number <= number:
        block = answer(store, token, block, trial.number, _two_of_three(trial))


def _two_of_three(trial: Trial) -> Answer:
    return says(trial.stimulus.target if trial.number % 3 else Emotion.FEAR)
