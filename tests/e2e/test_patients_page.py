"""The list of patients in a browser: searched, ordered, led from, shared, archived and brought back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.domain.people import Role
from core.services.accounts import accounts
from core.storage.database import Store
from core.storage.queries import people_queries
from tests.e2e.acting import PASSWORD, SOON
from tests.e2e.conftest import COMPUTER, OpenPage
from tests.e2e.look import seriously_wrong
from tests.e2e.server import AppServer

LONG = "a-code-of-sixty-four-signs-" + 37 * "x"


@pytest.fixture(scope="module")
def list_(server: AppServer, clinician: str) -> Store:
    """Three patients, one of whom has a long code, and a colleague."""
    for code in ("P-001", "P-002", LONG):
        accounts.invite_patient(server.store, clinician, code)
    link = accounts.invite_colleague(server.store, clinician, "Dr Luz", Role.CLINICIAN)
    accounts.accept_invitation(server.store, link, PASSWORD, "en")
    return server.store


def come_in(page: Page, server: AppServer, code: str = "Dr Vega") -> Locator:
    page.goto(f"{server.url}/sign-in")
    page.locator("form.door input[name=code]").fill(code)
    page.locator("form.door input[name=password]").fill(PASSWORD)
    page.locator("form.door button[type=submit]").click()
    expect(page.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)
    return page.locator(".caseload tbody tr")


def test_a_code_is_found_and_leads_to_its_patient(server: AppServer, list_: Store, open_page: OpenPage) -> None:
    page = open_page(COMPUTER)
    rows = come_in(page, server)
    expect(rows).to_have_count(3)
    page.get_by_label("Search for a code").fill("p-0")
    page.get_by_label("Search for a code").press("Enter")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Code").click()
    expect(rows.first).to_contain_text("P-002")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Code")
    page.get_by_role("link", name="P-002").click()
    expect(page.get_by_role("heading", name="One patient")).to_be_visible(timeout=SOON)
    expect(page).to_have_url(f"{server.url}/patient?patient={id_of(list_, 'P-002')}")


def id_of(store: Store, code: str) -> str:
    with store.begin() as db:
        found = people_queries.with_code(db, code)
        assert found is not None
        return found.id


def test_a_long_code_is_whole_at_1280_pixels(server: AppServer, list_: Store, open_page: OpenPage) -> None:
    page = open_page({"width": 1280, "height": 860})
    come_in(page, server)
    link = page.get_by_role("link", name=LONG)
    expect(link).to_be_visible(timeout=SOON)
    assert link.evaluate("e => e.scrollWidth <= e.closest('th').clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_care_is_shared_and_a_patient_archived_and_brought_back(
    server: AppServer, list_: Store, open_page: OpenPage
) -> None:
    page = open_page(COMPUTER)
    rows = come_in(page, server)
    page.get_by_role("button", name="Change something about P-001").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Share the care with").click()
    page.get_by_role("option", name="Dr Luz").click()
    dialog.get_by_role("button", name="Share", exact=True).click()
    expect(dialog.get_by_text("There is no other clinician here")).to_be_visible(timeout=SOON)
    assert seriously_wrong(page) == []
    dialog.get_by_role("button", name="Archive this patient").click()
    expect(dialog.get_by_text("Done. Close this window")).to_be_visible(timeout=SOON)
    page.keyboard.press("Escape")
    expect(rows).to_have_count(2, timeout=SOON)

    colleague = open_page(COMPUTER)
    come_in(colleague, server, "Dr Luz")
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
