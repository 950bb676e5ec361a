"""A browser is killed at random moments of a run and started again: what the server has stands, once and in order."""

import random
import signal
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import BrowserContext, Error, Playwright, expect
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.storage.tables import BlockRow, TrialRow
from tests.browser import ARGUMENTS, find_browser
from tests.e2e.acting import SOON, answer_by_key, position
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import carry
from tests.support import new_patient_before_blocks

FACES, KILLS = 42, 5


def stored(server: AppServer, code: str) -> list[str]:
    """The answers that the database holds, in order."""
    rows = select(TrialRow.response).join(BlockRow).where(BlockRow.person_id == id_of(server.store, code))
    with server.store.begin() as db:
        found = db.scalars(rows.where(TrialRow.response.is_not(None)).order_by(TrialRow.number))
        return list(map(str, found))


def kill(profile: Path) -> None:
    """Every process of the browser that has this profile, as a phone that dies."""
    for process in psutil.process_iter(["cmdline"]):
        if any(str(profile) in part for part in process.info["cmdline"] or []):
            process.send_signal(signal.SIGKILL)


@pytest.mark.slow
def test_what_was_acknowledged_before_a_kill_stands_and_the_run_goes_on_there(
    playwright: Playwright, server: AppServer, clinician: str, code: str, tmp_path: Path
) -> None:
    token = new_patient_before_blocks(server.store, clinician, code)
    chance = random.Random(11)

    def opened() -> BrowserContext:
        made = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=find_browser(camera=False), args=ARGUMENTS, locale="en-GB"
        )
        page = made.pages[0]
        page.set_default_timeout(SOON)
        carry(page, server.url, token)
        page.goto(server.url)
        page.get_by_role("button", name="Begin" if not stored(server, code) else "Go on").first.click()
        expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
        page.wait_for_timeout(600)
        return made

    browser = opened()
    kills = set(chance.sample(range(2, FACES - 2), KILLS))
    pressed: list[str] = []
    while len(pressed) < FACES:
        page = browser.pages[0]
        key = 1 + len(pressed) % 7
        answer_by_key(page, str(key))
        pressed.append(Emotion(key - 1).word)
        if len(pressed) in kills:
            kills.discard(len(pressed))
            page.wait_for_timeout(chance.uniform(0, 60))
            acknowledged = stored(server, code)
            kill(tmp_path / "profile")
            with suppress(Error):
                browser.close()
            browser = opened()
            assert stored(server, code)[: len(acknowledged)] == acknowledged
            pressed = pressed[: position(browser.pages[0]) - 1]
    expect(browser.pages[0].get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)
    assert stored(server, code) == pressed
    browser.close()
