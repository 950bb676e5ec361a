"""The exercise as patients and visitors live it: phone, Spanish, practice, try-out, sign-in."""

import re

from playwright.sync_api import expect
from sqlalchemy import func, select

from core.services.accounts import accounts
from core.storage.tables import TrialRow
from tests.e2e.acting import SOON, SPANISH, answer_by_key, begin_run, join, leave_feedback, position, share_nothing
from tests.e2e.people import finish_runs
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage, token_in
from tests.support import before_blocks


def test_a_sign_in_survives_a_reload_and_ends_with_sign_out(
    server: AppServer, invitation: str, open_page: OpenPage
) -> None:
    page = open_page(PHONE)
    join(page, invitation)
    cookie = next(c for c in page.context.cookies() if c["name"] == "lexithymia")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    page.reload()
    expect(page.get_by_role("button", name="Begin")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=SOON)
    page.context.add_cookies([{**cookie, "url": server.url, "path": None, "domain": None}])
    page.goto(server.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=SOON)


def test_practice_on_a_phone_is_in_the_language_of_the_link_and_says_what_was_meant(
    server: AppServer, clinician: str, code: str, open_page: OpenPage
) -> None:
    page = open_page(PHONE, locale="ca-ES")
    with before_blocks():
        link = accounts.invite_patient(server.store, clinician, code, "es")
    join(page, f"{server.url}/join?invitation={link}")
    finish_runs(server.store, token_in(page), 2)
    page.goto(server.url)
    share_nothing(page)
    begin_run(page, 14, SPANISH)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    answer_by_key(page, "1")
    expect(page.locator(".trial .feedback .sentence")).to_be_visible()
    leave_feedback(page)
    expect(page.locator(".trial .progress")).to_have_text(re.compile("2 de 14"), timeout=SOON)
    assert position(page) == 2


def test_a_visitor_tries_six_faces_and_nothing_is_stored(
    server: AppServer, clinician: str, open_page: OpenPage
) -> None:
    with server.store.begin() as db:
        before = db.scalar(select(func.count()).select_from(TrialRow))
    page = open_page(PHONE)
    page.goto(server.url)
    page.get_by_role("button", name="Try six faces").click()
    for _ in range(6):
        expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
        answer_by_key(page, "4")
        leave_feedback(page)
    expect(
        page.get_by_text(re.compile(r"In \d of 6 faces you named|of the 6 faces show|looked at 6 faces"))
    ).to_be_visible(timeout=SOON)
    with server.store.begin() as db:
        assert db.scalar(select(func.count()).select_from(TrialRow)) == before
