"""Handing over in the room, by keyboard: the run, its end, and a page that stays closed until the password is given."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.services.accounts import accounts
from tests.e2e.acting import SOON, answer_by_key, leave_feedback, press
from tests.e2e.look import look, settle
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage, StartServer
from tests.others import first_of
from tests.support import PASSWORD, new_patient

WARM_UP = 14
LAPTOP = {"width": 1024, "height": 768}
WORDS = {
    "en": ("of", "That was all", "Open my pages again", "This is not the password"),
    "es": ("de", "Eso es todo", "Volver a mis páginas", "Esta no es la contraseña"),
}


def start_here(page: Page, server: AppServer, code: str) -> None:
    page.goto(f"{server.url}/patient?patient={id_of(server.store, code)}")
    start = page.get_by_role("button", name="Start here")
    expect(start).to_be_visible(timeout=SOON)
    settle(page)
    press(start)


def give_password(page: Page, password: str) -> None:
    field = page.locator("form.door input[name=password]")
    expect(field).to_be_visible(timeout=SOON)
    settle(page)
    field.focus()
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "viewport"), first_of(("en", LAPTOP), ("es", PHONE)))
def test_the_patient_sees_the_run_and_its_end_and_the_password_opens_the_rest(
    server: AppServer, clinician: str, open_page: OpenPage, code: str, language: str, viewport: dict[str, int]
) -> None:
    patient = new_patient(server.store, clinician, code)
    accounts.set_language(server.store, patient, language)
    of, end, open_again, wrong = WORDS[language]
    page = open_page(viewport, token=clinician)
    other = page.context.new_page()
    other.goto(f"{server.url}/patients")
    expect(other.get_by_role("heading", name="My patients")).to_be_visible(timeout=SOON)
    start_here(page, server, code)
    progress = page.locator(".trial .progress")
    expect(progress).to_have_text(f"1 {of} {WARM_UP}", timeout=SOON)
    expect(other.locator(".trial .progress")).to_have_text(f"1 {of} {WARM_UP}", timeout=SOON)  # by itself
    other.close()
    for address in ("patients", "account", "sets"):
        page.goto(f"{server.url}/{address}")
        expect(progress).to_have_text(f"1 {of} {WARM_UP}", timeout=SOON)
        expect(page.get_by_text(code)).to_have_count(0)
    page.go_back()
    page.go_back()
    expect(progress).to_have_text(f"1 {of} {WARM_UP}", timeout=SOON)
    for face in range(WARM_UP):
        answer_by_key(page, str(1 + face % 7))
        leave_feedback(page)
    expect(page.get_by_role("heading", name=end)).to_be_visible(timeout=SOON)
    settle(page)
    assert look(page) == []
    page.reload()
    expect(page.get_by_role("heading", name=end)).to_be_visible(timeout=SOON)
    expect(page.get_by_role("navigation")).to_have_count(0)
    give_password(page, "a wrong sentence")
    expect(page.get_by_role("alert")).to_contain_text(wrong, timeout=SOON)
    expect(page.get_by_role("button", name=open_again)).to_be_visible()
    give_password(page, PASSWORD)
    expect(page.get_by_role("heading", name="One patient")).to_be_visible(timeout=SOON)
    expect(page).to_have_url(re.compile(id_of(server.store, code)))


@pytest.mark.slow
def test_a_run_that_is_stopped_leaves_the_page_closed_over_a_restart_of_the_server(
    start_server: StartServer, open_page: OpenPage
) -> None:
    own = start_server()
    clinician = accounts.create_first_clinician(own.store, "Dr Vega", PASSWORD, "en")
    new_patient(own.store, clinician, "P-01")
    page = open_page(LAPTOP, token=clinician, at=own)
    start_here(page, own, "P-01")
    answer_by_key(page, "1")
    leave_feedback(page)
    page.locator(".trial .stop").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Stopped for now")).to_be_visible(timeout=SOON)
    assert look(page) == []
    own.kill()
    own.start()
    page.goto(f"{own.url}/patients")
    expect(page.locator(".trial .progress")).to_have_text(f"2 of {WARM_UP}", timeout=SOON)
    page.locator(".trial .stop").focus()
    page.keyboard.press("Enter")
    give_password(page, PASSWORD)
    expect(page.get_by_role("heading", name="One patient")).to_be_visible(timeout=SOON)
