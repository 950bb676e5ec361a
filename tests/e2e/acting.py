"""What people do in the browser, in their own words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support import PASSWORD


@dataclass(frozen=True)
class Words:
    """What the product says at a check, in one language."""

    begin: str
    of: str
    result: str
    back: str


ENGLISH = Words("Begin", "of", "Your result", "Back to today")
SPANISH = Words("Empezar", "de", "Tu resultado", "Volver a hoy")
SOON = 60_000
"""Milliseconds until something must have happened on a busy machine."""
OFTEN = 160
"""Milliseconds between two tries of a key: after each face and each input the trial is deaf for a moment."""


def set_up(page: Page, link: str, code: str = "Dr Vega") -> None:
    """Make the first clinician's account with the link that the server printed; ends signed in."""
    page.goto(link)
    page.get_by_label("Your code").fill(code)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.locator("form.door button[type=submit]").click()
    expect(page.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)


def sign_in(page: Page, url: str, code: str, password: str = PASSWORD) -> None:
    """Fill in the form; where it leads is the caller's to expect."""
    page.goto(f"{url}/sign-in")
    page.get_by_label("Your code").fill(code)
    page.locator("form.door input[name=password]").fill(password)
    page.locator("form.door button[type=submit]").click()


def code_of_new_patient(page: Page) -> Locator:
    """As a clinician: the field for the code of another patient; it is folded away once somebody is in care."""
    expect(page.get_by_text("Add a patient", exact=True)).to_be_visible(timeout=SOON)
    if not page.get_by_role("heading", name="Add a patient").is_visible():
        page.get_by_text("Add a patient", exact=True).click()
    return page.get_by_label("Code of the patient")


def add_patient(page: Page, code: str) -> str:
    """As a clinician: add a patient by code and copy the one-time link."""
    code_of_new_patient(page).fill(code)
    page.get_by_role("button", name="Add and make a link").click()
    link = page.get_by_text(re.compile(r"http://\S+/join\?invitation=\S+")).first
    expect(link).to_be_visible(timeout=SOON)
    found = re.search(r"http://\S+/join\?invitation=\S+", link.inner_text())
    assert found is not None
    return found[0]


def join(page: Page, link: str) -> None:
    """As a patient with a one-time link: choose a password; ends signed in."""
    page.goto(link)
    page.locator("form.door input[name=password]").fill(PASSWORD)
    page.locator("form.door button[type=submit]").click()
    say_to_consent(page)
    expect(page.get_by_role("button", name=re.compile("Begin|Empezar|Go on"))).to_be_visible(timeout=SOON)


QUESTIONS = (
    re.compile("Keep a record|Guardar un registro"),
    re.compile("Count your answers|Contar tus respuestas"),
    re.compile("Use your exercises|Usar tus ejercicios"),
)


def say_to_consent(page: Page, *, record: bool = True) -> None:
    """Answer the question about the record, which comes before the first run."""
    _say(page, QUESTIONS[:1], record)


def share_nothing(page: Page) -> None:
    """Answer the questions that come after the first run."""
    _say(page, QUESTIONS[1:], False)


def _say(page: Page, questions: Iterable[re.Pattern[str]], yes: bool) -> None:
    for question in questions:
        expect(page.get_by_role("heading", name=question)).to_be_visible(timeout=SOON)
        page.get_by_role("button", name=re.compile("^(Yes, I agree|Sí, acepto)$" if yes else "^No$")).click()


def press(place: Locator, key: str = "Enter") -> None:
    """A key at something that the keyboard can reach. Streamlit's buttons are disabled for their first moment."""
    expect(place).to_be_enabled(timeout=SOON)
    place.focus()
    expect(place).to_be_focused()
    place.press(key)


def position(page: Page) -> int:
    """The number in "8 of 42"."""
    found = re.match(r"\d+", page.locator(".trial .progress").inner_text())
    assert found is not None
    return int(found[0])


def answer_by_key(page: Page, key: str) -> None:
    """Press `key` once the face accepts an answer, and wait until the next face or the feedback shows."""
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    before = page.locator(".trial .progress").inner_text()
    stage = page.locator(".trial .feedback").is_visible()
    assert not stage, "an answer is given to a face, not to its feedback"

    def taken() -> bool:
        shown = page.locator(".trial .progress").all_inner_texts()  # does not wait: after the last face it is gone
        return shown != [before] or page.locator(".trial .feedback").is_visible()

    for _ in range(SOON // OFTEN):
        if taken():  # looked at just before the key, which would else be given to the next face
            return
        page.keyboard.press(key)
        page.wait_for_timeout(OFTEN)
    raise AssertionError(f"face {before} took no answer")


def leave_feedback(page: Page) -> None:
    """Press Enter as soon as the feedback takes it, and wait until it is gone."""
    feedback = page.locator(".trial .feedback")
    expect(feedback).to_be_visible(timeout=SOON)
    for _ in range(SOON // OFTEN):
        if not feedback.is_visible():
            return
        page.keyboard.press("Enter")
        page.wait_for_timeout(OFTEN)
    raise AssertionError("the feedback stays")


def answer_check(page: Page, faces: int) -> None:
    """Answer `faces` faces of a check by keyboard, each with another key."""
    for face in range(faces):
        answer_by_key(page, str(1 + face % 7))


def begin_run(page: Page, faces: int, words: Words = ENGLISH) -> None:
    """Begin what is due today, and wait for the first of `faces` faces."""
    page.get_by_role("button", name=words.begin).click()
    expect(page.locator(".trial .progress")).to_have_text(re.compile(f"1 {words.of} {faces}"), timeout=SOON)
