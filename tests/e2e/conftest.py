"""A real server on a database of its own, and a real browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from core.services.accounts import accounts
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests import browser
from tests.e2e.acting import PASSWORD
from tests.e2e.server import AppServer

PHONE = {"width": 390, "height": 844}
COMPUTER = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the built-in faces, which the shipped network has looked at."""
    path = tmp_path_factory.mktemp("prepared") / "lexithymia.db"
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    stimulus_sets.update_faces(store, load_default())
    store.close()
    return path


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One server for the tests of a file."""
    local = tmp_path_factory.mktemp("local")
    shutil.copy(prepared, local / "lexithymia.db")
    with AppServer(local) as running:
        yield running


@pytest.fixture(scope="module")
def clinician(server: AppServer) -> str:
    """The sign-in of the first clinician, made without the browser."""
    return accounts.create_first_clinician(server.store, "Dr Vega", PASSWORD, "en")


@pytest.fixture
def invitation(server: AppServer, clinician: str, request: pytest.FixtureRequest) -> str:
    """The one-time link of a new patient."""
    secret = accounts.invite_patient(server.store, clinician, request.node.name[:60])
    return f"{server.url}/join?invitation={secret}"


@pytest.fixture(scope="module")  # Playwright occupies this thread's event loop: other files need it back
def chromium() -> Iterator[Browser]:
    with browser.chromium() as running:
        yield running


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens a window of its own: `open_page(PHONE, locale="es-ES")`."""
    contexts = []

    def opened(viewport: dict[str, int] = COMPUTER, locale: str = "en-GB", **more: object) -> Page:
        contexts.append(chromium.new_context(viewport=viewport, locale=locale, **more))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()
