"""One patient in a browser, with the demonstration's data: what is seen in a minute, every tab, and the plan."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from core.storage.queries import people_queries
from tests.e2e.acting import SOON
from tests.e2e.conftest import OpenPage
from tests.e2e.demonstration import come_in, small_demonstration
from tests.e2e.look import look
from tests.e2e.server import AppServer

WIDE, LEAST, PHONE = ({"width": w, "height": h} for w, h in ((1280, 900), (1024, 768), (360, 800)))
TABS = ("Calendar and history", "Details", "Matrices", "Questionnaires", "Plan", "Studies", "Consent")
CHART = ".js-plotly-plot .main-svg"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server with a small demonstration."""
    with small_demonstration(tmp_path_factory.mktemp("clinic"), patients=4) as server:
        yield server


def open_patient(page: Page, server: AppServer, code: str) -> None:
    with server.store.begin() as db:
        person = people_queries.with_code(db, code)
        assert person is not None
        address = f"{server.url}/patient?patient={person.id}"
    page.goto(address)
    expect(page.get_by_role("tab", name=TABS[0])).to_be_visible(timeout=SOON)


def open_tab(page: Page, name: str) -> Locator:
    page.get_by_role("tab", name=name, exact=True).click()
    page.wait_for_timeout(300)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=2 * SOON
    )
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=SOON)  # what waits for a rerun is pale
    page.wait_for_timeout(900)
    return page.get_by_role("tabpanel", name=name)


def broken_on(page: Page, name: str) -> list[str]:
    """An error that was shown, and scrolling sideways."""
    wrong = [f"{name}: an error"] if page.get_by_text("Something went wrong on our side").count() else []
    width = page.viewport_size["width"] if page.viewport_size else 0
    wide = page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth")
    return wrong + ([f"{name}: {wide} px wide"] if wide > width else [])


def test_a_minute_is_enough(clinic: AppServer, open_page: OpenPage) -> None:
    page = open_page(WIDE)
    come_in(page, clinic, "Dr. Vega")
    open_patient(page, clinic, "P-003")
    expect(page.get_by_role("heading", name="baseline")).to_be_visible(timeout=SOON)
    for figure in (
        "Named as meant, latest check",
        "Since the baseline",
        "Unbiased hit rate Hu",
        "Practice in four weeks",
    ):
        expect(page.get_by_text(figure).first).to_be_visible()
    expect(page.locator(CHART).first).to_be_visible(timeout=SOON)
    for line in ("Baseline", "The network, same faces", "Without looking"):
        expect(page.locator(".legendtext", has_text=line)).to_have_count(1)
    page.locator(".js-plotly-plot", has_text="Shown").locator(".nsewdrag").hover(position={"x": 12, "y": 12})
    said = page.locator(".hoverlayer", has_text="angry named angry")
    expect(said).to_contain_text("of 18", timeout=SOON)
    expect(page.get_by_text("times in 18").first).to_be_visible()
    page.locator(".legendtoggle").first.click()
    page.wait_for_timeout(1_000)
    assert page.get_by_text("Double-click on legend").count() == 0, "Plotly's tips speak English only"


@pytest.mark.parametrize(("viewport", "theme"), [(LEAST, "light"), (WIDE, "dark"), (PHONE, "light")])
def test_every_tab_is_readable_by_everybody(
    clinic: AppServer, open_page: OpenPage, viewport: dict[str, int], theme: str
) -> None:
    page = open_page(viewport, color_scheme=theme)
    come_in(page, clinic, "Dr. Vega")
    open_patient(page, clinic, "P-003")
    expect(page.locator(CHART).first).to_be_visible(timeout=SOON)
    wrong = []
    for tab in TABS:
        open_tab(page, tab)
        name = f"{tab}, {viewport['width']} px, {theme}"
        wrong += broken_on(page, name)
        if viewport is not PHONE:  # staff work from 1024 px on; a phone shows all, too
            wrong += look(page, name)
    assert wrong == []
    hidden = page.locator(".legend .traces[style*='opacity: 0.5']")
    assert hidden.count() == 0, "the page moved under the pointer, and a click on a tab took a line out of a chart"


def test_whoever_has_not_begun_has_a_page_too(clinic: AppServer, open_page: OpenPage) -> None:
    page = open_page(WIDE)
    come_in(page, clinic, "Dr. Vega")
    open_patient(page, clinic, "P-001")
    expect(page.get_by_role("heading", name="Baseline not finished")).to_be_visible(timeout=SOON)
    for tab in TABS:
        open_tab(page, tab)
        assert broken_on(page, tab) + look(page, tab) == []


def test_a_suggestion_is_accepted_outside_a_study_and_the_patient_reads_the_plan(
    clinic: AppServer, open_page: OpenPage
) -> None:
    page = open_page(WIDE)
    come_in(page, clinic, "Dr. Vega")
    open_patient(page, clinic, "P-002")
    panel = open_tab(page, "Plan")
    panel.get_by_label("Practices between two checks").fill("2")
    panel.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan is saved.")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("after every 2 practices").first).to_be_visible()
    accept = page.get_by_role("button", name="Accept", exact=True)
    expect(page.get_by_text("In the study “A call a week” the plan is the arm’s.").first).to_be_visible()
    expect(accept).to_have_count(0)
    open_tab(page, "Studies").get_by_role("button", name="Withdraw from the study").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(accept).to_be_visible(timeout=SOON)
    accept.click()
    expect(accept).to_have_count(0, timeout=SOON)
    patient = open_page(PHONE)
    come_in(patient, clinic, "P-002")
    expect(patient.get_by_text("and a check after every 2")).to_be_visible(timeout=SOON)


def test_other_checks_begin_a_new_baseline_only_if_that_is_meant(clinic: AppServer, open_page: OpenPage) -> None:
    page = open_page(WIDE)
    come_in(page, clinic, "Dr. Vega")
    open_patient(page, clinic, "P-003")
    panel = open_tab(page, "Plan")
    panel.get_by_label("Faces in a check").fill("84")
    panel.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("the next two would be a new baseline. Nothing was saved.")).to_be_visible(timeout=SOON)
    panel.get_by_text("A new baseline may begin").click()
    panel.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan is saved.")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("A check of 84 faces").first).to_be_visible()
    expect(
        page.get_by_text("The plan now asks for other checks: the next two begin a new baseline.").first
    ).to_be_visible()
    patient = open_page(PHONE)
    come_in(patient, clinic, "P-003")
    expect(patient.get_by_text("A check with 84 faces.")).to_be_visible(timeout=SOON)
