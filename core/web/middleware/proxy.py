"""Trusted proxies: their forwarded headers are believed, those of anybody else are taken away.

Whether a request came from this machine itself is told by its socket, before any header is believed.
"""

import re
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit

from starlette.datastructures import Headers
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
_BY_PROXIES = {*_SAID_BY_PROXIES, b"via"} - {REQUEST_ID}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HERE = "lexithymia.here"
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
            scope[_HERE] = _loopback(peer) and not any(_passed_on(name) for name, _ in scope["headers"])
            trusted = peer in self._through.trusted_hosts
            scope["headers"] = [(n, v) for n, v in scope["headers"] if n not in _SAID_BY_PROXIES or trusted]
        await cast(ASGIApp, self._through)(scope, receive, send)


def from_here(scope: Scope) -> bool:
    """Whether a program on this machine sent the request to it by its own name, and no proxy passed it on.

    The socket says so; a header can only say that it is not so. (A page of another site that had its name resolved to
    this machine sends that name as Host.)
    """
    return bool(scope.get(_HERE)) and urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname in _LOOPBACK


def _passed_on(header: bytes) -> bool:
    return header in _BY_PROXIES or header.startswith(b"x-forwarded-")


def _loopback(peer: str) -> bool:
    try:
        return ip_address(peer.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False


def number_of(scope: Scope) -> str:
    """The request's number as a proxy of ours gave it; empty if it gave none that can be one."""
    number = next((value for name, value in scope["headers"] if name == REQUEST_ID), b"")
    return number.decode() if _NUMBER.fullmatch(number) else ""
