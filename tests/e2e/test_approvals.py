"""An export and an un-blinding for which a second person is asked: on the pages of both."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from core.storage.tables import PersonRow
from tests.e2e.acting import SOON
from tests.e2e.demonstration import come_in
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, fetched

pytestmark = pytest.mark.slow  # a server of its own
REASON = "The board wants to see how many dropped out."


@pytest.fixture(scope="module")
def guarded(demonstration_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server of two administrators, which asks for approvals."""
    local = tmp_path_factory.mktemp("guarded")
    shutil.copy(demonstration_database, local / "lexithymia.db")
    with AppServer(local, environment={"SECOND_APPROVAL": "required"}) as running:
        with running.store.begin() as db:
            db.execute(update(PersonRow).where(PersonRow.code.in_(["Dr. Vega", "Dr. Sol"])).values(administrator=True))
        yield running


def open_as(open_page: OpenPage, server: AppServer, who: str, path: str) -> Page:
    page = open_page()
    come_in(page, server, who)
    page.goto(f"{server.url}/{path}")
    return page


def decide(page: Page, server: AppServer, button: str) -> None:
    page.goto(f"{server.url}/approvals")
    expect(page.get_by_text(REASON)).to_be_visible(timeout=SOON)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("Nobody asks for anything just now.")).to_be_visible(timeout=SOON)


def test_an_export_is_asked_for_approved_made_and_then_asked_for_anew(guarded: AppServer, open_page: OpenPage) -> None:
    page = open_as(open_page, guarded, "R. Luna", "export")
    page.get_by_label("What is it needed for?").fill("soon")
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("Please say in a sentence why this is needed.")).to_be_visible(timeout=SOON)
    page.get_by_label("What is it needed for?").fill(REASON)
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("It waits for a second person.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Make the export")).to_have_count(0)

    second = open_as(open_page, guarded, "Dr. Vega", "approvals")
    expect(second.get_by_text("Asked by R. Luna.")).to_be_visible(timeout=SOON)
    decide(second, guarded, "Approve")

    page.reload()
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_text("The export is ready.")).to_be_visible(timeout=6 * SOON)
    got = fetched(page, "Save the file")
    with zipfile.ZipFile(io.BytesIO(got.body())) as file:
        assert "participants.tsv" in file.namelist()
    page.reload()
    expect(page.get_by_role("button", name="Ask for approval")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Make the export")).to_have_count(0)


def test_a_blinding_is_lifted_after_another_administrator_said_yes(guarded: AppServer, open_page: OpenPage) -> None:
    page = open_as(open_page, guarded, "Dr. Vega", "unblind")
    page.get_by_label("Why is it needed?").fill(REASON)
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("It waits for a second person.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Lift the blinding")).to_have_count(0)
    page.goto(f"{guarded.url}/approvals")
    expect(page.get_by_role("heading", name="Asked by you")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(REASON)).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

    decide(open_as(open_page, guarded, "Dr. Sol", "approvals"), guarded, "Approve")
    page.goto(f"{guarded.url}/unblind")
    page.get_by_role("button", name="Lift the blinding").click()
    expect(page.get_by_role("link", name="Save the table")).to_be_visible(timeout=SOON)
    assert b"P-002" in fetched(page, "Save the table").body()


def test_where_nobody_is_asked_for_approvals_the_page_is_not_there(
    demonstration: AppServer, open_page: OpenPage
) -> None:
    page = open_as(open_page, demonstration, "R. Luna", "approvals")
    expect(page.get_by_role("heading", name="This page is not yours to see")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("link", name="Approvals")).to_have_count(0)
