"""A fresh database in a temporary folder, and people in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.services import accounts
from core.storage.database import Store
from core.storage.migrate import upgrade

PASSWORD = "a quiet room with light"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'people.db'}")
    upgrade(store)
    yield store
    store.close()


@pytest.fixture
def clinician(store: Store) -> str:
    """The sign-in of the first clinician, who is an administrator."""
    return accounts.create_first_clinician(store, "Dr. Ruiz", PASSWORD, "en")


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    """The sign-in of a patient of the first clinician."""
    return accounts.accept_invitation(store, accounts.invite_patient(store, clinician, "P-01"), PASSWORD, "es")
