"""The screens before the camera, on phone and computer, light and dark: axe finds nothing serious in any of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.clips import Clip
from tests.e2e.camera import (
    ASKS_NOBODY,
    PATIENTLY,
    asked_for,
    browser_with,
    hold_once,
    new_page,
    open_exercise,
    pass_preflight,
    patient_for_the_camera,
    says,
    switch_on,
)
from tests.e2e.conftest import COMPUTER, PHONE
from tests.e2e.look import look
from tests.e2e.server import AppServer


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    return Clip(tmp_path_factory.mktemp("camera") / "film.y4m")


@pytest.fixture(scope="module")
def browser(clip: Clip) -> Iterator[Browser]:
    clip.show("neutral")
    with browser_with(clip, ASKS_NOBODY) as running:
        yield running


def each_screen(page: Page, clip: Clip) -> Iterator[str]:
    """From the notice to the result; says which screen is there."""
    expect(page.get_by_role("button", name="Switch on the camera")).to_be_visible(timeout=PATIENTLY)
    yield "notice"
    pass_preflight(page)
    yield "choice of the task"
    page.get_by_role("button", name="Mirror").click()
    page.locator("iframe").first.wait_for(timeout=PATIENTLY)
    yield "mirror"
    page.reload()
    switch_on(page)
    says(page, "Everything is ready.")
    yield "preflight"
    page.get_by_role("button", name="Go on", exact=True).click()
    page.get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    says(page, "First your face at rest")
    yield "face at rest"
    hold_once(page)
    clip.show(asked_for(page))
    yield "asked for an emotion"
    hold_once(page)
    page.get_by_role("button", name="Next", exact=True).wait_for(timeout=PATIENTLY)
    yield "what the computer saw"
    page.goto(page.url.replace("/express", "/expression-result"))
    page.locator("h1").first.wait_for(timeout=PATIENTLY)
    yield "result"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, COMPUTER], ids=["phone", "computer"])
def test_the_screens_before_the_camera(
    server: AppServer, clinician: str, browser: Browser, clip: Clip, viewport: dict[str, int], scheme: str
) -> None:
    code = f"P-{viewport['width']}-{scheme}"
    patient_for_the_camera(server.store, clinician, code)
    clip.show("neutral")
    page = new_page(browser, viewport=viewport, color_scheme=scheme)
    open_exercise(page, server.url, code)
    assert [wrong for screen in each_screen(page, clip) for wrong in look(page, screen)] == []
    page.context.close()
