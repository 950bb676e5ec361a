"""One real server in a process of its own for all attacks of a file, with a clinician and a patient on it."""

from collections.abc import Iterator

import pytest

from core.services.accounts import accounts
from tests.attacks.visitor import Visitor
from tests.e2e.server import AppServer
from tests.support import PASSWORD, new_store


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """What is set for the server; a file that needs more has a fixture of this name."""
    return {}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[AppServer]:
    local = tmp_path_factory.mktemp("local")
    new_store(local).close()
    with AppServer(local, environment=environment) as running:
        yield running
        running.store.close()


@pytest.fixture(scope="module")
def administrator(server: AppServer) -> str:
    """The sign-in of the first clinician, "Dr Vega"."""
    return accounts.create_first_clinician(server.store, "Dr Vega", PASSWORD, "en")


@pytest.fixture
def visitor(server: AppServer) -> Iterator[Visitor]:
    """A browser that was never here."""
    with Visitor(server.url) as opened:
        yield opened
