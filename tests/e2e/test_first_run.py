"""From an empty installation to a finished check, as a clinician and a patient live it."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from core.domain.exercise.trials import Kind
from core.storage.tables import BlockRow, TrialRow
from tests.e2e.acting import (
    SOON,
    add_patient,
    answer_by_key,
    answer_check,
    begin_run,
    join,
    leave_feedback,
    set_up,
    share_nothing,
)
from tests.e2e.people import answer_until
from tests.e2e.windows import OpenPage, StartServer, token_in


@pytest.mark.slow
def test_first_run_to_result_with_a_reload_in_the_middle(start_server: StartServer, open_page: OpenPage) -> None:
    server = start_server()
    clinician, patient = open_page(), open_page()
    set_up(clinician, server.set_up_link)
    link = add_patient(clinician, "P-017")
    join(patient, link)
    begin_run(patient, 14)
    for _ in range(2):
        answer_by_key(patient, "1")
        leave_feedback(patient)
    answer_until(server.store, token_in(patient), 13)
    patient.reload()
    expect(patient.locator(".trial .progress")).to_have_text(re.compile("14 of 14"), timeout=SOON)
    answer_by_key(patient, "1")
    leave_feedback(patient)
    expect(patient.get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)
    patient.goto(server.url)
    share_nothing(patient)
    begin_run(patient, 21)
    answer_check(patient, 6)
    patient.reload()
    expect(patient.locator(".trial .progress")).to_have_text(re.compile("7 of 21"), timeout=SOON)
    answer_check(patient, 2)
    patient.get_by_role("button", name="Stop for now").click()
    expect(patient.get_by_role("heading", name="Stopped for now")).to_be_visible(timeout=SOON)
    answer_until(server.store, token_in(patient), 17)
    patient.goto(server.url)
    patient.get_by_role("button", name="Go on").click()
    expect(patient.locator(".trial .progress")).to_have_text(re.compile("18 of 21"), timeout=SOON)
    answer_check(patient, 4)
    expect(patient.get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)
    expect(
        patient.get_by_text(re.compile(r"In \d+ of 21 faces you named|of the 21 faces show|looked at 21 faces"))
    ).to_be_visible()
    with server.store.begin() as db:
        assert db.scalar(select(func.count()).where(TrialRow.response.is_not(None))) == 14 + 21
        block = db.scalars(select(BlockRow).where(BlockRow.kind == Kind.CHECK)).one()
        assert block.ended_at is not None
        assert len(block.blueprint or "") == 64
    clinician.reload()
    clinician.get_by_role("link", name="One patient").click()
    expect(clinician.get_by_text("Baseline: 1 of 7 checks, one a day.", exact=False)).to_be_visible(timeout=SOON)
