"""A patient who was not asked anything yet."""

import pytest

from core.services import accounts
from core.storage.database import Store
from tests.support import PASSWORD, new_clinician


@pytest.fixture
def store(stocked: Store) -> Store:
    return stocked


@pytest.fixture
def clinician(store: Store) -> str:
    return new_clinician(store)


@pytest.fixture
def unasked(store: Store, clinician: str) -> str:
    """The sign-in of a patient of age who has not been asked yet."""
    return accounts.accept_invitation(store, accounts.invite_patient(store, clinician, "P-01"), PASSWORD, "es")


@pytest.fixture
def minor(store: Store, clinician: str) -> str:
    """The sign-in of a minor who has not been asked yet."""
    link = accounts.invite_patient(store, clinician, "P-01", minor=True)
    return accounts.accept_invitation(store, link, PASSWORD, "en")
