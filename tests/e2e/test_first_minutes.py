"""From the link to the first feedback: the way, and how much there is to read and to do on it."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from core.services.accounts import accounts
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.firefox import Firefox
from tests.e2e.look import too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.others import first_of
from tests.support import PASSWORD

MOST_WORDS = 150
"""On all pages up to the first answer, the menu and the foot aside; the numbers of keys are no words, and what a screen
reader is told once more is not read twice."""
MOST_TABS = 20
"""From the top of a page to the button that leads on."""
BUTTONS = {"en": ("Yes, I agree", "Begin"), "es": ("Sí, acepto", "Empezar")}
FOCUSED = "let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
ANSWERS = """
(() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  return all(document).some((e) => e.matches(WHICH) && e.checkVisibility());
})()
"""


@pytest.mark.parametrize(("language", "theme", "hand"), [("en", "light", "keys"), ("es", "dark", "touch")])
@pytest.mark.parametrize(("width", "height"), first_of((390, 844), (844, 390), (640, 450), (1440, 900)))
def test_a_new_patient_reads_and_does_little_before_the_first_feedback(
    server: AppServer,
    clinician: str,
    code: str,
    open_page: OpenPage,
    width: int,
    height: int,
    language: str,
    theme: str,
    hand: str,
) -> None:
    link = accounts.invite_patient(server.store, clinician, code, language)
    locale = {"en": "en-GB", "es": "es-ES"}[language]
    window = {"width": width, "height": height}
    page = open_page(window, locale=locale, color_scheme=theme, has_touch=hand == "touch")
    page.goto(f"{server.url}/join?invitation={link}")
    password = page.locator("form.door input[name=password]")
    expect(password).to_be_visible(timeout=SOON)
    read = [words(page)]
    password.fill(PASSWORD)
    page.keyboard.press("Enter")
    for name in BUTTONS[language]:
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible(timeout=SOON)
        read.append(words(page))
        assert too_wide(page) == []
        go_on(page, button, hand)
    answers = page.locator(".trial .answers")
    expect(answers).to_be_visible(timeout=SOON)
    read.append(words(page, ".trial"))
    assert too_wide(page) == []
    sentence = page.locator(".trial .feedback .sentence")
    if hand == "keys":
        answer_by_key(page, "1")
    else:
        page.wait_for_timeout(700)
        answers.get_by_role("button").first.tap()
    expect(sentence).to_be_visible(timeout=SOON)
    assert too_wide(page) == []
    assert sum(read) <= MOST_WORDS, read


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    with Firefox() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_in_firefox_the_way_is_the_same(
    server: AppServer, clinician: str, code: str, firefox: Firefox, language: str
) -> None:
    link = accounts.invite_patient(server.store, clinician, code, language)
    firefox.resize(390, 844)
    firefox.open(f"{server.url}/join?invitation={link}")
    firefox.wait("document.querySelector('form.door input[name=password]')")
    firefox.run("document.querySelector('form.door input[name=password]').focus()")
    for sign in PASSWORD:
        firefox.press(sign)
    firefox.press(ENTER)
    for name in BUTTONS[language]:
        firefox.wait(f"[...document.querySelectorAll('button')].some((one) => one.innerText.trim() === '{name}')")
        time.sleep(1)  # a page that is still filled moves the focus
        tabs = 0
        while firefox.run(f"(() => {{ {FOCUSED} return at?.innerText?.trim() }})()") != name:
            firefox.press(TAB)
            tabs += 1
            assert tabs <= MOST_TABS, name
        firefox.run(f"(() => {{ {FOCUSED} at.click() }})()")  # without a window Enter presses no button, on no page
    firefox.wait(ANSWERS.replace("WHICH", "'.trial .answers'"))
    said = ANSWERS.replace("WHICH", "'.trial .feedback .sentence'")
    ends = time.monotonic() + SOON / 1000
    while not firefox.run(said):
        assert time.monotonic() < ends
        firefox.press("1")
        time.sleep(0.3)


TAB, ENTER = "\ue004", "\ue007"
"""As WebDriver writes them."""


def go_on(page: Page, button: Locator, hand: str) -> None:
    """Press the button: by touch, or by keys from the top of the page."""
    if hand == "touch":
        button.tap()
        return
    page.evaluate("document.activeElement?.blur()")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if button.evaluate("(one) => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{button} is further than {MOST_TABS} stops from the top")


def words(page: Page, where: str = "[data-testid=stMain]") -> int:
    icons = sum(len(icon.split()) for icon in page.locator(f"{where} [data-testid=stIconMaterial]").all_inner_texts())
    told = sum(count(text) for text in page.locator(f"{where} [aria-live]").all_inner_texts())
    return count(page.locator(where).inner_text()) - icons - told


def count(text: str) -> int:
    return sum(any(sign.isalpha() for sign in word) for word in text.split())
