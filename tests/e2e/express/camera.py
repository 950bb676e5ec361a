"""What people do before the camera, which is a film."""

import re
from typing import Any, Protocol

from playwright.sync_api import Page, expect

from core.domain.patient.consent import Purpose
from core.services.accounts import accounts
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from tests.support import NOUNS, PASSWORD

FIREWALL = "RTCPeerConnection.prototype.setRemoteDescription = () => new Promise(() => {});"
"""Run in a page: the answer of the server never gets through."""
PATIENTLY = 60_000
"""Milliseconds until a stream must have begun: WebRTC on a busy machine is slow to find its way."""


def patient_for_the_camera(store: Store, clinician: str, code: str) -> str:
    """The sign-in of a patient who was asked about everything, and agreed to a record and to the camera."""
    link = accounts.invite_patient(store, clinician, code)
    token = accounts.accept_invitation(store, link, PASSWORD, "en")
    for purpose in Purpose:
        yes = purpose in {Purpose.TREATMENT, Purpose.CAMERA}
        consents.decide(store, token, purpose, newest(purpose), yes)
    return token


class OpenExercise(Protocol):
    """Opens the exercise before a camera that is allowed, or refused, as a new patient; returns their sign-in, too."""

    def __call__(self, *, allowed: bool = ..., script: str = ..., **more: Any) -> tuple[Page, str]: ...


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
    """The word of the emotion that Show it asks for, once it is another than `before`."""
    heading = page.get_by_role("heading", name=re.compile("^Show: "))
    expect(heading).to_be_visible(timeout=PATIENTLY)
    if before:
        expect(heading).not_to_have_text(f"Show: {NOUNS[before]}", timeout=PATIENTLY)
    shown = heading.inner_text().strip().removeprefix("Show: ")
    return next(word for word, noun in NOUNS.items() if noun == shown)
