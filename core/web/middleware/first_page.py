"""Scripts beside Streamlit's own in its page: one says where the server is, one why nothing comes where a network lets
no WebSocket through."""

import json
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.translations import N_, languages, say

PATH = "/line.js"
_SOURCE = Path(__file__).with_name("line.js")
_SAID = N_(
    "This page cannot open on this network. Please try another one, for example mobile data. What you have answered is "
    "kept in this browser and is being sent."
)
_TAG = f'<script type="module" src="{PATH}"></script></body>'
_AT = "<head><script>window.__streamlit = { BACKEND_BASE_URL: location.origin }</script>"
"""Else Streamlit looks for its server below the page's own address first: two requests that are answered 404."""


class FirstPage:
    """Middleware. Serves the script, and names it in every whole page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == PATH:
            headers = {"Cache-Control": "no-cache"}
            await Response(script(), media_type="text/javascript", headers=headers)(scope, receive, send)
        elif "text/html" in Headers(scope=scope).get("accept", ""):
            await self._app(_unconditional(scope), receive, _Page(send))
        else:
            await self._app(scope, receive, send)


class _Page:
    """Holds a whole page back until the script is named in it."""

    def __init__(self, send: Send) -> None:
        self._send, self._body = send, b""
        self._held: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            plain = headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
            if plain and message["status"] == 200:
                self._held = message
                return
        if self._held is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = with_scripts(self._body.decode()).encode()
        headers = MutableHeaders(scope=self._held)
        headers["Content-Length"] = str(len(body))
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self._send(self._held)
        await self._send({"type": "http.response.body", "body": body})


def with_scripts(page: str) -> str:
    """Streamlit's page with ours in it."""
    return page.replace("<head>", _AT, 1).replace("</body>", _TAG, 1)


def _unconditional(scope: Scope) -> Scope:
    """Without what would be answered by a part of a page, or by none."""
    unasked = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in unasked]}


@cache
def script() -> str:
    """With its sentence in every language."""
    said = {language: say(language, _SAID) for language in languages()}
    source = _SOURCE.read_text(encoding="utf-8")
    return source.replace("const SAID = {};", f"const SAID = {json.dumps(said, ensure_ascii=False)};")
