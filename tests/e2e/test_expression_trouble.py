"""What can go wrong before a camera: each has its kind word, and a way to go on."""

import re
from collections.abc import Iterator

import cv2
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from core.domain.patient.consent import Purpose
from core.services.accounts import accounts
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from tests.browser import ARGUMENTS, find_browser
from tests.clips import DARK, EMPTY, TWO, Clip, picture
from tests.e2e.acting import PASSWORD
from tests.e2e.camera import (
    ASKS_NOBODY,
    PATIENTLY,
    asked_for,
    new_page,
    open_exercise,
    pass_preflight,
    patient_for_the_camera,
    says,
    switch_on,
)
from tests.e2e.server import AppServer

ASKING = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wish) => { window.asked?.("camera"); return ask(wish); };
"""
FIREWALL = "RTCPeerConnection.prototype.setRemoteDescription = () => new Promise(() => {});"
"""The answer of the server never gets through."""
PLUG = """
top.tracks ??= [];
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  if (top.unplugged) throw new DOMException("no camera", "NotFoundError");
  const stream = await ask(wish);
  top.tracks.push(...stream.getTracks());
  return stream;
};
"""
UNPLUG = "() => { window.unplugged = true; window.tracks.forEach((track) => track.stop()); }"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    film = Clip(tmp_path_factory.mktemp("camera") / "film.y4m")
    film.show("neutral")
    return film


@pytest.fixture(scope="module")
def browsers(clip: Clip) -> Iterator[dict[str, Browser]]:
    """One that has a camera and allows it, one that has and asks, one that has none."""
    path = find_browser()
    kinds = {"allows": [ASKS_NOBODY, *clip.arguments], "asks": clip.arguments, "none": [ASKS_NOBODY]}
    with sync_playwright() as playwright:
        running = {
            name: playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])
            for name, more in kinds.items()
        }
        yield running
        for browser in running.values():
            browser.close()


@pytest.fixture
def code(server: AppServer, clinician: str, clip: Clip, request: pytest.FixtureRequest) -> str:
    """A patient of this test, before a camera that sees a neutral face."""
    clip.show("neutral")
    name = request.node.name[5:45]
    patient_for_the_camera(server.store, clinician, name)
    return str(name)


def photograph(scene: str) -> FilePayload:
    """A picture of `scene` as a file to be chosen."""
    encoded = cv2.imencode(".jpg", picture(scene))[1].tobytes()
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": encoded}


def choose_picture(page: Page, scene: str, number: int = 0) -> None:
    """For the face at rest, or for the try with this number."""
    place = page.locator(f'.snapshot[data-number="{number}"] input[type=file]')
    place.set_input_files(photograph(scene), timeout=PATIENTLY)


def test_who_refuses_the_camera_goes_on_with_pictures_from_a_file(
    server: AppServer, browsers: dict[str, Browser], code: str
) -> None:
    page = new_page(browsers["asks"], allowed=False)
    open_exercise(page, server.url, code)
    switch_on(page)
    says(page, re.compile("The browser does not let this page use the camera.*choose pictures from a file"))
    page.get_by_role("button", name="Go on with pictures from a file").click()
    page.get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    expect(page.get_by_role("button", name="Mirror")).to_have_count(0)
    says(page, "First your face at rest")
    choose_picture(page, EMPTY)
    says(page, "There is no face in this picture.")
    choose_picture(page, TWO)
    says(page, "There is more than one face in this picture.")
    choose_picture(page, "neutral")
    asked = asked_for(page)
    choose_picture(page, asked, 1)
    says(page, re.compile(f"You meant {asked}, and that is what the computer saw."))
    page.context.close()


def test_without_a_camera_it_says_so_and_a_file_will_do(
    server: AppServer, browsers: dict[str, Browser], code: str
) -> None:
    page = new_page(browsers["none"])
    open_exercise(page, server.url, code)
    switch_on(page)
    says(page, re.compile("No camera was found.*choose pictures from a file"))
    page.get_by_role("button", name="Go on with pictures from a file").click()
    expect(page.get_by_role("button", name="Show it")).to_be_visible(timeout=PATIENTLY)
    page.context.close()


def test_nobody_two_people_and_darkness_are_said_while_one_can_change_them(
    server: AppServer, browsers: dict[str, Browser], clip: Clip, code: str
) -> None:
    clip.show(EMPTY)
    page = new_page(browsers["allows"])
    open_exercise(page, server.url, code)
    switch_on(page)
    says(page, "There is no face in the picture.")
    clip.show(TWO)
    says(page, "There is more than one face in the picture.")
    clip.show(DARK)
    says(page, "It is very dark.")
    clip.show("neutral")
    says(page, "Everything is ready.")
    clip.show(EMPTY)
    page.get_by_role("button", name="Go on without the live picture").click(timeout=PATIENTLY)
    says(page, "You can take single pictures instead.")
    expect(page.get_by_role("button", name="Mirror")).to_have_count(0)
    page.context.close()


def test_behind_a_firewall_single_pictures_are_taken(
    server: AppServer, browsers: dict[str, Browser], code: str
) -> None:
    page = new_page(browsers["allows"])
    page.add_init_script(FIREWALL)
    open_exercise(page, server.url, code)
    switch_on(page)
    says(page, re.compile("does not get through to the server.*You can take single pictures instead"))
    page.get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    says(page, "First your face at rest")
    page.get_by_role("button", name="Take the picture").click(timeout=PATIENTLY)
    assert asked_for(page)
    page.context.close()


def test_a_camera_unplugged_in_the_middle_steps_down_to_a_file(
    server: AppServer, browsers: dict[str, Browser], code: str
) -> None:
    page = new_page(browsers["allows"])
    page.add_init_script(PLUG)
    open_exercise(page, server.url, code)
    pass_preflight(page)
    page.get_by_role("button", name="Show it").click()
    says(page, "First your face at rest")
    page.get_by_role("button", name="Begin the countdown").click()
    page.evaluate(UNPLUG)
    says(page, re.compile("No camera was found, or another.*You can choose pictures from a file instead"))
    choose_picture(page, "neutral")
    assert asked_for(page)
    page.context.close()


def test_a_second_tab_takes_the_camera_over(server: AppServer, browsers: dict[str, Browser], code: str) -> None:
    page = new_page(browsers["allows"])
    open_exercise(page, server.url, code)
    pass_preflight(page)
    other = page.context.new_page()
    other.goto(f"{server.url}/express")
    pass_preflight(other)
    page.bring_to_front()
    says(page, "The camera is in use in another tab of yours.")
    page.context.close()


def test_a_notice_and_consent_come_first(server: AppServer, clinician: str, browsers: dict[str, Browser]) -> None:
    link = accounts.invite_patient(server.store, clinician, "P-NEW")
    token = accounts.accept_invitation(server.store, link, PASSWORD, "en")
    for purpose in (Purpose.TREATMENT, Purpose.NORMS, Purpose.RESEARCH):
        consents.decide(server.store, token, purpose, newest(purpose), purpose is Purpose.TREATMENT)
    page = new_page(browsers["allows"])
    asked: list[str] = []
    page.expose_function("asked", lambda what: asked.append(what))
    page.add_init_script(ASKING)
    open_exercise(page, server.url, "P-NEW")
    says(page, "never stored")
    page.get_by_role("button", name="Read the question about consent").click()
    expect(page.get_by_role("heading", name=re.compile("Use your camera"))).to_be_visible(timeout=PATIENTLY)
    page.get_by_role("button", name="Yes, I agree").click()
    expect(page.get_by_role("button", name="Switch on the camera")).to_be_visible(timeout=PATIENTLY)
    assert asked == []
    page.context.close()
