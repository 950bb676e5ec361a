"""A demonstration that is made once on each database, and copied for every test that changes it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from core.domain.people import Role
from core.services.accounts import accounts
from core.services.accounts.sign_in import NOWHERE, new_sign_in
from core.simulate.demonstration import make
from core.storage.database import Store
from core.storage.tables import PersonRow
from tests.databases import KINDS, copy_of, database

UNTIL = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session", params=KINDS)
def demonstrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Twelve invented patients; none of their answers depends on today."""
    with database(request.param, tmp_path_factory.mktemp("demonstration")) as store:
        make(store, UNTIL, patients=12)
        yield store


@pytest.fixture
def demo(demonstrated: Store, tmp_path: Path) -> Iterator[Store]:
    with copy_of(demonstrated, tmp_path) as store:
        yield store


@pytest.fixture
def vega(demo: Store) -> str:
    """The sign-in of the demonstration's first clinician."""
    with demo.begin() as db:
        return new_sign_in(db, db.scalars(select(PersonRow).where(PersonRow.code == "Dr. Vega")).one(), NOWHERE)


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


@pytest.fixture
def other(store: Store, clinician: str) -> str:
    """The sign-in of a clinician who cares for nobody."""
    link = accounts.invite_colleague(store, clinician, "Dr Luz", Role.CLINICIAN)
    return accounts.accept_invitation(store, link, "a quiet long sentence", "en")
