"""The list of patients in a browser: searched, ordered, led from, shared, archived and brought back."""

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from core.domain.people import Role
from core.services.accounts import accounts
from core.services.accounts.demonstration import sign_in_as
from core.services.clinic.caseload import caseload
from core.storage.tables import CareRow, PersonRow
from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.demonstration import come_in
from tests.e2e.look import axe_findings, too_wide
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.others import first_of
from tests.support import PASSWORD

LONG = "a-code-of-sixty-four-signs-" + 37 * "x"


@pytest.fixture(scope="module")
def luz(server: AppServer, clinician: str, administrator: str) -> str:
    """Three patients of the clinician, one of whom has a long code; returns the sign-in of a colleague."""
    for code in ("P-001", "P-002", LONG):
        accounts.invite_patient(server.store, clinician, code)
    link = accounts.invite_colleague(server.store, administrator, "Dr Luz", Role.CLINICIAN)
    return accounts.accept_invitation(server.store, link, PASSWORD, "en")


def open_list(page: Page, server: AppServer) -> Locator:
    page.goto(server.url)
    expect(page.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)
    return page.locator(".caseload tbody tr")


def test_a_code_is_found_and_leads_to_its_patient(
    server: AppServer, clinician: str, luz: str, open_page: OpenPage
) -> None:
    page = open_page(token=clinician)
    rows = open_list(page, server)
    expect(rows).to_have_count(3)
    page.get_by_label("Search for a code").fill("p-0")
    page.get_by_label("Search for a code").press("Enter")
    expect(rows).to_have_count(2)
    for direction in ("ascending", "descending"):
        page.get_by_role("button", name="Code").click()
        expect(page.locator(f"th[aria-sort={direction}]")).to_contain_text("Code")
    expect(rows.first).to_contain_text("P-002")
    page.get_by_label("Search for a code").fill("p-002")  # a second time, with nothing between
    page.get_by_label("Search for a code").press("Enter")
    expect(rows).to_have_count(1)
    choose(page, "Archived")
    expect(rows).to_have_count(0)
    choose(page, "Everybody")
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="P-002").click()
    expect(page.get_by_role("heading", name="One patient")).to_be_visible(timeout=SOON)
    expect(page).to_have_url(f"{server.url}/patient?patient={id_of(server.store, 'P-002')}")


@pytest.mark.parametrize("language", first_of("es", "en"))
def test_a_patient_is_two_lines_high_on_a_small_laptop(
    demonstration: AppServer, open_page: OpenPage, language: str
) -> None:
    token = sign_in_as(demonstration.store, "0")
    with demonstration.store.begin() as db:
        vega = db.scalars(select(PersonRow).where(PersonRow.code == "Dr. Vega")).one()
        before, vega.language = vega.language, language
    try:
        page = open_page({"width": 1024, "height": 768}, token=token, at=demonstration)
        page.goto(demonstration.url)
        rows = page.locator(".caseload tbody tr")
        expect(rows.first).to_be_visible(timeout=SOON)
        heights = rows.evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().height)")
        assert len(heights) > 5
        assert max(heights) <= 64
        over = "table => table.offsetWidth - table.closest('.caseload').clientWidth"
        assert page.locator(".caseload table").evaluate(over) <= 0, "as wide as the rest of the page"
        first = page.locator("th[aria-sort=descending]")
        expect(first).to_contain_text(say(language, "Next step"))
        said = {
            line.code: len(line.concerns) + line.erasure_asked for line in caseload(demonstration.store, token).lines
        }
        needs = [said[code] for code in rows.locator("th a").all_inner_texts()]
        assert needs == sorted(needs, reverse=True), "who needs attention first"
        assert needs[0] > needs[-1]
        assert too_wide(page) == []
    finally:
        with demonstration.store.begin() as db:
            db.get_one(PersonRow, vega.id).language = before


def test_a_long_code_is_whole_at_1280_pixels(server: AppServer, clinician: str, luz: str, open_page: OpenPage) -> None:
    page = open_page({"width": 1280, "height": 860}, token=clinician)
    open_list(page, server)
    link = page.get_by_role("link", name=LONG)
    expect(link).to_be_visible(timeout=SOON)
    assert link.evaluate("e => e.scrollWidth <= e.closest('th').clientWidth")
    assert too_wide(page) == []


@pytest.mark.slow
def test_care_is_shared_and_a_patient_archived_and_brought_back(
    server: AppServer, clinician: str, luz: str, open_page: OpenPage
) -> None:
    page = open_page(token=clinician)
    rows = open_list(page, server)
    page.get_by_role("button", name="Change something about P-001").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Share the care with").fill("Luz")  # far down a long list, options are not in the page
    page.get_by_role("option", name="Dr Luz").click()
    dialog.get_by_role("button", name="Share", exact=True).click()
    expect(dialog.get_by_text("Dr Luz", exact=True)).to_be_visible(timeout=SOON)
    expect(dialog.get_by_role("button", name="End", exact=True)).to_have_count(2)
    assert axe_findings(page) == []
    dialog.get_by_role("button", name="Archive this patient").click()
    expect(dialog.get_by_text("Done. Close this window")).to_be_visible(timeout=SOON)
    page.keyboard.press("Escape")
    expect(rows).to_have_count(2, timeout=SOON)

    colleague = open_page(token=luz)
    open_list(colleague, server)
    choose(colleague, "Archived")
    expect(colleague.locator(".caseload tbody tr")).to_have_count(1, timeout=SOON)
    colleague.get_by_role("button", name="Change something about P-001").click()
    colleague.get_by_role("button", name="Bring this patient back").click()
    expect(colleague.get_by_text("Done. Close this window")).to_be_visible(timeout=SOON)
    colleague.keyboard.press("Escape")
    choose(colleague, "Everybody")
    expect(colleague.locator(".caseload tbody tr")).to_have_count(1, timeout=SOON)


def choose(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Show").click()
    page.get_by_role("option", name=name).click()


def test_care_that_everybody_has_is_shared_with_nobody_else(demonstration: AppServer, open_page: OpenPage) -> None:
    of_both = select(PersonRow.code).join(CareRow, CareRow.patient_id == PersonRow.id).group_by(PersonRow.code)
    with demonstration.store.begin() as db:
        code = db.scalars(of_both.having(func.count() == 2)).first()
    page = open_page()
    come_in(page, demonstration, "Dr. Vega")
    page.get_by_role("button", name=f"Change something about {code}").click()
    said = page.get_by_role("dialog").get_by_text("There is no other clinician here")
    expect(said).to_be_visible(timeout=SOON)
