"""Security headers and content security policy, on every response."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from core.web.middleware.first_page import with_scripts
from core.web.violations import REPORTS

_COMPONENTS = ("/component/", "/_stcore/bidi-components/")
_YEAR = 365 * 24 * 60 * 60
_FEATURES = ("microphone", "geolocation", "display-capture", "payment", "usb", "serial", "hid", "midi")
_PARTS = ("/runs/", "/check-ins/", "/questionnaires/", "/scripts/")
"""What pages fetch, many times a minute, and what is never a page itself."""
_OF_A_PART = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OF_A_PAGE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # "no-referrer" would take the origin from our own forms
    "Permissions-Policy": ", ".join(["camera=(self)", *(f"{feature}=()" for feature in _FEATURES)]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Middleware. A component's frame may stand in our own pages, everything else in no page at all. What a page only
    fetches gets few headers: they are longer than the answers of the player."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        with open(f"{file_util.get_static_dir()}/index.html", encoding="utf-8") as page:  # noqa: PTH123
            hashes = inline_scripts(with_scripts(page.read()))
        self._bare, self._framed = policy(hashes, "'none'"), policy(hashes, "'self'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._of(scope["path"]).items():
                    headers[name] = value
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
            await send(message)

        await self._app(scope, receive, with_headers)

    def _of(self, path: str) -> dict[str, str]:
        if path.startswith(_PARTS):
            return _OF_A_PART
        allowed = self._framed if path.startswith(_COMPONENTS) else self._bare
        return {"Content-Security-Policy": allowed, **_OF_A_PAGE}


def inline_scripts(page: str) -> list[str]:
    """What a policy must name so that the scripts written into `page` run: 'sha256-…' of each."""
    sources = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page, flags=re.DOTALL)
    digests = (hashlib.sha256(source.encode()).digest() for source in sources)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def policy(scripts: list[str], framed_by: str) -> str:
    """Content security policy: everything from this server; `blob:` scripts are how Streamlit loads components, and its
    table unpacks with WebAssembly. What is kept away is told to `core.web.violations`."""
    allowed = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", "blob:", *scripts]),
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": framed_by,
        "report-uri": REPORTS,
    }
    return "; ".join(f"{what} {where}" for what, where in allowed.items())
