"""The look at a page notices what it is there for."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import SOON
from tests.e2e.look import axe_findings, too_wide, unnamed
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage

PUT = """([style, place]) => document.querySelector(place).append(
  Object.assign(document.createElement("div"), { style, textContent: "faint" })
)"""
MAIN = "[data-testid=stMainBlockContainer]"


@pytest.mark.parametrize(
    ("style", "notices"),
    [
        ("width: 900px", "stMain"),
        ("inline-size: 100px; overflow-x: auto; white-space: nowrap; letter-spacing: 90px", "DIV"),
    ],
)
def test_what_is_made_too_wide_is_noticed(server: AppServer, open_page: OpenPage, style: str, notices: str) -> None:
    page = open_page(PHONE)
    page.goto(f"{server.url}/about")
    expect(page.locator("h1")).to_be_visible(timeout=SOON)
    assert too_wide(page) == []
    page.evaluate(PUT, [style, MAIN])
    assert [one for one in too_wide(page) if one.startswith(notices)] != []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "what scrolls is not the document"


def test_what_can_hardly_be_read_is_noticed(server: AppServer, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{server.url}/about")
    expect(page.locator("h1")).to_be_visible(timeout=SOON)
    assert axe_findings(page) == []
    page.evaluate(PUT, ["color: #eee; background: #fff", MAIN])
    assert [wrong.split(" ")[0] for wrong in axe_findings(page)] == ["color-contrast"]


def test_what_is_only_untidy_is_noticed(server: AppServer, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{server.url}/about")
    expect(page.locator("h1")).to_be_visible(timeout=SOON)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p>Outside of all landmarks</p>')")
    page.evaluate(f"document.querySelector('{MAIN}').insertAdjacentHTML('beforeend', '<h5>Too deep</h5>')")
    assert {wrong.split(" ")[0] for wrong in axe_findings(page)} == {"heading-order", "region"}


def test_a_picture_without_words_is_noticed(server: AppServer, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{server.url}/about")
    expect(page.locator("h1")).to_be_visible(timeout=SOON)
    assert unnamed(page) == []
    drawn = "([html, place]) => document.querySelector(place).insertAdjacentHTML('beforeend', html)"
    page.evaluate(
        drawn, ["<canvas width=80 height=80></canvas><div class='js-plotly-plot' style='height: 80px'></div>", MAIN]
    )
    assert [one.split(".")[0] for one in unnamed(page)] == ["CANVAS", "DIV"]
    page.evaluate(drawn, ["<figure role=img aria-label='A face'><svg width=80 height=80></svg></figure>", MAIN])
    assert len(unnamed(page)) == 2
