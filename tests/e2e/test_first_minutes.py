"""From the link to the first feedback: the way, and how much there is to read on it."""

import pytest
from playwright.sync_api import Page, expect

from core.services.accounts import accounts
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage
from tests.support import PASSWORD

MOST_WORDS = 150
"""On all pages up to the first answer, the menu and the foot aside; the numbers of keys are no words, and what a screen
reader is told once more is not read twice."""


@pytest.mark.parametrize(
    ("language", "locale", "agree", "begin"),
    [("en", "en-GB", "Yes, I agree", "Begin"), ("es", "es-ES", "Sí, acepto", "Empezar")],
)
def test_a_new_patient_reads_little_before_the_first_feedback(
    server: AppServer,
    clinician: str,
    code: str,
    open_page: OpenPage,
    language: str,
    locale: str,
    agree: str,
    begin: str,
) -> None:
    link = accounts.invite_patient(server.store, clinician, code, language)
    page = open_page(PHONE, locale=locale)
    page.goto(f"{server.url}/join?invitation={link}")
    password = page.locator("form.door input[name=password]")
    expect(password).to_be_visible(timeout=SOON)
    read = [words(page)]
    password.fill(PASSWORD)
    page.keyboard.press("Enter")
    for name in (agree, begin):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible(timeout=SOON)
        read.append(words(page))
        button.click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    read.append(words(page, ".trial"))
    answer_by_key(page, "1")
    expect(page.locator(".trial .feedback .sentence")).to_be_visible(timeout=SOON)
    assert sum(read) <= MOST_WORDS, read


def words(page: Page, where: str = "[data-testid=stMain]") -> int:
    icons = sum(len(icon.split()) for icon in page.locator(f"{where} [data-testid=stIconMaterial]").all_inner_texts())
    told = sum(count(text) for text in page.locator(f"{where} [aria-live]").all_inner_texts())
    return count(page.locator(where).inner_text()) - icons - told


def count(text: str) -> int:
    return sum(any(sign.isalpha() for sign in word) for word in text.split())
