"""A fresh database, SQLite and then PostgreSQL, and people in it."""

import pytest

from core.services.accounts import accounts
from core.storage.database import Store

PASSWORD = "a quiet room with light"


@pytest.fixture
def store(migrated: Store) -> Store:
    return migrated


@pytest.fixture
def clinician(store: Store) -> str:
    """The sign-in of the first clinician, who is an administrator."""
    return accounts.create_first_clinician(store, "Dr. Ruiz", PASSWORD, "en")


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    """The sign-in of a patient of the first clinician."""
    return accounts.accept_invitation(store, accounts.invite_patient(store, clinician, "P-01"), PASSWORD, "es")
