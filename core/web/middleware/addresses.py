"""Addresses: what the product does not use of Streamlit's own does not answer, and an unknown page is a 404."""

import re
from collections.abc import Collection

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = {"GET", "HEAD"}
_ASSETS = re.compile(r"/(static|media|component)/.+|/_stcore/(bidi-components/.+|health|host-config)")
_ROOT_FILES = {"/favicon.png", "/manifest.json"}
_OPENID = {"/auth/login", "/auth/logout", "/oauth2callback"}
_SOCKET = "/_stcore/stream"


class KnownAddresses:
    """Middleware. `pages`: addresses of our pages, which Streamlit's one page answers; `ours`: patterns of our own
    routes; `openid`: whether Streamlit's routes for a provider are used.

    A browser that asks for an unknown page gets the app, which says so, with the status 404; everything else gets a
    bare 404, uploads to Streamlit's own store, its metrics and its agents' interface among it.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str], ours: Collection[re.Pattern[str]], openid: bool) -> None:
        self._app, self._ours = app, ours
        self._pages = {"/", *(f"/{page}" for page in pages)}
        self._files = _ROOT_FILES | (_OPENID if openid else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"] != _SOCKET:
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http" or self._known(scope):
            await self._app(scope, receive, send)
        elif scope["method"] in _READING and _wants_a_page(scope):
            await self._app({**scope, "path": "/", "raw_path": b"/"}, receive, _not_found(send))
        else:
            await PlainTextResponse("Not Found\n", 404)(scope, receive, send)

    def _known(self, scope: Scope) -> bool:
        path = scope["path"]
        if any(pattern.fullmatch(path) for pattern in self._ours):
            return True
        return scope["method"] in _READING and (
            (path.rstrip("/") or "/") in self._pages or path in self._files or _ASSETS.fullmatch(path) is not None
        )


def _wants_a_page(scope: Scope) -> bool:
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return b"text/html" in accepted


def _not_found(send: Send) -> Send:
    async def say(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "status": 404}
        await send(message)

    return say
