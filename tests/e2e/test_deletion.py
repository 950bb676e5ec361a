"""A patient asks to be deleted, the clinician does it, and the log says so: in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import SOON
from tests.e2e.look import axe_findings
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage
from tests.support import new_patient


@pytest.mark.slow
def test_a_patient_asks_and_is_deleted_and_the_log_says_so(
    server: AppServer, administrator: str, open_page: OpenPage
) -> None:
    patient = open_page(PHONE, token=new_patient(server.store, administrator, "P-17"))
    patient.goto(f"{server.url}/my-data")
    patient.get_by_role("button", name="Ask for deletion").click()
    patient.get_by_role("button", name="Yes, I want all of it to be deleted").click()
    expect(patient.get_by_text("You asked for deletion on")).to_be_visible(timeout=SOON)
    assert axe_findings(patient) == []

    page = open_page(token=administrator)
    page.goto(f"{server.url}/patient?patient={id_of(server.store, 'P-17')}")
    expect(page.get_by_text(re.compile("This patient asked on .* that everything be deleted"))).to_be_visible(
        timeout=SOON
    )
    page.get_by_role("tab", name="Consent").click()
    page.get_by_text("Delete everything about this patient").click()
    confirm, delete = page.get_by_label("To confirm, type the patient’s code"), "Delete for good"
    confirm.fill("P-18")
    page.get_by_role("button", name=delete).click()
    expect(page.get_by_text("“P-18” is not this patient’s code. Nothing was deleted.")).to_be_visible(timeout=SOON)
    assert axe_findings(page) == []
    confirm.fill("P-17")
    page.get_by_role("button", name=delete).click()
    expect(page.get_by_text("Everything about P-17 is deleted.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)

    patient.reload()
    expect(patient.get_by_role("heading", name="Please sign in")).to_be_visible(timeout=SOON)
    page.goto(f"{server.url}/events")
    page.get_by_role("link", name="Who saw what of patients: the audit log").click()
    page.get_by_role("button", name="Verify the log").click()
    expect(page.get_by_text("Every entry is as it was written.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("cell", name="deleted everything about")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("^deleted: [0-9a-f]{16}$")).first).to_be_visible()
    expect(page.get_by_role("table")).not_to_contain_text("P-17", timeout=SOON)
    assert axe_findings(page) == []
