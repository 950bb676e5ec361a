"""The database stops and comes back while pages are open: each says so, and goes on by a click or by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from tests import postgres
from tests.e2e.acting import SOON
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import FakeRater, new_clinician, new_patient

pytestmark = pytest.mark.slow
SAID = "This could not be saved just now. Nothing saved before is lost."
NOTE = "Sleeps badly since October."


class Outage:
    """A server on a PostgreSQL that can be stopped, its clinician and its patient."""

    def __init__(self, database: postgres.OwnServer, folder: Path) -> None:
        self.database = database
        url = database.create("away")
        self.store = Store(url)
        upgrade(self.store)
        stimulus_sets.update_faces(self.store, FakeRater())
        self.clinician = new_clinician(self.store)
        self.patient = new_patient(self.store, self.clinician)
        self.patient_id = id_of(self.store, "P-01")
        self.server = AppServer(folder, environment={"DATABASE_URL": url})


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outage]:
    made = Outage(postgres.OwnServer(), tmp_path_factory.mktemp("away"))
    with made.server:
        yield made
    made.store.close()


def pages_of(clinic: Outage) -> list[tuple[str, str, str]]:
    return [
        (clinic.patient, "", "Today"),
        (clinic.patient, "my-data", "My data"),
        (clinic.clinician, f"patient?patient={clinic.patient_id}", "Notes"),
    ]


@pytest.mark.parametrize("place", range(3))
def test_a_page_says_that_the_database_is_away_and_goes_on_by_itself(
    clinic: Outage, open_page: OpenPage, place: int
) -> None:
    token, path, heading = pages_of(clinic)[place]
    page = open_page(token=token, at=clinic.server)
    clinic.database.stop()
    try:
        page.goto(f"{clinic.server.url}/{path}")
        expect(page.get_by_text(SAID)).to_be_visible(timeout=2 * SOON)
        again = page.get_by_role("button", name="Try again")
        again.click()
        expect(page.get_by_text(SAID)).to_be_visible(timeout=2 * SOON)
        assert page.get_by_text(SAID).count() == 1
    finally:
        clinic.database.start()
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible(timeout=2 * SOON)
    expect(page.get_by_text(SAID)).to_have_count(0)


def test_what_was_typed_waits_in_its_form(clinic: Outage, open_page: OpenPage) -> None:
    page = open_page(token=clinic.clinician, at=clinic.server)
    page.goto(f"{clinic.server.url}/patient?patient={clinic.patient_id}")
    page.get_by_role("tab", name="Calendar and history", exact=True).click()
    write_note(page)
    clinic.database.stop()
    try:
        page.get_by_role("button", name="Keep the note").click()
        expect(page.get_by_text(SAID).first).to_be_visible(timeout=2 * SOON)
    finally:
        clinic.database.start()
    # Whether the page is there again at once, with what could not be saved said above it, or after a try of its own.
    page.get_by_role("tab", name="Calendar and history", exact=True).click(timeout=2 * SOON)
    expect(page.get_by_label("New note")).to_have_value(NOTE)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_label("New note")).to_have_value("", timeout=2 * SOON)
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)


def write_note(page: Page) -> None:
    page.get_by_label("New note").fill(NOTE)
