"""A researcher in a browser: the overview, a study whose arm a clinician draws, an export that is made and fetched."""

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import SOON
from tests.e2e.demonstration import come_in
from tests.e2e.look import settle
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage

WIDE = {"width": 1280, "height": 900}
PAGES = {"/": "Overview", "/studies": "Studies", "/export": "Export"}


def open_at(page: Page, server: AppServer, path: str) -> None:
    page.goto(f"{server.url}{path}")
    expect(page.get_by_role("heading", name=PAGES[path], exact=True)).to_be_visible(timeout=SOON)
    settle(page)


@pytest.mark.slow
def test_a_study_is_made_and_its_arm_is_drawn_when_a_clinician_takes_somebody_in(
    demonstration: AppServer, open_page: OpenPage
) -> None:
    researcher = open_page(WIDE)
    come_in(researcher, demonstration, "R. Luna")
    open_at(researcher, demonstration, "/studies")
    researcher.get_by_label("Name of the study").fill("Brief or clear")
    researcher.get_by_label("Protocol").fill("Two groups for six weeks.")
    researcher.get_by_label("Name of the arm").first.fill("clear")
    researcher.get_by_role("tab", name="Arm 2").click()
    researcher.get_by_label("Name of the arm").nth(1).fill("brief")
    researcher.get_by_role("button", name="Make the study").click()
    expect(researcher.get_by_text("The study is there.")).to_be_visible(timeout=SOON)
    expect(researcher.get_by_label("Name of the study")).to_have_value("")

    clinician = open_page(WIDE)
    come_in(clinician, demonstration, "Dr. Vega")
    clinician.goto(f"{demonstration.url}/patient?patient={id_of(demonstration.store, 'P-001')}")
    clinician.get_by_role("tab", name="Studies").click()
    expect(clinician.get_by_text("takes part in no study")).to_be_visible(timeout=SOON)
    assert "arm “" not in clinician.content()
    clinician.get_by_role("button", name="Take into the study").click()
    expect(clinician.get_by_text("Brief or clear: arm “")).to_be_visible(timeout=SOON)

    open_at(researcher, demonstration, "/studies")
    expect(researcher.get_by_text("1 person was taken in, 0 withdrew.")).to_be_visible(timeout=SOON)
    researcher.get_by_text("Protocol and arms").first.click()  # the newest study stands first
    expect(researcher.get_by_text("are shown once the study is closed").first).to_be_visible()
    researcher.get_by_role("button", name="Take in nobody any more").first.click()
    researcher.get_by_role("button", name="Close the study").click()
    expect(researcher.get_by_text("Closed to new people")).to_be_visible(timeout=SOON)
    expect(researcher.get_by_text("Seed of the allocation")).to_have_count(1)


def test_an_export_is_made_fetched_and_nobody_elses(demonstration: AppServer, open_page: OpenPage) -> None:
    page = open_page(WIDE)
    come_in(page, demonstration, "R. Luna")
    open_at(page, demonstration, "/export")
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_text("The export is ready.")).to_be_visible(timeout=6 * SOON)
    address = demonstration.url + str(page.get_by_role("link", name="Save the file").first.get_attribute("href"))
    got = page.context.request.get(address)
    assert got.headers["content-disposition"].startswith("attachment; filename")
    with zipfile.ZipFile(io.BytesIO(got.body())) as file:
        assert {"README.md", "manifest.json", "trials.parquet", "participants.tsv"} <= set(file.namelist())
    visitor = open_page(WIDE)
    assert visitor.context.request.get(address).status == 401
    come_in(visitor, demonstration, "Dr. Sol")
    assert visitor.context.request.get(address).status == 404
    assert page.context.request.get(f"{demonstration.url}/exports/..%2F..%2Flexithymia.db").status in {400, 404}
