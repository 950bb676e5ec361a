"""What tests of expressions do: consent to the camera, readings, attempts, whole runs."""

from core.domain.camera.expression import Attempt, ExpressionKind, ExpressionRun
from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId
from core.domain.patient.consent import Purpose
from core.services.accounts import accounts
from core.services.exercise import expression
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from tests.support import BROWSER, FakeRater

NETWORK = FakeRater().network


def agree(store: Store, token: str) -> None:
    consents.decide(store, token, Purpose.CAMERA, newest(Purpose.CAMERA), True)


def which(store: Store, clinician: str, code: str) -> str:
    """The id of the patient with `code`."""
    return next(account.id for account in accounts.patients(store, clinician) if account.code == code)


def begin(store: Store, token: str, task: ExpressionKind = ExpressionKind.SHOW, way: Way = Way.STREAM) -> ExpressionRun:
    return expression.begin(store, token, BROWSER, task, way)


def reading(emotion: Emotion, frames: int = 20) -> Reading:
    return Reading(tuple(0.7 if one is emotion else 0.05 for one in Emotion), frames)


def neutral() -> Reading:
    return reading(Emotion.NEUTRAL)


def attempt(meant: Emotion | None, saw: Emotion, frames: int = 20, network: NetworkId = NETWORK) -> Attempt:
    return Attempt(meant, reading(saw, frames), Way.STREAM, network)


def show_all(store: Store, token: str, network: NetworkId = NETWORK, mistaken: Emotion | None = None) -> ExpressionRun:
    """A whole run of Show it in which each emotion is seen as asked, but `mistaken`, which is taken for surprise."""
    run = begin(store, token)
    expression.set_baseline(store, token, run.id, neutral(), Way.STREAM, network)
    while (current := run.current) is not None:
        assert current.meant is not None
        saw = Emotion.SURPRISE if current.meant is mistaken else current.meant
        run = expression.record(store, token, run.id, current.number, attempt(current.meant, saw, network=network))
    return run
