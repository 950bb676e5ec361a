"""Every page, on phone and computer, light and dark: axe finds nothing serious and nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.domain.people import Role
from core.services.accounts import accounts
from tests.e2e.acting import PASSWORD, SOON, answer_by_key, join
from tests.e2e.conftest import COMPUTER, PHONE, OpenPage
from tests.e2e.look import look
from tests.e2e.server import AppServer


def visitor(page: Page, server: AppServer, invitation: str) -> list[str]:
    wrong = []
    for path in ("", "sign-in", "sign-in?problem=unknown", "about", "set-up", "join?invitation=used"):
        page.goto(f"{server.url}/{path}")
        expect(page.locator("h1").first).to_be_visible(timeout=SOON)
        wrong += look(page, path or "welcome")
    page.goto(f"{server.url}/try")
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    wrong += look(page, "trial")
    answer_by_key(page, "3")
    page.get_by_text("Why?").click()
    wrong += look(page, "feedback")
    page.goto(invitation)
    expect(page.locator("form.door")).to_be_visible(timeout=SOON)
    return wrong + look(page, "join")


def patient(page: Page, server: AppServer, invitation: str) -> list[str]:
    join(page, invitation)
    wrong = look(page, "today")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    wrong += look(page, "check")
    page.get_by_role("button", name="Stop for now").click()
    expect(page.get_by_role("heading", name="Stopped for now")).to_be_visible(timeout=SOON)
    wrong += look(page, "stopped")
    for path in (
        "",
        "learn",
        "progress",
        "result",
        "my-data",
        "express",
        "faces-in-files",
        "about",
        "network",
        "account",
    ):
        page.goto(f"{server.url}/{path}")
        expect(page.locator("h1").first).to_be_visible(timeout=SOON)
        wrong += look(page, path or "today with a run begun")
    return wrong


def staff(page: Page, server: AppServer, invitation: str) -> list[str]:
    join_as_staff(page, invitation)
    wrong = []
    for path in ("", "patient", "sets", "colleagues", "events", "overview", "faces-in-files", "about", "account"):
        page.goto(f"{server.url}/{path}")
        expect(page.locator("h1").first).to_be_visible(timeout=SOON)
        wrong += look(page, path or "home of staff")
    return wrong


def join_as_staff(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.locator("form.door input[name=password]").fill(PASSWORD)
    page.locator("form.door button[type=submit]").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, COMPUTER], ids=["phone", "computer"])
@pytest.mark.parametrize("who", [visitor, patient], ids=["visitor", "patient"])
def test_pages_of_patients_and_visitors(
    server: AppServer,
    invitation: str,
    open_page: OpenPage,
    who: Callable[[Page, AppServer, str], list[str]],
    viewport: dict[str, int],
    scheme: str,
) -> None:
    assert who(open_page(viewport, color_scheme=scheme), server, invitation) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.RESEARCHER])
def test_pages_of_staff(server: AppServer, clinician: str, open_page: OpenPage, role: Role, scheme: str) -> None:
    secret = accounts.invite_colleague(server.store, clinician, f"{role}-{scheme}", role)
    page = open_page({"width": 1024, "height": 900}, color_scheme=scheme)
    assert staff(page, server, f"{server.url}/join?invitation={secret}") == []
