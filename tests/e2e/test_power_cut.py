"""The server is killed at random moments while a patient answers, who goes on meanwhile: no answer is lost."""

import random

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.storage.tables import BlockRow, TrialRow
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, StartServer
from tests.support import new_clinician, new_patient_before_blocks

CHECKS, FACES = 2, 42
KILLS = 6
WITHOUT_A_SERVER = 3
"""Faces that are answered before it is there again."""


def begin(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Begin").click(timeout=60_000)
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)


@pytest.mark.slow
def test_no_answer_is_lost_by_sigkill(start_server: StartServer, open_page: OpenPage) -> None:
    chance = random.Random(7)
    server = start_server()
    patient = new_patient_before_blocks(server.store, new_clinician(server.store), "P-1")
    page = open_page(token=patient, at=server)
    pressed: list[str] = []
    for _ in range(CHECKS):
        begin(page, server.url)
        kills = set(chance.sample(range(1, FACES - WITHOUT_A_SERVER), KILLS // CHECKS))
        back_at = -1
        for face in range(FACES):
            if face == back_at:
                server.start()
            key = 1 + len(pressed) % 7
            answer_by_key(page, str(key))
            pressed.append(Emotion(key - 1).word)
            if face in kills and face >= back_at:
                page.wait_for_timeout(chance.uniform(0, 60))
                server.kill()
                back_at = face + WITHOUT_A_SERVER
        expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)
        assert answers(server) == pressed


def answers(server: AppServer) -> list[str]:
    """The answers that the database holds, in order."""
    with server.store.begin() as db:
        rows = select(TrialRow.response).join(BlockRow, BlockRow.id == TrialRow.block_id)
        found = db.scalars(rows.where(TrialRow.response.is_not(None)).order_by(BlockRow.number, TrialRow.number)).all()
    server.store.close()
    return list(map(str, found))
