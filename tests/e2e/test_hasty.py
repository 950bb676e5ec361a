"""Keys pressed ten a second, a second tab: one answer for each face."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.storage.tables import BlockRow, TrialRow
from tests.e2e.acting import SOON, position
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import new_patient_before_blocks


@pytest.fixture
def trial(server: AppServer, clinician: str, code: str, open_page: OpenPage) -> Page:
    page = open_page(token=new_patient_before_blocks(server.store, clinician, code))
    page.goto(server.url)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(600)
    return page


def answered(server: AppServer, code: str) -> list[int]:
    """The numbers of the faces that the patient has answered."""
    theirs = select(TrialRow.number).join(BlockRow).where(BlockRow.person_id == id_of(server.store, code))
    with server.store.begin() as db:
        return list(db.scalars(theirs.where(TrialRow.response.is_not(None)).order_by(TrialRow.id)))


@pytest.mark.slow
def test_keys_ten_a_second_give_one_answer_a_face_and_none_is_lost(server: AppServer, code: str, trial: Page) -> None:
    for press in range(40):
        trial.keyboard.press(str(1 + press % 7))
        trial.wait_for_timeout(100)
    trial.wait_for_timeout(1500)
    numbers = answered(server, code)
    assert numbers == list(range(1, len(numbers) + 1))
    assert position(trial) == len(numbers) + 1
    assert len(numbers) >= 3


def test_a_second_tab_goes_on_where_the_first_is(server: AppServer, code: str, trial: Page) -> None:
    other = trial.context.new_page()
    other.goto(trial.url)
    expect(other.locator(".trial .progress")).to_have_text(re.compile("1 of 42"), timeout=SOON)
    trial.keyboard.press("3")
    expect(trial.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    other.wait_for_timeout(500)
    other.keyboard.press("4")
    expect(other.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    assert answered(server, code) == [1]
