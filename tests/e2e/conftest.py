"""A real server on a database of its own, and a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from core.services import faces
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests.browser import find_browser
from tests.e2e.server import Server

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the built-in faces, which the shipped network has looked at."""
    path = tmp_path_factory.mktemp("prepared") / "lexithymia.db"
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    faces.keep_up(store, load_default())
    store.close()
    return path


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of a file."""
    local = tmp_path_factory.mktemp("local")
    shutil.copy(prepared, local / "lexithymia.db")
    with Server(local) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A computer's window, in English."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB") as context:
        yield context.new_page()
