"""What can go wrong before a camera: each has its kind word, and a way to go on."""

import re

import cv2
import pytest
from playwright.sync_api import FilePayload, Page, Playwright, expect

from tests.browser import ARGUMENTS, find_browser
from tests.clips import DARK, EMPTY, TWO, Clip, picture
from tests.e2e.express.camera import (
    FIREWALL,
    PATIENTLY,
    OpenExercise,
    asked_for,
    pass_preflight,
    patient_for_the_camera,
    says,
    switch_on,
)
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, StartServer, carry
from tests.support import NOUNS, new_clinician, new_patient

ASKING = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wish) => { window.asked?.("camera"); return ask(wish); };
"""
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


def photograph(scene: str) -> FilePayload:
    """A picture of `scene` as a file to be chosen."""
    encoded = cv2.imencode(".jpg", picture(scene))[1].tobytes()
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": encoded}


def choose_picture(page: Page, scene: str, number: int = 0) -> None:
    """For the face at rest, or for the try with this number."""
    place = page.locator(f'.snapshot[data-number="{number}"] input[type=file]')
    place.set_input_files(photograph(scene), timeout=PATIENTLY)


@pytest.mark.slow
def test_who_refuses_the_camera_goes_on_with_pictures_from_a_file(
    open_exercise: OpenExercise,
) -> None:
    page, _ = open_exercise(allowed=False)
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
    says(page, re.compile(f"You meant {NOUNS[asked]}, and that is what the computer saw."))


def test_without_a_camera_it_says_so_and_a_file_will_do(
    server: AppServer, clinician: str, code: str, playwright: Playwright
) -> None:
    with playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS) as without:
        page = without.new_page(locale="en-GB", permissions=["camera"])
        carry(page, server.url, patient_for_the_camera(server.store, clinician, code))
        page.goto(f"{server.url}/express")
        switch_on(page)
        says(page, re.compile("No camera was found.*choose pictures from a file"))
        page.get_by_role("button", name="Go on with pictures from a file").click()
        expect(page.get_by_role("button", name="Show it")).to_be_visible(timeout=PATIENTLY)


@pytest.mark.slow
def test_nobody_two_people_and_darkness_are_said_while_one_can_change_them(
    film: Clip, open_exercise: OpenExercise
) -> None:
    page, _ = open_exercise()
    film.show(EMPTY)
    switch_on(page)
    says(page, "There is no face in the picture.")
    film.show(TWO)
    says(page, "There is more than one face in the picture.")
    film.show(DARK)
    says(page, "It is very dark.")
    film.show("neutral")
    says(page, "Everything is ready.")
    film.show(EMPTY)
    page.get_by_role("button", name="Go on without the live picture").click(timeout=PATIENTLY)
    says(page, "You can take single pictures instead.")
    expect(page.get_by_role("button", name="Mirror")).to_have_count(0)


@pytest.mark.slow
def test_behind_a_firewall_single_pictures_are_taken(open_exercise: OpenExercise) -> None:
    page, _ = open_exercise(script=FIREWALL)
    switch_on(page)
    says(page, re.compile("does not get through to the server.*You can take single pictures instead"))
    page.get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    says(page, "First your face at rest")
    page.get_by_role("button", name="Take the picture").click(timeout=PATIENTLY)
    assert asked_for(page)


@pytest.mark.slow
def test_a_camera_unplugged_in_the_middle_steps_down_to_a_file(open_exercise: OpenExercise) -> None:
    page, _ = open_exercise(script=PLUG)
    pass_preflight(page)
    page.get_by_role("button", name="Show it").click()
    says(page, "First your face at rest")
    page.get_by_role("button", name="Begin the countdown").click()
    page.evaluate(UNPLUG)
    says(page, re.compile("No camera was found, or another.*You can choose pictures from a file instead"))
    choose_picture(page, "neutral")
    assert asked_for(page)


@pytest.mark.slow
def test_a_second_tab_takes_the_camera_over(server: AppServer, open_exercise: OpenExercise) -> None:
    page, _ = open_exercise()
    pass_preflight(page)
    other = page.context.new_page()
    other.goto(f"{server.url}/express")
    pass_preflight(other)
    page.bring_to_front()
    says(page, "The camera is in use in another tab of yours.")


def test_a_notice_and_consent_come_first(server: AppServer, clinician: str, code: str, open_page: OpenPage) -> None:
    page = open_page(token=new_patient(server.store, clinician, code), permissions=["camera"])
    asked: list[str] = []
    page.expose_function("asked", lambda what: asked.append(what))
    page.add_init_script(ASKING)
    page.goto(f"{server.url}/express")
    says(page, "never stored")
    page.get_by_role("button", name="Read the question about consent").click()
    expect(page.get_by_role("heading", name=re.compile("Use your camera"))).to_be_visible(timeout=PATIENTLY)
    page.get_by_role("button", name="Yes, I agree").click()
    expect(page.get_by_role("button", name="Switch on the camera")).to_be_visible(timeout=PATIENTLY)
    assert asked == []


@pytest.mark.slow  # a server of its own
def test_where_the_server_takes_no_more_streams_single_pictures_are_taken(
    start_server: StartServer, open_page: OpenPage, film: Clip
) -> None:
    film.show("neutral")
    full = start_server(environment={"CAMERAS": "1"})
    doctor = new_clinician(full.store)
    pages = []
    for code in ("P-1", "P-2"):
        token = patient_for_the_camera(full.store, doctor, code)
        pages.append(open_page(token=token, at=full, permissions=["camera"]))
        pages[-1].goto(f"{full.url}/express")
    pass_preflight(pages[0])
    switch_on(pages[1])
    says(pages[1], "Many people use their camera here just now")
    pages[1].get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    pages[1].get_by_role("button", name="Take the picture").click(timeout=PATIENTLY)
    assert asked_for(pages[1])
    says(pages[0], "Show it")
