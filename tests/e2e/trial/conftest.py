"""One server with nothing but the trial on its page; each test opens its own block."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.acting import SOON
from tests.e2e.server import free_port
from tests.e2e.windows import OpenPage

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trial-logs")


@pytest.fixture(scope="session")
def address(logs: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.trial.server", str(port)],
        cwd=ROOT,
        env=os.environ | {"TRIAL_LOGS": str(logs)},
    )
    url = f"http://localhost:{port}"
    try:
        for _ in range(300):
            try:
                urlopen(f"{url}/_stcore/health").close()
                break
            except URLError:
                assert server.poll() is None, "the test server stopped by itself"
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


class Screen:
    """A block of faces in a browser, and what the server heard of it."""

    def __init__(self, page: Page, log: Path) -> None:
        self.page = page
        self._log = log

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def wait_for_face(self, place: str) -> None:
        """Until the face at `place` ("2 of 5") has been visible for long enough to be answered."""
        self.page.get_by_role("heading", name=place, exact=True).wait_for()
        self.page.wait_for_timeout(500)

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()] if self._log.exists() else []

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [row for row in self.heard if row["type"] == "AnswerEvent"]


Open = Callable[..., Screen]


@pytest.fixture
def open_block(address: str, open_page: OpenPage, logs: Path) -> Open:
    """Opens a block: `open_block(kind="check", faces=5, size=(390, 844), …)`."""

    def open_it(size: tuple[int, int] = (1440, 900), **query: object) -> Screen:
        run = uuid4().hex
        page = open_page({"width": size[0], "height": size[1]})
        page.set_default_timeout(SOON)
        page.goto(f"{address}/?{urlencode(query | {'run': run})}")
        page.get_by_role("button", name="Fear").wait_for()
        page.wait_for_timeout(500)
        return Screen(page, logs / f"{run}.jsonl")

    return open_it
