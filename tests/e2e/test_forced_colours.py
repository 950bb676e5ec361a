"""In forced colours (Windows' contrast themes) one sees what is chosen, and where a slider stands."""

from collections.abc import Callable
from typing import Literal, cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import OFTEN, SOON
from tests.e2e.demonstration import come_in
from tests.e2e.look import SCHEMES
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, OpenPage
from tests.others import first_of
from tests.services.feelings.acting import agree_to_diary
from tests.support import new_patient_before_blocks

ACCENT = 12
"""Grey levels of any channel, on average over a part of the screen: less is a hair line."""
SETTLED = 10_000
"""Milliseconds within which everything has come to its place and colour on a busy machine."""


def picture(place: Locator) -> NDArray[np.uint8]:
    return cast("NDArray[np.uint8]", cv2.imdecode(np.frombuffer(place.screenshot(), np.uint8), cv2.IMREAD_COLOR))


def eventually_seen(looks_so: Callable[[], bool], page: Page) -> bool:
    """Whether it comes to look so: a part that is there may still be moving to its place or fading in."""
    for _ in range(SETTLED // OFTEN):
        if looks_so():
            return True
        page.wait_for_timeout(OFTEN)
    return looks_so()


def tells_apart(chosen: Locator, other: Locator) -> bool:
    """Whether the two come to look different: by their colour, not by their words."""

    def apart() -> bool:
        means = [picture(one).reshape(-1, 3).mean(axis=0) for one in (chosen, other)]
        return float(np.abs(means[0] - means[1]).max()) > ACCENT

    return eventually_seen(apart, chosen.page)


@pytest.fixture
def page(server: AppServer, clinician: str, code: str, open_page: OpenPage) -> Page:
    token = new_patient_before_blocks(server.store, clinician, code)
    agree_to_diary(server.store, token)
    return open_page(COMPUTER, token=token, forced_colors="active")


@pytest.mark.parametrize("scheme", first_of(*SCHEMES))
def test_what_is_chosen_is_seen(server: AppServer, page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server.url}/account")
    circles = page.get_by_test_id("stRadioOption").locator("> div > div:first-child")
    expect(circles.first).to_be_visible(timeout=SOON)
    assert tells_apart(circles.first, circles.last), "of two languages, the one in use"

    page.goto(f"{server.url}/learn?emotion=fear")
    people = page.locator("[data-variant=segmented_control]")
    expect(people.first).to_be_visible(timeout=SOON)
    assert tells_apart(people.first, people.last), "of three people, the one that is shown"
    track = page.get_by_test_id("stSlider").locator("[style*='left']").first
    expect(track).to_be_visible()
    assert eventually_seen(lambda: picture(track).std() > ACCENT, page), "where the slider stands"

    page.goto(f"{server.url}/check-in")
    chest = page.locator("#zone-chest")
    expect(chest).to_be_attached(timeout=SOON)
    chest.focus()
    chest.press("Space")
    amounts = page.locator(".check-in .chips").first
    assert tells_apart(amounts.locator(":checked + label"), amounts.locator(":not(:checked) + label").first)


@pytest.mark.slow
def test_the_tab_that_is_open_is_seen(demonstration: AppServer, open_page: OpenPage) -> None:
    page = open_page(COMPUTER, forced_colors="active")
    come_in(page, demonstration, "Dr. Vega")
    page.goto(f"{demonstration.url}/patient?patient={id_of(demonstration.store, 'P-003')}")
    tabs = page.get_by_role("tablist")
    expect(tabs).to_be_visible(timeout=SOON)
    assert tells_apart(tabs.locator("[aria-selected=true] > [data-rac]"), tabs)
