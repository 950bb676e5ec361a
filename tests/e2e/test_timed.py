"""Faces shown for a moment: a reload while one is shown makes it void, and another of its kind takes its place."""

import re
from dataclasses import replace

from playwright.sync_api import expect
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.services.accounts import accounts
from core.services.exercise import plans
from core.storage.tables import TrialRow
from tests.e2e.acting import SOON, answer_by_key, join
from tests.e2e.conftest import OpenPage
from tests.e2e.server import AppServer


def test_a_face_left_while_shown_is_void_and_replaced(
    server: AppServer, clinician: str, invitation: str, open_page: OpenPage
) -> None:
    patient_id = accounts.patients(server.store, clinician)[0].id
    plans.set_plan(server.store, clinician, patient_id, replace(Plan(), exposure_ms=500))
    page = open_page()
    join(page, invitation)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Show the face").click(timeout=SOON)
    page.wait_for_timeout(2500)
    answer_by_key(page, "4")
    expect(page.locator(".trial .progress")).to_have_text(re.compile("2 of 42"), timeout=SOON)
    page.wait_for_timeout(1500)
    page.reload()
    page.get_by_role("button", name="Show the face").click(timeout=SOON)
    page.wait_for_timeout(2500)
    answer_by_key(page, "5")
    expect(page.locator(".trial .progress")).to_have_text(re.compile("3 of 42"), timeout=SOON)
    with server.store.begin() as db:
        rows = {row.number: row for row in db.scalars(select(TrialRow))}
    assert (rows[1].response, rows[1].exposure_ms) == ("happy", 500)
    assert (rows[2].response, rows[2].void) == (None, "left while shown")
    assert (rows[3].response, rows[3].void) == ("sad", None)
    assert (rows[43].target, rows[43].intensity) == (rows[2].target, rows[2].intensity)
