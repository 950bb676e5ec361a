"""A patient who agreed to a record and to the camera, on SQLite and on PostgreSQL, with no settings of the exercise."""

from collections.abc import Iterator

import pytest

from core.config import settings
from core.storage.database import Store
from tests.services.exercise.expression.acting import agree
from tests.support import new_patient


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    token = new_patient(store, clinician)
    agree(store, token)
    return token


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for variable in ("EXPRESSION", "SITE", "ICE_SERVERS"):
        monkeypatch.delenv(variable, raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()
