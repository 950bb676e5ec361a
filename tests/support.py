"""What many tests need: a fresh store with the built-in faces, a patient, a rater that needs no network."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise.events import Answered, Given
from core.domain.exercise.trials import Answer, Response
from core.domain.network.rating import NetworkId, NetworkRating
from core.domain.patient.consent import Purpose
from core.services.accounts import accounts, invitations
from core.services.faces import stimulus_sets
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.web import server

HOME = ZoneInfo("Europe/Madrid")
BROWSER = Browser(language="en", time_zone=HOME.key, device="computer", user_agent="test")
PASSWORD = "a quiet long sentence"
NOUNS = {emotion.word: emotion.word for emotion in Emotion} | {"angry": "anger", "happy": "happiness", "sad": "sadness"}
"""What English pages call the seven, by the words of FER-2013."""


def earlier(at: datetime, days: float) -> datetime:
    """So many days before, at the same time of day where BROWSER's people live."""
    return (at.astimezone(HOME) - timedelta(days=days)).astimezone(UTC)


class FakeRater:
    """Says "surprise, fairly sure" of every face."""

    network = NetworkId("fake", "1", "f" * 64)

    def rate(self, face: NDArray[np.uint8]) -> tuple[float, ...]:
        return (0.05, 0.05, 0.1, 0.05, 0.05, 0.65, 0.05)

    def rate_many(self, faces: Iterable[NDArray[np.uint8]]) -> list[tuple[float, ...]]:
        return [self.rate(face) for face in faces]

    def look(self, picture: bytes) -> NetworkRating:
        heat = bytes(30) + bytes((0, 90, 255, 255, 90, 0))
        return NetworkRating(
            self.rate(np.zeros((48, 48), dtype=np.uint8)), (0.1, 0.2, 0.7, 0.7), heat, crowd=(0.1,) * 8
        )


@cache
def _template() -> Path:
    path = Path(mkdtemp(prefix="lexithymia-test-")) / "template.db"
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    stimulus_sets.update_faces(store, FakeRater())
    store.close()
    return path


def new_store(folder: Path) -> Store:
    """A store of its own in `folder`, with the built-in faces and the fake rater's answers."""
    path = folder / "lexithymia.db"
    shutil.copy(_template(), path)
    return Store(f"sqlite:///{path}")


@contextmanager
def served(store: Store) -> Iterator[Store]:
    """Every page of this process works on `store`, whenever it was imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "Store", lambda url: store)
        server.store.cache_clear()
        yield store
        server.store.cache_clear()


def new_clinician(store: Store, code: str = "Dr Vega") -> str:
    """The sign-in of the first clinician, who is an administrator."""
    return accounts.create_first_clinician(store, code, PASSWORD, "en")


def new_patient(store: Store, clinician: str, code: str = "P-01", shares_answers: bool = False) -> str:
    """The sign-in of a patient in the care of `clinician`, who agreed to a record, and to NORMS if they share."""
    link = accounts.invite_patient(store, clinician, code)
    token = accounts.accept_invitation(store, link, PASSWORD, "en")
    says = {Purpose.TREATMENT: True, Purpose.NORMS: shares_answers, Purpose.RESEARCH: False}
    for purpose, yes in says.items():
        consents.decide(store, token, purpose, newest(purpose), yes)
    return token


@contextmanager
def before_blocks() -> Iterator[None]:
    """Who is invited meanwhile is as in releases without blocks: no plan is stored, `Plan()` is in force."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invitations, "give_standard_plan", lambda db, patient_id: None)
        yield


def new_patient_before_blocks(store: Store, clinician: str, code: str = "P-01", shares_answers: bool = False) -> str:
    """As `new_patient`, of a release without blocks."""
    with before_blocks():
        return new_patient(store, clinician, code, shares_answers)


def answered(number: int, answer: Answer) -> Answered:
    """An answer as a browser tells it."""
    given = Given(
        response=answer.response,
        response_time_ms=answer.response_time_ms,
        painted_at=answer.painted_at,
        answered_at=answer.answered_at,
        best_guess=None if answer.best_guess is None else answer.best_guess.word,
        focus_lost=answer.focus_lost,
        window=answer.window,
    )
    return Answered(number, given)


def says(response: Response | Emotion, *, seconds: float = 1.0, best_guess: Emotion | None = None) -> Answer:
    """An answer given `seconds` after the face was painted."""
    painted = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    return Answer(
        response=Response(response.word) if isinstance(response, Emotion) else response,
        response_time_ms=1000 * seconds,
        painted_at=painted,
        answered_at=painted + timedelta(seconds=seconds),
        best_guess=best_guess,
        window="390x844@3",
    )
