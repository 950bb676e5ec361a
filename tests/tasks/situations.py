"""Answers to faces in a situation."""

from core.domain.exercise.events import Answered, Batch, Given
from core.services.exercise import runs
from core.storage.database import Store
from core.storage.tables import now
from core.tasks.context.feedback import ContextFeedback
from tests.support import BROWSER


def feedback_of(store: Store, token: str, run: str) -> dict[int, ContextFeedback]:
    """Of what is open in the run, by number."""
    said = {item.number: item.feedback for item in runs.state(store, token, run).items}
    return {number: one for number, one in said.items() if isinstance(one, ContextFeedback)}


def tell(store: Store, token: str, run: str, number: int, response: str, **more: str | float | bool) -> None:
    given = Given(response, 900.0, now(), now(), None, False, "390x844@3", more=more)
    runs.take(store, token, run, Batch((Answered(number, given),), 1, 0), BROWSER)


def do_situations(store: Store, token: str, run: str) -> int:
    """All that are open, answered as it is likely; how many they were."""
    said = feedback_of(store, token, run)
    for number, one in said.items():
        felt = " ".join(one.vignette.felt) or "ask"
        tell(store, token, run, number, one.vignette.face.word, context_felt=felt, context_ms=1200)
    return len(said)
