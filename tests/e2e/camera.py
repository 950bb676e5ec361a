"""A browser whose camera is a film, and what people do before it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from core.domain.patient.consent import Purpose
from core.services.accounts import accounts
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from tests.browser import ARGUMENTS, find_browser
from tests.clips import Clip
from tests.e2e.acting import PASSWORD

PATIENTLY = 60_000
"""Milliseconds until a stream must have begun: WebRTC on a busy machine is slow to find its way."""
ASKS_NOBODY = "--use-fake-ui-for-media-stream"


@contextmanager
def browser_with(clip: Clip | None, *more: str) -> Iterator[Browser]:
    """A headless Chromium that takes `clip` for its camera; None: it has none."""
    arguments = [*ARGUMENTS, *more, *(clip.arguments if clip is not None else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        yield browser
        browser.close()


def new_page(browser: Browser, *, allowed: bool = True, **more: Any) -> Page:
    """A window of its own, in which the camera is allowed or refused."""
    context = browser.new_context(locale="en-GB", **{"viewport": {"width": 1280, "height": 900}, **more})
    context.grant_permissions(["camera"] if allowed else [])
    return context.new_page()


def patient_for_the_camera(store: Store, clinician: str, code: str) -> None:
    """A patient with PASSWORD, asked about everything but the camera, to which they agreed, too."""
    link = accounts.invite_patient(store, clinician, code)
    token = accounts.accept_invitation(store, link, PASSWORD, "en")
    for purpose in Purpose:
        yes = purpose in {Purpose.TREATMENT, Purpose.CAMERA}
        consents.decide(store, token, purpose, newest(purpose), yes)


def open_exercise(page: Page, url: str, code: str) -> None:
    """Sign in and go to the exercise with the camera."""
    page.goto(f"{url}/sign-in")
    page.locator("form.door input[name=code]").fill(code)
    page.locator("form.door input[name=password]").fill(PASSWORD)
    page.locator("form.door button[type=submit]").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=PATIENTLY)
    page.goto(f"{url}/express")


def switch_on(page: Page) -> None:
    page.get_by_role("button", name="Switch on the camera").click(timeout=PATIENTLY)


def pass_preflight(page: Page) -> None:
    """Switch the camera on and go on once all is ready."""
    switch_on(page)
    expect(page.get_by_text("Everything is ready.")).to_be_visible(timeout=PATIENTLY)
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_role("button", name="Show it")).to_be_visible(timeout=PATIENTLY)


def hold_once(page: Page) -> None:
    """Begin the countdown and hold still."""
    page.get_by_role("button", name="Begin the countdown").click(timeout=PATIENTLY)


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENTLY)


def asked_for(page: Page, before: str = "") -> str:
    """The emotion that Show it asks for, once it is another than `before`."""
    heading = page.get_by_role("heading", name=re.compile("^Show: "))
    expect(heading).to_be_visible(timeout=PATIENTLY)
    if before:
        expect(heading).not_to_have_text(re.compile(f"^Show: {before}"), timeout=PATIENTLY)
    return heading.inner_text().split()[1]
