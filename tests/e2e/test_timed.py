"""Faces shown for a moment: a reload while one is shown makes it void, and another of its kind takes its place."""

import re
from dataclasses import replace

from playwright.sync_api import expect
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.services.exercise import plans
from core.storage.tables import BlockRow, TrialRow
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import new_patient


def rows(server: AppServer, patient_id: str) -> dict[int, TrialRow]:
    with server.store.begin() as db:
        theirs = select(TrialRow).join(BlockRow).where(BlockRow.person_id == patient_id)
        return {row.number: row for row in db.scalars(theirs)}


def test_a_face_left_while_shown_is_void_and_replaced(
    server: AppServer, clinician: str, code: str, open_page: OpenPage
) -> None:
    page = open_page(token=new_patient(server.store, clinician, code))
    patient_id = id_of(server.store, code)
    plans.set_plan(server.store, clinician, patient_id, replace(Plan(), exposure_ms=500))

    def show(number: int) -> None:
        """The next face for half a second; the server hears when it was painted."""
        page.get_by_role("button", name="Show the face").click(timeout=SOON)
        wait_until_painted(number)
        page.wait_for_timeout(600)

    def wait_until_painted(number: int) -> None:
        for _ in range(SOON // 100):
            if rows(server, patient_id)[number].painted_at is not None:
                return
            page.wait_for_timeout(100)
        raise AssertionError(f"face {number} was not painted")

    page.goto(server.url)
    page.get_by_role("button", name="Begin").click()
    show(1)
    answer_by_key(page, "4")
    expect(page.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    wait_until_painted(2)
    page.reload()
    show(3)
    answer_by_key(page, "5")
    expect(page.locator(".trial .progress")).to_have_text(re.compile("3 of 42"), timeout=SOON)
    found = rows(server, patient_id)
    assert (found[1].response, found[1].exposure_ms) == ("happy", 500)
    assert (found[2].response, found[2].void) == (None, "left while shown")
    assert (found[3].response, found[3].void) == ("sad", None)
    assert (found[43].target, found[43].intensity) == (found[2].target, found[2].intensity)
