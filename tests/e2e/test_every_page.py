"""Every page of every role, with something to show: axe finds nothing serious on phone and computer, light and dark;
nothing scrolls sideways, nothing fails, and the content security policy keeps nothing away that a page needs."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.demonstration import come_in
from tests.e2e.look import look_everywhere
from tests.e2e.people import id_of
from tests.e2e.policy import kept_away
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.support import new_patient

CHART = ".js-plotly-plot .main-svg"
TABS = ("Calendar and history", "Details", "Matrices", "Questionnaires", "Plan", "Studies", "Consent")
Walk = Iterator[str]
"""Says which page stands there now."""


def walk(page: Page, server: AppServer, *paths: str, awaited: str = "h1") -> Walk:
    for path in paths:
        page.goto(f"{server.url}/{path}")
        expect(page.locator(awaited).first).to_be_visible(timeout=SOON)
        yield path or "home"


def of_a_visitor(page: Page, server: AppServer, invitation: str) -> Walk:
    yield from walk(page, server, "", "sign-in", "sign-in?problem=unknown", "about", "set-up", "nowhere")
    yield from walk(page, server, "join?invitation=used")
    yield from walk(page, server, "try", awaited=".trial .answers")
    answer_by_key(page, "3")
    page.get_by_text("Why?").click()
    expect(page.get_by_role("link", name="More about the computer (new tab)")).to_be_visible(timeout=SOON)
    yield "feedback"
    yield from walk(page, server, invitation.removeprefix(f"{server.url}/"), awaited="form.door")


def of_a_new_patient(page: Page, server: AppServer, _: str) -> Walk:
    yield from walk(page, server, "")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    answer_by_key(page, "1")
    yield "check"
    page.get_by_role("button", name="Stop for now").click()
    expect(page.get_by_role("heading", name="Stopped for now")).to_be_visible(timeout=SOON)
    yield "stopped"
    for name in walk(page, server, "", "progress", "my-data", "consent", "express", "faces-in-files", "account"):
        yield f"{name}, with a run begun"


def of_a_patient(page: Page, clinic: AppServer) -> Walk:
    """Who has finished many runs, some of them before the camera."""
    come_in(page, clinic, "P-003")
    yield from walk(page, clinic, "", "learn", "learn?emotion=fear", "about", "network")
    yield from walk(page, clinic, "progress", awaited=CHART)
    yield from walk(page, clinic, "result", "expression-result")
    expect(page.get_by_role("heading", name="What you showed")).to_be_visible()
    page.goto(f"{clinic.url}/result")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=SOON)


def of_a_clinician(page: Page, clinic: AppServer) -> Walk:
    come_in(page, clinic, "Dr. Vega")
    yield from walk(page, clinic, "", awaited=".caseload svg")
    yield from walk(page, clinic, f"patient?patient={id_of(clinic.store, 'P-003')}", awaited=CHART)
    for tab in TABS:
        page.get_by_role("tab", name=tab, exact=True).click()
        yield tab
    hidden = page.locator(".legend .traces[style*='opacity: 0.5']")
    assert hidden.count() == 0, "the page moved under the pointer, and a click on a tab took a line out of a chart"
    paths = ("sets", "colleagues", "events", "audit", "unblind", "faces-in-files", "about", "account", "network")
    yield from walk(page, clinic, *paths)


def of_a_researcher(page: Page, clinic: AppServer) -> Walk:
    come_in(page, clinic, "R. Luna")
    yield from walk(page, clinic, "", awaited=CHART)
    expect(page.get_by_text("By emotion, in checks")).to_be_visible()
    yield from walk(page, clinic, "studies", "export", "sets", "faces-in-files", "about", "account", "network")


def everything_wrong(page: Page, pages: Walk) -> list[str]:
    noticed = kept_away(page)
    wrong = []
    for name in pages:
        wrong += look_everywhere(page, name)
        if page.get_by_text(re.compile("Something went wrong on our side")).count():
            wrong.append(f"{name}: an error")
        wrong += [f"{name}: {one}" for one in noticed]
        noticed.clear()
    return wrong


@pytest.mark.parametrize("pages", [of_a_visitor, of_a_new_patient])
def test_pages_of_who_is_new_here(
    server: AppServer,
    clinician: str,
    invitation: str,
    code: str,
    open_page: OpenPage,
    pages: Callable[[Page, AppServer, str], Walk],
) -> None:
    token = new_patient(server.store, clinician, f"{code} here") if pages is of_a_new_patient else ""
    page = open_page(token=token)
    wrong = everything_wrong(page, pages(page, server, invitation))
    assert wrong == [], "\n".join(wrong)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("pages", [of_a_patient, of_a_clinician, of_a_researcher])
def test_pages_after_months_of_use(
    demonstration: AppServer, open_page: OpenPage, pages: Callable[[Page, AppServer], Walk]
) -> None:
    page = open_page()
    wrong = everything_wrong(page, pages(page, demonstration))
    assert wrong == [], "\n".join(wrong)
