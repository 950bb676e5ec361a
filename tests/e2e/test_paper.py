"""What a page looks like on paper."""

from playwright.sync_api import Page, expect

from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage, carry
from tests.support import new_patient

ON_SCREEN_ONLY = ("stButton", "stPageLink", "stHeader", "stToolbar")


def style(page: Page, where: str, name: str) -> str:
    return str(page.locator(where).first.evaluate("(part, name) => getComputedStyle(part)[name]", name))


def test_a_page_is_printed_whole_without_its_buttons_and_no_row_or_heading_is_torn(
    server: AppServer, clinician: str, code: str, open_page: OpenPage
) -> None:
    page = open_page(PHONE)
    carry(page, server.url, new_patient(server.store, clinician, code))
    page.goto(f"{server.url}/my-data")
    expect(page.get_by_role("heading", name="Deletion")).to_be_visible(timeout=SOON)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollHeight") > PHONE["height"], "not only what the window shows"
    for part in ON_SCREEN_ONLY:
        for one in page.get_by_test_id(part).all():
            expect(one).not_to_be_visible()
    expect(page.locator(".page-foot")).not_to_be_visible()
    expect(page.locator(".menu")).not_to_be_visible()
    assert style(page, "h2", "breakAfter") == "avoid"
