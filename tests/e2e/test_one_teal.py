"""One teal in each theme, on what is Streamlit's and on what is ours; what stands on it and on a page can be seen."""

from typing import Literal

import pytest
from playwright.sync_api import Locator, Route, expect

from pages.shared.palette import DARK, LIGHT, Theme
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.demonstration import come_in
from tests.e2e.look import settle
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.others import first_of
from tests.support import new_patient


def rgb(colour: str) -> str:
    """A colour written as #RRGGBB, as a browser computes it."""
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def colour(place: Locator, style: str) -> str:
    return str(place.evaluate("(e, style) => getComputedStyle(e)[style]", style))


def on_accent(place: Locator, mark: Locator, theme: Theme, style: str = "color") -> bool:
    """Whether `place` has the accent, and the `mark` on it the colour that is seen there."""
    return [colour(place, "backgroundColor"), colour(mark, style)] == [rgb(theme.accent), rgb(theme.on_accent)]


@pytest.mark.parametrize(("scheme", "theme"), first_of(("light", LIGHT), ("dark", DARK)))
def test_buttons_and_marks_have_the_accent_and_what_stands_on_it_its_own_colour(
    server: AppServer,
    clinician: str,
    code: str,
    open_page: OpenPage,
    scheme: Literal["light", "dark"],
    theme: Theme,
) -> None:
    page = open_page(PHONE, token=new_patient(server.store, clinician, code), color_scheme=scheme)
    page.goto(server.url)
    begin = page.get_by_test_id("stBaseButton-primary").first
    expect(begin).to_be_visible(timeout=SOON)
    settle(page)
    assert on_accent(begin, begin.locator("p"), theme)
    begin.click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    answer_by_key(page, "1")
    going_on = page.locator(".trial button.next")
    expect(going_on).to_be_visible(timeout=SOON)
    assert on_accent(going_on, going_on, theme)

    page.goto(f"{server.url}/account")
    circle = page.locator("[data-testid=stRadioOption][data-selected] > div > div:first-child")
    expect(circle).to_be_visible(timeout=SOON)
    settle(page)
    assert on_accent(circle, circle.locator("> div"), theme, "backgroundColor")


def test_a_button_in_what_opens_above_a_dark_page_can_be_read(demonstration: AppServer, open_page: OpenPage) -> None:
    page = open_page(COMPUTER, color_scheme="dark")
    come_in(page, demonstration, "P-003")
    page.goto(f"{demonstration.url}/my-data")
    page.get_by_role("button", name="Ask for deletion").click()
    yes = page.get_by_role("button", name="Yes, I want all of it to be deleted")
    expect(yes).to_be_visible(timeout=SOON)
    settle(page)
    assert on_accent(yes, yes.locator("p"), DARK)


@pytest.mark.slow
def test_a_chart_follows_when_the_system_goes_dark(demonstration: AppServer, open_page: OpenPage) -> None:
    page = open_page(COMPUTER, color_scheme="light")
    come_in(page, demonstration, "P-003")
    page.goto(f"{demonstration.url}/progress")
    dates = page.locator(".js-plotly-plot .xtick text").first
    expect(dates).to_have_css("fill", rgb(LIGHT.ink), timeout=SOON)
    page.emulate_media(color_scheme="dark")
    expect(dates).to_have_css("fill", rgb(DARK.ink), timeout=SOON)


@pytest.mark.slow
def test_a_chart_follows_a_system_that_goes_dark_before_the_foot_is_there(
    demonstration: AppServer, open_page: OpenPage
) -> None:
    page = open_page(COMPUTER, color_scheme="light")
    come_in(page, demonstration, "P-003")
    held: list[Route] = []
    page.route("**/BidiComponent*.js", lambda route: held.append(route))
    page.goto(f"{demonstration.url}/progress")
    dates = page.locator(".js-plotly-plot .xtick text").first
    expect(dates).to_have_css("fill", rgb(LIGHT.ink), timeout=SOON)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark", timeout=SOON)
    for route in held:
        route.continue_()
    expect(dates).to_have_css("fill", rgb(DARK.ink), timeout=SOON)
