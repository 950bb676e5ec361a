"""The screens before the camera, on phone and computer, light and dark: axe finds nothing in any of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.clips import Clip
from tests.e2e.express.camera import PATIENTLY, OpenExercise, asked_for, pass_preflight, says, switch_on
from tests.e2e.look import look_everywhere


def press_live(page: Page, name: str) -> None:
    """axe holds a busy browser for so long that its stream may count as gone: it is begun again then, as people do."""
    button = page.get_by_role("button", name=name, exact=True)
    switched_off = page.get_by_role("button", name="Switch on the camera")
    single_pictures = page.get_by_role("button", name="Try the camera again")
    button.or_(switched_off).or_(single_pictures).first.wait_for(timeout=PATIENTLY)
    if single_pictures.count():
        single_pictures.click()
        switched_off.wait_for(timeout=PATIENTLY)
    if switched_off.count():
        switch_on(page)
        says(page, "Everything is ready.")
        if name != "Go on":
            page.get_by_role("button", name="Go on", exact=True).click()
    button.click(timeout=PATIENTLY)


def each_screen(page: Page, film: Clip) -> Iterator[str]:
    """From the notice to the result; says which screen is there."""
    expect(page.get_by_role("button", name="Switch on the camera")).to_be_visible(timeout=PATIENTLY)
    yield "notice"
    pass_preflight(page)
    yield "choice of the task"
    press_live(page, "Mirror")
    page.locator("iframe").first.wait_for(timeout=PATIENTLY)
    yield "mirror"
    page.reload()
    switch_on(page)
    says(page, "Everything is ready.")
    yield "preflight"
    press_live(page, "Go on")
    page.get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    says(page, "First your face at rest")
    yield "face at rest"
    press_live(page, "Begin the countdown")
    film.show(asked_for(page))
    yield "asked for an emotion"
    press_live(page, "Begin the countdown")
    page.get_by_role("button", name="Next", exact=True).wait_for(timeout=PATIENTLY)
    yield "what the computer saw"
    page.goto(page.url.replace("/express", "/expression-result"))
    page.locator("h1").first.wait_for(timeout=PATIENTLY)
    yield "result"


@pytest.mark.slow
def test_the_screens_before_the_camera(film: Clip, open_exercise: OpenExercise) -> None:
    page, _ = open_exercise()
    assert [wrong for screen in each_screen(page, film) for wrong in look_everywhere(page, screen)] == []
