"""The windows that browser tests open, and the fixtures that give them, by type."""

from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urljoin

from playwright.sync_api import APIResponse, Page

from core.web.cookies import COOKIE
from tests.e2e.server import AppServer

PHONE = {"width": 390, "height": 844}
COMPUTER = {"width": 1440, "height": 900}

STILL = """
  const still = new CSSStyleSheet();
  still.replaceSync(`
    *, *::before, *::after { animation-duration: 1ms !important; animation-iteration-count: 1 !important }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
"""
"""Run in a page: nothing turns for ever. Without a graphics card each frame of a sign that the server is at work takes
as much of the processor as the work."""

StartServer = Callable[..., AppServer]
"""Starts a server on a database of its own; takes what AppServer takes."""


class OpenPage(Protocol):
    """Opens a window of its own, signed in with `token` at the server `at` (this worker's unless another is named)."""

    def __call__(
        self,
        viewport: dict[str, int] = ...,
        locale: str = ...,
        token: str = ...,
        at: AppServer | None = ...,
        **more: Any,
    ) -> Page: ...


def carry(page: Page, url: str, token: str) -> None:
    """Put the cookie of the sign-in `token` into the page's browser."""
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": url}])


def token_in(page: Page) -> str:
    """The sign-in that the page's browser holds; empty if there is none."""
    return next((one["value"] for one in page.context.cookies() if one["name"] == COOKIE), "")


def fetched(page: Page, label: str) -> APIResponse:
    """What the page's browser gets at the link called `label`, with its cookies."""
    address = page.get_by_role("link", name=label).get_attribute("href")
    return page.context.request.get(urljoin(page.url, address))
