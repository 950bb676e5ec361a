"""Who trickles headers or a body is cut off on every route, and holds up nobody."""

import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from core.web.http_protocol import HEADERS_WITHIN
from core.web.middleware.bodies import PATIENCE
from tests.e2e.server import AppServer

FORM = "application/x-www-form-urlencoded"
HEADERS = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
    f"Content-Length: 900\r\nContent-Type: {FORM}\r\n\r\n"
)
Begun = TypeVar("Begun", bytes, str)
PATHS = ("sign-in", "set-up", "join", "password", "second-factor", "language")


def trickle(server: AppServer, begun: bytes, more: bytes) -> tuple[float, bytes]:
    """Send `begun`, then `more` every half second until the server has enough: after how many seconds, its answer."""
    began = time.monotonic()
    with socket.create_connection(("localhost", server.port), timeout=0.5) as line:
        line.sendall(begun)
        while time.monotonic() - began < 60:
            try:
                answer = line.recv(4096)
                return time.monotonic() - began, answer
            except TimeoutError:
                line.sendall(more)
            except ConnectionError:
                return time.monotonic() - began, b""
    raise AssertionError("it was waited for for a minute")


def at_once(attack: Callable[[Begun], tuple[float, bytes]], all_of: Sequence[Begun]) -> list[tuple[float, bytes]]:
    with ThreadPoolExecutor(len(all_of)) as threads:
        return list(threads.map(attack, all_of))


@pytest.mark.slow
def test_headers_have_to_come(server: AppServer) -> None:
    def attack(begun: bytes) -> tuple[float, bytes]:
        return trickle(server, begun, b"a" if begun else b"")

    for took, answer in at_once(attack, (b"", b"GET / HTTP/1.1\r\nX-A: ")):
        assert HEADERS_WITHIN - 1 < took < HEADERS_WITHIN + 5
        assert answer == b""


@pytest.mark.slow
def test_bodies_have_to_come_on_every_route_that_takes_one(server: AppServer) -> None:
    def attack(path: str) -> tuple[float, bytes]:
        begun = HEADERS.format(path=f"/auth/{path}", host=f"localhost:{server.port}").encode()
        return trickle(server, begun, b"a")

    said = at_once(attack, PATHS)
    assert [answer[:12] for _, answer in said] == [b"HTTP/1.1 408"] * len(PATHS)
    assert max(took for took, _ in said) < PATIENCE + 5
