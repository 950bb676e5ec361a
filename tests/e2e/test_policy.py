"""What is not ours does not run in a page. That nothing of ours is kept away is seen in test_every_page.py."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import SOON
from tests.e2e.look import settle
from tests.e2e.policy import kept_away
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage


@pytest.mark.parametrize("path", ["", "about", "try", "sign-in"])
def test_a_console_is_clean_so_that_a_violation_is_seen(server: AppServer, open_page: OpenPage, path: str) -> None:
    page = open_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(f"{server.url}/{path}")
    expect(page.locator("h1, .trial .answers").first).to_be_visible(timeout=SOON)
    settle(page)
    assert said == []


def test_what_is_not_ours_does_not_run_and_is_noticed(server: AppServer, open_page: OpenPage) -> None:
    page = open_page()
    noticed = kept_away(page)
    page.goto(server.url)
    expect(page.locator("h1").first).to_be_visible(timeout=SOON)
    assert noticed == []
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.bad = 1'}))"
    )
    page.wait_for_timeout(300)
    assert noticed != []
    assert page.evaluate("window.bad") is None
