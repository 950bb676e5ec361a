"""Before a phone's camera: the example beside the mirror, and what one presses next on the same screen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.clips import Clip
from tests.e2e.express.camera import PATIENTLY, OpenExercise, asked_for, hold_once, pass_preflight, says, switch_on
from tests.others import first_of

ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


def edges(place: Locator) -> dict[str, float]:
    expect(place).to_be_visible(timeout=PATIENTLY)
    box = place.bounding_box()
    assert box is not None
    left, top, width, height = box["x"], box["y"], box["width"], box["height"]
    return {"left": left, "top": top, "right": left + width, "bottom": top + height}


def in_reach(page: Page, name: str) -> bool:
    """Whether the button is above the bar at the bottom while the page is scrolled to its top."""
    page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTo(0, 0)")
    bar = edges(page.get_by_role("navigation").filter(has_text="Menu").first)
    return edges(page.get_by_role("button", name=name, exact=True))["bottom"] <= bar["top"]


def at_rest(open_exercise: OpenExercise, width: int, height: int) -> Page:
    """Show it, begun on a phone of this size: the face at rest is asked for."""
    page, _ = open_exercise(user_agent=ANDROID)
    page.set_viewport_size({"width": width, "height": height})
    pass_preflight(page)
    page.get_by_role("button", name="Show it").click()
    says(page, "First your face at rest")
    return page


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
def test_example_mirror_and_button_are_on_one_screen(
    film: Clip, open_exercise: OpenExercise, width: int, height: int
) -> None:
    page = at_rest(open_exercise, width, height)
    assert in_reach(page, "Begin the countdown")
    hold_once(page)
    film.show(asked_for(page))
    assert in_reach(page, "Begin the countdown")
    example, mirror = edges(page.get_by_alt_text("A face that shows")), edges(page.locator("iframe").first)
    assert example["right"] <= mirror["left"]
    assert abs(example["top"] - mirror["top"]) < 40
    assert mirror["right"] <= width
    hold_once(page)
    assert in_reach(page, "Next")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(844, 390), (667, 375)])
def test_on_its_side_they_stand_in_one_row(film: Clip, open_exercise: OpenExercise, width: int, height: int) -> None:
    page = at_rest(open_exercise, width, height)
    assert in_reach(page, "Begin the countdown")
    hold_once(page)
    asked_for(page)
    example, mirror = edges(page.get_by_alt_text("A face that shows")), edges(page.locator("iframe").first)
    button = edges(page.get_by_role("button", name="Begin the countdown"))
    bar = edges(page.get_by_role("navigation").filter(has_text="Menu").first)
    assert example["right"] <= mirror["left"] < mirror["right"] <= button["left"] < button["right"] <= width
    assert mirror["bottom"] <= bar["top"]
    assert button["top"] < bar["top"]


@pytest.mark.parametrize(("width", "height"), first_of((390, 844), (844, 390), (667, 375)))
def test_the_check_of_the_camera_ends_in_reach(open_exercise: OpenExercise, width: int, height: int) -> None:
    page, _ = open_exercise(user_agent=ANDROID)
    page.set_viewport_size({"width": width, "height": height})
    switch_on(page)
    says(page, "Everything is ready.")
    assert in_reach(page, "Go on")
