"""One real server and one real Chromium for all browser tests of a worker; each test has its own window and people.

Whatever stops, restarts, configures or fills a server beyond its own people starts one for itself: `start_server`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    TimeoutError,
    expect,
    sync_playwright,
)
from playwright.sync_api._generated import LocatorAssertions

from core.domain.people import Role
from core.services.accounts import accounts
from tests.browser import ARGUMENTS, find_browser
from tests.e2e.acting import SOON
from tests.e2e.demonstration import small_demonstration
from tests.e2e.prepared import prepared_database
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, STILL, OpenPage, StartServer, carry
from tests.support import BROWSER, PASSWORD

PATIENCE = 600
"""Seconds that a browser test may take on a busy machine, its server's start included."""
expect.set_options(timeout=SOON)

_to_be_visible = LocatorAssertions.to_be_visible


def _wait_then_expect(assertions: LocatorAssertions, *, timeout: float = SOON, visible: bool = True) -> None:
    """Playwright describes the whole page to itself each time it finds that something is not visible yet, a tenth to
    half a second of processor: the wait is for the locator, which does not, and the assertion for what came of it."""
    awaited: Any = assertions._impl_obj
    if visible and not awaited._is_not:
        try:
            assertions._sync(awaited._actual_locator.wait_for(state="visible", timeout=timeout))
        except TimeoutError:
            timeout = 1
        except Error:
            pass  # the assertion tells what is wrong
    _to_be_visible(assertions, timeout=timeout, visible=visible)


pytest.MonkeyPatch().setattr(LocatorAssertions, "to_be_visible", _wait_then_expect)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(PATIENCE))


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest) -> Path:
    """A database with the built-in faces, which the shipped network has looked at. Copy it."""
    cache = getattr(request.config, "cache", None)
    return prepared_database(cache.mkdir("e2e") if cache else Path(mkdtemp(prefix="lexithymia-test-")))


@pytest.fixture(scope="module")
def start_server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Starts a server on a database of its own, to which nobody has come yet; takes what AppServer takes."""
    with ExitStack() as running:

        def started(**more: Any) -> AppServer:
            local = tmp_path_factory.mktemp("local")
            shutil.copy(prepared, local / "lexithymia.db")
            return running.enter_context(AppServer(local, **more))

        yield started


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The server of this worker."""
    local = tmp_path_factory.mktemp("local")
    shutil.copy(prepared, local / "lexithymia.db")
    with AppServer(local) as running:
        yield running


@pytest.fixture(scope="session")
def administrator(server: AppServer) -> str:
    """The sign-in of the first clinician."""
    return accounts.create_first_clinician(server.store, "Dr Vega", PASSWORD, "en")


@pytest.fixture(scope="module")
def clinician(server: AppServer, administrator: str, request: pytest.FixtureRequest) -> str:
    """The sign-in of a clinician who cares for the patients of this file only."""
    code = f"Dr {request.module.__name__.rpartition('.')[2].removeprefix('test_')} {token_hex(2)}"
    link = accounts.invite_colleague(server.store, administrator, code, Role.CLINICIAN)
    return accounts.accept_invitation(server.store, link, PASSWORD, "en")


@pytest.fixture(scope="session")
def demonstration_database(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a small demonstration, which the workers of one run make once. Copy it."""
    base = tmp_path_factory.getbasetemp()
    return small_demonstration(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base, prepared)


@pytest.fixture(scope="session")
def demonstration(demonstration_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server with a small demonstration."""
    local = tmp_path_factory.mktemp("demonstration")
    shutil.copy(demonstration_database, local / "lexithymia.db")
    with AppServer(local) as running:
        yield running


@pytest.fixture(scope="package")  # Playwright occupies this thread's event loop: tests of other folders need it back
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium without a camera."""
    running = playwright.chromium.launch(executable_path=find_browser(camera=False), args=ARGUMENTS)
    yield running
    running.close()


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    return {}


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> OpenPage:
    def opened(
        viewport: dict[str, int] = COMPUTER,
        locale: str = "en-GB",
        token: str = "",
        at: AppServer | None = None,
        **more: Any,
    ) -> Page:
        context = new_context(viewport=viewport, locale=locale, **{"timezone_id": BROWSER.time_zone, **more})
        context.add_init_script(STILL)
        page = context.new_page()
        page.set_default_timeout(SOON)
        if token:
            carry(page, (at or request.getfixturevalue("server")).url, token)
        return page

    return opened


@pytest.fixture
def invitation(server: AppServer, clinician: str, code: str) -> str:
    """The one-time link of a new patient."""
    return f"{server.url}/join?invitation={accounts.invite_patient(server.store, clinician, code)}"


@pytest.fixture
def code(request: pytest.FixtureRequest) -> str:
    """The code of this test's patient."""
    return f"{request.module.__name__.rpartition('.')[2]} {request.node.name}".replace("test_", "")[-50:]
