"""Double clicks, keys pressed ten a second, a second tab: one answer for each face."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from core.storage.tables import TrialRow
from tests.e2e.acting import SOON, join, position
from tests.e2e.conftest import OpenPage
from tests.e2e.server import AppServer


@pytest.fixture
def trial(invitation: str, open_page: OpenPage) -> Page:
    page = open_page()
    join(page, invitation)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(600)
    return page


def answered(server: AppServer) -> int:
    with server.store.begin() as db:
        return db.scalar(select(func.count()).where(TrialRow.response.is_not(None))) or 0


@pytest.mark.parametrize("apart_ms", [50, 150, 300])
def test_two_clicks_give_one_answer(server: AppServer, trial: Page, apart_ms: int) -> None:
    before = answered(server)
    answer = trial.locator(".trial .answer").nth(2)
    box = answer.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    trial.mouse.click(x, y)
    trial.wait_for_timeout(apart_ms)
    trial.mouse.click(x, y)
    expect(trial.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    trial.wait_for_timeout(800)
    assert answered(server) == before + 1


def test_keys_ten_a_second_give_one_answer_a_face_and_none_is_lost(server: AppServer, trial: Page) -> None:
    before = answered(server)
    for press in range(60):
        trial.keyboard.press(str(1 + press % 7))
        trial.wait_for_timeout(100)
    trial.wait_for_timeout(1500)
    with server.store.begin() as db:
        rows = db.scalars(select(TrialRow).where(TrialRow.response.is_not(None)).order_by(TrialRow.id)).all()[before:]
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert position(trial) == len(rows) + 1
    assert len(rows) >= 3


def test_a_second_tab_goes_on_where_the_first_is(server: AppServer, trial: Page) -> None:
    other = trial.context.new_page()
    other.goto(trial.url)
    expect(other.locator(".trial .progress")).to_have_text(re.compile("1 of 42"), timeout=SOON)
    trial.keyboard.press("3")
    expect(trial.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    before = answered(server)
    other.wait_for_timeout(500)
    other.keyboard.press("4")
    expect(other.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    assert answered(server) == before
