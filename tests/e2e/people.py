"""People in a server's database: who they are, and runs that they have behind them."""

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Trial
from core.services.exercise import recognition
from core.storage.database import Store
from core.storage.queries import people_queries
from tests.history import answer, run_through
from tests.support import BROWSER, says


def id_of(store: Store, code: str) -> str:
    with store.begin() as db:
        found = people_queries.with_code(db, code)
        assert found is not None, code
        return found.id


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
