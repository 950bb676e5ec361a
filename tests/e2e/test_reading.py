"""A page to read, in the browser: led to by the one button, a few sentences at a time, and afterwards in Learn."""

import pytest
from playwright.sync_api import expect

from core.tasks.reading.pages import page_names, reading_page
from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.look import look
from tests.e2e.people import led_patient
from tests.e2e.server import AppServer
from tests.e2e.test_programme import press_button
from tests.e2e.windows import COMPUTER, PHONE, OpenPage

pytestmark = pytest.mark.slow
MOST_WORDS = 40


@pytest.mark.parametrize(("language", "window"), [("en", COMPUTER), ("es", PHONE)])
def test_a_page_is_read_screen_by_screen_by_keyboard_ends_the_day_and_stays_in_learn(
    open_page: OpenPage,
    server: AppServer,
    clinician: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    window: dict[str, int],
) -> None:
    led = led_patient(server, clinician, monkeypatch, language, diary=False)
    led.do_next()
    led.do_next()
    page = open_page(window, f"{language}-ES", led.token)
    page.goto(server.url)
    press_button(page, say(language, "Go on: about {minutes} minute").split(":")[0])
    shown = reading_page(page_names()[0], language)
    expect(page.get_by_role("heading", name=shown.title)).to_be_visible(timeout=SOON)
    wrong = []
    for place, screen in enumerate(shown.screens):
        text = screen.replace("**", "")
        expect(page.get_by_text(text)).to_be_visible(timeout=SOON)
        assert len(f"{shown.title} {text}".split()) <= MOST_WORDS
        assert page.locator("[data-testid=stMain] [data-testid=stBaseButton-primary]").count() == 1
        wrong += look(page, f"screen {place}")
        if place == 1:
            page.reload()
            expect(page.get_by_text(text)).to_be_visible(timeout=SOON)
            press_button(page, say(language, "Back"))
            expect(page.get_by_text(shown.screens[0].replace("**", ""))).to_be_visible(timeout=SOON)
            press_button(page, say(language, "Next"))
            expect(page.get_by_text(text)).to_be_visible(timeout=SOON)
        press_button(page, say(language, "Next" if place + 1 < len(shown.screens) else "I have read it"))
    over = say(language, "**That was today.** {made} of {planned} days are done.").split("**")[1]
    expect(page.get_by_text(over, exact=True)).to_be_visible(timeout=SOON)
    assert led.today().next is None
    page.goto(f"{server.url}/learn")
    page.locator("[data-testid=stExpander] summary").get_by_text(say(language, "What is alexithymia?")).click()
    page.get_by_role("button", name=shown.title).click()
    expect(page.get_by_text(shown.screens[-1])).to_be_visible(timeout=SOON)
    expect(page.get_by_text(shown.screens[0].replace("**", ""))).to_be_visible()
    wrong += look(page, "the whole page")
    assert wrong == []
