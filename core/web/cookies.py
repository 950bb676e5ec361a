"""The cookies of this server: out of reach of scripts and other sites, and over https only where the page was.

Whether a page came over https is known from the Origin that its browser names: no proxy has to be believed for that.
Over https the sign-in's cookie has the prefix __Host-, so that no other server of the domain can plant one.
"""

import re
import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "lexithymia"
BROWSER_COOKIE = "lexithymia_browser"
LANGUAGE_COOKIE = "lexithymia_language"
DAY = 24 * 60 * 60
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)


def sign_in_cookie(headers: Mapping[str, str]) -> str:
    """The name of the sign-in's cookie for the page that sent these headers with a form or a WebSocket."""
    return _name(COOKIE, headers)


def browser_cookie(headers: Mapping[str, str]) -> str:
    """The name of the cookie by which a browser is known again at which somebody signed in."""
    return _name(BROWSER_COOKIE, headers)


def browser_of(request: Request) -> str:
    """The secret of this browser, the same for the whole request: from its cookie, or a new one to keep there."""
    found = request.cookies.get(browser_cookie(request.headers), "")
    secret = found if _SECRET.fullmatch(found) else secrets.token_urlsafe(32)
    return str(request.scope.setdefault("lexithymia.browser", secret))


def token_of(request: Request) -> str:
    """The sign-in that came with a form; empty if there is none."""
    return request.cookies.get(sign_in_cookie(request.headers), "")


def token_of_link(request: Request) -> str:
    """The sign-in that came with a link, for which browsers name no Origin; empty if there is none."""
    return request.cookies.get(f"__Host-{COOKIE}") or request.cookies.get(COOKIE, "")


def keep(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    secure = _https(request.headers)
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="strict", secure=secure)


def take_back(response: Response, request: Request, name: str) -> None:
    response.delete_cookie(name, httponly=True, samesite="strict", secure=_https(request.headers))


def _name(name: str, headers: Mapping[str, str]) -> str:
    return f"__Host-{name}" if _https(headers) else name


def _https(headers: Mapping[str, str]) -> bool:
    origin = next((value for name, value in headers.items() if name.lower() == "origin"), "")
    return origin.startswith("https://")
