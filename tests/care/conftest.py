"""A demonstration that is made once, and copied for every test that changes it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.domain.people import Role
from core.services import accounts
from core.simulate.demonstration import make
from core.storage.database import Store
from tests.support import new_clinician, new_patient, new_store

UNTIL = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve invented patients; none of their answers depends on today."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.db"
    store = Store(f"sqlite:///{path}")
    make(store, UNTIL, patients=12)
    store.close()
    return path


@pytest.fixture
def demo(demonstrated: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(demonstrated, tmp_path / "demo.db")
    store = Store(f"sqlite:///{tmp_path / 'demo.db'}")
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def clinician(store: Store) -> str:
    """The sign-in of the first clinician, who is an administrator."""
    return new_clinician(store)


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    """The sign-in of the clinician's patient P-01."""
    return new_patient(store, clinician)


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


@pytest.fixture
def other(store: Store, clinician: str) -> str:
    """The sign-in of a clinician who cares for nobody."""
    link = accounts.invite_colleague(store, clinician, "Dr Luz", Role.CLINICIAN)
    return accounts.accept_invitation(store, link, "a quiet long sentence", "en")
