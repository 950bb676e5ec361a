"""Trusted proxies: their forwarded headers are believed, those of anybody else are taken away."""

import re
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

REQUEST_ID = b"x-request-id"
_SAID_BY_PROXIES = {
    REQUEST_ID,
    b"forwarded",
    b"x-forwarded-for",
    b"x-forwarded-proto",
    b"x-forwarded-host",
    b"x-real-ip",
}
_NUMBER = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class TrustedProxy:
    """Middleware: `trusted` names addresses and networks by commas ("10.0.0.0/8, 127.0.0.1").

    Of a trusted peer X-Forwarded-For becomes the request's client, X-Forwarded-Proto its scheme, and X-Request-ID
    its number.
    """

    def __init__(self, app: ASGIApp, trusted: str) -> None:
        self._through = ProxyHeadersMiddleware(app, trusted)  # type: ignore[arg-type]  # uvicorn types ASGI stricter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            peer = scope["client"][0] if scope.get("client") else ""
            trusted = peer in self._through.trusted_hosts
            scope["headers"] = [(n, v) for n, v in scope["headers"] if n not in _SAID_BY_PROXIES or trusted]
        await cast(ASGIApp, self._through)(scope, receive, send)


def number_of(scope: Scope) -> str:
    """The request's number as a proxy of ours gave it; empty if it gave none that can be one."""
    number = next((value for name, value in scope["headers"] if name == REQUEST_ID), b"")
    return number.decode() if _NUMBER.fullmatch(number) else ""
