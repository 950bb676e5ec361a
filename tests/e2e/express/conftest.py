"""A Chromium whose camera is a film."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser import ARGUMENTS, find_browser
from tests.clips import Clip
from tests.e2e.express.camera import OpenExercise, patient_for_the_camera
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """What the camera of this worker's browser sees."""
    made = Clip(tmp_path_factory.mktemp("camera") / "film.y4m")
    made.show("neutral")
    return made


@pytest.fixture(scope="package")
def browser(playwright: Playwright, film: Clip) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS, *film.arguments])
    yield running
    running.close()


@pytest.fixture
def open_exercise(server: AppServer, clinician: str, code: str, film: Clip, open_page: OpenPage) -> OpenExercise:
    def opened(*, allowed: bool = True, script: str = "", **more: Any) -> tuple[Page, str]:
        film.show("neutral")
        token = patient_for_the_camera(server.store, clinician, code)
        page = open_page(token=token, **{"viewport": {"width": 1280, "height": 900}, **more})
        page.context.grant_permissions(["camera"] if allowed else [])
        if script:
            page.add_init_script(script)
        page.goto(f"{server.url}/express")
        return page, token

    return opened
