"""What a page looks like on paper."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import SOON
from tests.e2e.demonstration import come_in
from tests.e2e.look import settle
from tests.e2e.people import id_of
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage, carry
from tests.support import new_patient

ON_SCREEN_ONLY = ("stButton", "stPageLink", "stHeader", "stToolbar")


A4 = (595, 842)
"""Points."""
CODE = re.compile(r"P-0\d\d")


def printed(page: Page) -> tuple[list[tuple[int, int]], list[str]]:
    """Sizes and text of the pages on paper."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sizes = [tuple(round(side) for side in one.get_size()) for one in document]
    said = [one.get_textpage().get_text_bounded() for one in document]
    document.close()
    return sizes, said


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


def test_my_patients_are_a_table_across_the_paper_without_buttons(
    demonstration: AppServer, open_page: OpenPage
) -> None:
    page = open_page({"width": 1280, "height": 800})
    come_in(page, demonstration, "Dr. Vega")
    expect(page.locator(".caseload tbody tr").first).to_be_visible(timeout=SOON)
    settle(page)
    codes = page.locator(".caseload tbody th a").all_inner_texts()
    sizes, said = printed(page)
    assert {(wide - A4[1], high - A4[0]) for wide, high in sizes} == {(0, 0)}
    whole = "\n".join(said)
    assert [one for one in CODE.findall(whole) if one in codes] == codes
    for word in ("Change\n", "Add a patient", "Search for a code"):
        assert word not in whole
    rows = [line for line in whole.splitlines() if CODE.match(line)]
    assert all(re.search("yet|training|tell|finished|begun|room|gain|dose", row) for row in rows), "in one line each"


@pytest.mark.slow
def test_a_patient_is_two_pages_with_the_chart_whole_below_its_heading(
    demonstration: AppServer, open_page: OpenPage
) -> None:
    page = open_page({"width": 1440, "height": 900})
    come_in(page, demonstration, "Dr. Vega")
    page.goto(f"{demonstration.url}/patient?patient={id_of(demonstration.store, 'P-003')}")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=SOON)
    settle(page)
    sizes, (first, *more) = printed(page)
    assert len(sizes) == 2
    assert {(wide - A4[0], high - A4[1]) for wide, high in sizes} == {(0, 0)}
    for word in ("Checks over time", "Named as meant (%)", "Without looking", "In figures"):
        assert word in first
    matrix = next(page for page in (first, *more) if "What is taken for what" in page)
    assert "Shown" in matrix
    assert "Notes" in more[0]
    for word in ("Start here", "Own words", "For a patient in the room"):
        assert word not in first + more[0]
