"""The menu: in words on every window, in the person's language, by keyboard."""

import pytest
from playwright.sync_api import expect

from core.services.accounts import accounts
from tests.e2e.acting import SOON, press
from tests.e2e.look import axe_findings, too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.others import first_of
from tests.support import new_patient

WINDOWS = {"phone": (390, 844), "phone on its side": (667, 375), "narrow": (360, 640)}


@pytest.fixture
def guest(server: AppServer, clinician: str, code: str) -> str:
    """A patient's sign-in."""
    return new_patient(server.store, clinician, code)


@pytest.mark.parametrize("window", first_of(*WINDOWS))
def test_on_a_phone_three_words_and_the_rest_behind_a_word(
    server: AppServer, guest: str, open_page: OpenPage, window: str
) -> None:
    accounts.set_language(server.store, guest, "es")
    width, height = WINDOWS[window]
    page = open_page({"width": width, "height": height}, token=guest)
    page.goto(f"{server.url}/learn")
    menu = page.get_by_role("navigation", name="Páginas")
    expect(menu.get_by_role("link")).to_have_text(["Hoy", "Aprender", "Yo"], timeout=SOON, use_inner_text=True)
    expect(menu.get_by_role("link", name="Aprender")).to_have_attribute("aria-current", "page")
    more = menu.get_by_role("button", name="Menú")
    for end in ("Escape", "beside", "chosen"):
        more.click()
        expect(more).to_have_attribute("aria-expanded", "true")
        expect(menu.get_by_role("link", name="Mi evolución")).to_be_in_viewport()
        if end == "Escape":
            page.keyboard.press("Escape")
            expect(more).to_be_focused()
        elif end == "beside":
            page.mouse.click(width / 2, 5)
        else:
            menu.get_by_role("link", name="Mi evolución").click()
            expect(page.get_by_role("heading", name="Mi evolución")).to_be_visible(timeout=SOON)
        expect(more).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(page.get_by_role("heading", name="Mi evolución")).to_be_visible(timeout=SOON)
    expect(more).to_have_attribute("aria-expanded", "false")
    assert too_wide(page) == []
    assert axe_findings(page) == []
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    foot, bar = page.locator("footer.page-foot").bounding_box(), menu.bounding_box()
    assert foot is not None
    assert bar is not None
    assert foot["y"] + foot["height"] <= bar["y"] + 1, "the end of the page lies behind the bar"


def test_at_a_desk_every_page_is_a_word_in_a_row_and_nothing_is_said_in_english(
    server: AppServer, clinician: str, guest: str, open_page: OpenPage
) -> None:
    english = ("Open", "Choose date", "Expand sidebar", "Skip to main content", "Link to heading")
    for token, path in ((guest, "learn"), (clinician, "patients")):
        accounts.set_language(server.store, token, "es")
        page = open_page({"width": 1024, "height": 768}, token=token)
        page.goto(f"{server.url}/{path}")
        menu = page.get_by_role("navigation", name="Páginas")
        expect(menu.get_by_role("link", name="Sobre la red")).to_be_visible(timeout=SOON)
        expect(menu.get_by_role("button")).to_have_count(0)
        expect(menu.get_by_role("link", name="Caras en archivos")).to_have_count(int(token == clinician))
        for role in ("link", "button", "combobox"):
            for name in english:
                expect(page.get_by_role(role, name=name, exact=True)).to_have_count(0)


def test_a_page_is_chosen_by_keyboard_and_nothing_else_is_loaded_anew(
    server: AppServer, guest: str, open_page: OpenPage
) -> None:
    page = open_page({"width": 1440, "height": 900}, token=guest)
    page.goto(server.url)
    link = page.get_by_role("navigation", name="Pages").get_by_role("link", name="My progress")
    expect(link).to_be_visible(timeout=SOON)
    page.evaluate("window.mark = 1")
    press(link)
    expect(page.get_by_role("heading", name="My progress")).to_be_visible(timeout=SOON)
    expect(page).to_have_url(f"{server.url}/progress")
    expect(link).to_have_attribute("aria-current", "page")
    assert page.evaluate("window.mark") == 1
