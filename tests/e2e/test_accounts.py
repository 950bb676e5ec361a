"""The door in a real browser: cookies, links, rights that end on open pages, other sites, the second factor."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, Route, expect

from core.domain.people import Refusal, Role
from core.services.accounts import accounts
from core.web.cookies import COOKIE
from tests.e2e.acting import SOON, code_of_new_patient, join, sign_in
from tests.e2e.look import settle
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, carry, token_in
from tests.others import first_of
from tests.support import PASSWORD


def colleague(server: AppServer, administrator: str, code: str) -> str:
    """The sign-in of a new researcher."""
    link = accounts.invite_colleague(server.store, administrator, code, Role.RESEARCHER)
    return accounts.accept_invitation(server.store, link, PASSWORD, "en")


def home(page: Page) -> None:
    expect(page.get_by_role("heading", name="Overview")).to_be_visible(timeout=SOON)


def test_the_cookie_is_out_of_reach_new_at_each_sign_in_and_useless_after_signing_out(
    server: AppServer, administrator: str, open_page: OpenPage
) -> None:
    colleague(server, administrator, "R-1")
    page, thief = open_page(), open_page()
    carry(page, server.url, "planted")
    sign_in(page, server.url, "R-1")
    home(page)
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert cookie["value"] not in {"", "planted"}
    assert COOKIE not in page.evaluate("document.cookie")
    carry(thief, server.url, cookie["value"])
    thief.goto(server.url)
    home(thief)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Try six faces")).to_be_visible(timeout=SOON)
    assert token_in(page) == ""
    thief.get_by_role("link", name="Faces").first.click()
    expect(thief.get_by_role("heading", name="Please sign in")).to_be_visible(timeout=SOON)
    thief.goto(server.url)
    expect(thief.get_by_role("button", name="Try six faces")).to_be_visible(timeout=SOON)


def test_a_closed_account_loses_its_open_page_at_the_next_click(
    server: AppServer, administrator: str, open_page: OpenPage
) -> None:
    token = colleague(server, administrator, "R-2")
    person = accounts.person_behind(server.store, token)
    assert person is not None
    page = open_page(token=token)
    page.goto(server.url)
    home(page)
    accounts.set_active(server.store, administrator, person.id, False)
    page.get_by_role("link", name="Faces").first.click()
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible(timeout=SOON)
    way_in = page.get_by_role("link", name="Sign in")
    expect(way_in.locator("p")).to_have_css("text-decoration-line", "underline")


def test_a_form_on_another_site_signs_nobody_in_or_out(
    server: AppServer, administrator: str, open_page: OpenPage
) -> None:
    before = colleague(server, administrator, "R-3")
    page = open_page(token=before)
    page.goto(server.url)
    home(page)

    def elsewhere(route: Route) -> None:
        form = "<form method=post action='{0}'><input name=code value=x><input name=password value=y></form>"
        action = f"{server.url}/auth/{route.request.url.rsplit('/', 1)[1]}"
        body = f"{form.format(action)}<script>document.forms[0].submit()</script>"
        route.fulfill(content_type="text/html", body=body)

    page.route("http://elsewhere.test/*", elsewhere)
    for action in ("sign-out", "sign-in", "password", "openid", "second-factor"):
        page.goto(f"http://elsewhere.test/{action}")
        expect(page.get_by_text("This request came from another site.")).to_be_visible(timeout=SOON)
    assert token_in(page) == before
    assert accounts.person_behind(server.store, before) is not None


def test_a_link_used_twice_says_kindly_what_to_do(server: AppServer, invitation: str, open_page: OpenPage) -> None:
    first, second = open_page(), open_page()
    join(first, invitation)
    second.goto(invitation)
    expect(second.get_by_role("heading", name="This link does not work any more")).to_be_visible(timeout=SOON)
    expect(second.get_by_text("If that was you, sign in with your code and your password.")).to_be_visible()
    expect(second.get_by_role("link", name="Sign in")).to_be_visible()


def test_too_many_attempts_are_told_how_long_to_wait(
    server: AppServer, administrator: str, open_page: OpenPage
) -> None:
    colleague(server, administrator, "R-4")
    page = open_page()
    sign_in(page, server.url, "R-4", "not this password")
    expect(page.get_by_role("alert")).to_be_visible(timeout=SOON)
    for _ in range(4):
        with pytest.raises(Refusal, match="do not belong together"):
            accounts.sign_in(server.store, "R-4", "not this password")
    sign_in(page, server.url, "R-4", "not this password")
    expect(page.get_by_role("alert")).to_contain_text("please wait 1 min")


def test_one_sees_one_s_other_browsers_and_a_new_password_ends_them(
    server: AppServer, administrator: str, open_page: OpenPage
) -> None:
    colleague(server, administrator, "R-5")
    page, other = open_page(), open_page(user_agent="Mozilla/5.0 (iPhone) FxiOS/1 Mobile Safari/1")
    for one in (page, other):
        sign_in(one, server.url, "R-5")
        home(one)
    page.goto(f"{server.url}/account")
    expect(page.get_by_text("Firefox, iPhone")).to_be_visible(timeout=SOON)
    before = token_in(page)
    page.get_by_label("The password until now").fill(PASSWORD)
    page.get_by_label("The new password").fill("another sentence with hills")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("The new password is yours now.")).to_be_visible(timeout=SOON)
    assert token_in(page) != before
    assert [accounts.person_behind(server.store, one) is None for one in (token_in(other), before)] == [True, True]
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible(timeout=SOON)


def test_the_second_factor_is_set_up_and_asked_for(server: AppServer, administrator: str, open_page: OpenPage) -> None:
    colleague(server, administrator, "R-6")
    page = open_page()
    sign_in(page, server.url, "R-6")
    home(page)
    page.goto(f"{server.url}/account")
    page.get_by_text("Set it up").click()
    secret = page.get_by_text(re.compile(r"^[A-Z2-7]{32}$"))
    expect(secret).to_be_visible(timeout=SOON)
    page.get_by_label("One-time code").fill(pyotp.TOTP(secret.inner_text()).now())
    page.get_by_role("button", name="Turn on").click()
    codes = page.get_by_test_id("stCode").filter(has_text="-")  # for a moment the secret stands there too
    expect(codes).to_contain_text("-", timeout=SOON)
    recovery = re.findall(r"(?:\w{4}-){3}\w{4}", codes.inner_text())
    assert len(recovery) == 10
    page.get_by_role("button", name="I have written them down").click()
    expect(page.get_by_text("10 recovery codes are left.")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Try six faces")).to_be_visible(timeout=SOON)
    sign_in(page, server.url, "R-6")
    expect(page.get_by_role("heading", name="Your one-time code")).to_be_visible(timeout=SOON)
    assert accounts.person_behind(server.store, token_in(page)) is None
    half = token_in(page)
    page.get_by_role("textbox", name="One-time code").fill(recovery[0])
    page.get_by_role("button", name="Come in").click()
    home(page)
    assert token_in(page) != half


@pytest.mark.parametrize("viewport", first_of({"width": 360, "height": 760}, {"width": 1280, "height": 900}))
def test_the_sheet_is_printed_alone_in_the_language_of_the_patient(
    server: AppServer, clinician: str, open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport, token=clinician)
    page.goto(server.url)
    code_of_new_patient(page).fill(f"P-SHEET-{viewport['width']}")
    page.locator("[data-testid=stRadio]").get_by_text("Español").click()
    settle(page)  # a click while the page is run for the one before may meet a button that goes
    page.get_by_role("button", name="Add and make a link").click()
    page.get_by_role("button", name="Print the sheet").click()
    paper = page.frame_locator("iframe.paper")
    expect(paper.get_by_text(f"P-SHEET-{viewport['width']}")).to_be_attached(timeout=SOON)
    expect(paper.get_by_text("Tu código:", exact=True)).to_be_attached()
    assert page.evaluate("document.querySelector('iframe.paper').contentDocument.querySelector('img').naturalWidth") > 0
    assert page.evaluate("document.querySelector('iframe.paper').contentDocument.documentElement.lang") == "es"
