"""The server is killed at random moments while a patient answers: what was acknowledged is there afterwards."""

import random

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.storage.tables import TrialRow
from tests.e2e.acting import SOON, answer_by_key, leave_feedback, position
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, StartServer
from tests.support import new_clinician, new_patient

ANSWERS = 97  # and one at each kill: over a hundred, all before the first practice ends
KILLS = 6


def begin_or_go_on(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Begin").or_(page.get_by_role("button", name="Go on")).click(timeout=60_000)
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)


@pytest.mark.slow
def test_no_acknowledged_answer_is_missing_after_sigkill(start_server: StartServer, open_page: OpenPage) -> None:
    chance = random.Random(7)
    moments = sorted(chance.sample(range(5, ANSWERS - 5), KILLS))
    acknowledged = 0
    server = start_server()
    patient = new_patient(server.store, new_clinician(server.store), "P-1")
    page = open_page(token=patient, at=server)
    begin_or_go_on(page, server.url)
    while acknowledged < ANSWERS:
        if moments and acknowledged >= moments[0]:
            moments.pop(0)
            page.keyboard.press(str(1 + acknowledged % 7))
            page.wait_for_timeout(chance.uniform(0, 60))
            server.kill()
            stored = answers(server)
            assert stored >= acknowledged
            server.start()
            begin_or_go_on(page, server.url)
            acknowledged = answers(server)
            assert position(page) == 1 + acknowledged - faces_of_finished_checks(acknowledged)
            continue
        answer_by_key(page, str(1 + acknowledged % 7))
        acknowledged += 1
        assert answers(server) >= acknowledged
        if page.locator(".trial .feedback").is_visible():
            leave_feedback(page)
        if page.locator(".trial").count() == 0:
            begin_or_go_on(page, server.url)


def faces_of_finished_checks(answered: int) -> int:
    """A patient's first two runs are checks of 42 faces; the practice after them is longer than what is left."""
    return 42 * min(answered // 42, 2)


def answers(server: AppServer) -> int:
    """How many answers the database holds."""
    with server.store.begin() as db:
        found = len(db.scalars(select(TrialRow.id).where(TrialRow.response.is_not(None))).all())
    server.store.close()
    return found
