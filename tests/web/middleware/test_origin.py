"""What another site starts in a person's browser does not get in."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from core.web.middleware.origin import SameOrigin

Message = MutableMapping[str, Any]


def _answers(kind: str, scheme: str = "http", **headers: str) -> list[Message]:
    """What a request of `kind` with `headers` gets from an app that lets everything in."""
    sent: list[Message] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "in"})

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": "POST", "path": "/", "scheme": scheme, "headers": raw}
    asyncio.run(SameOrigin(inner)(scope, receive, send))
    return sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_our_own_pages_get_in(kind: str) -> None:
    sent = _answers(kind, host="clinic.example:8501", origin="https://clinic.example:8501")
    assert sent == [{"type": "in"}]


def test_a_foreign_websocket_is_closed_before_streamlit_hears_of_it() -> None:
    sent = _answers("websocket", host="clinic.example", origin="https://elsewhere.example")
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_program_that_is_no_browser_may_open_a_websocket() -> None:
    assert _answers("websocket", host="clinic.example") == [{"type": "in"}]


@pytest.mark.parametrize("origin", [{}, {"origin": "null"}, {"origin": "https://clinic.example.evil"}])
def test_a_writing_request_must_say_that_it_comes_from_here(origin: dict[str, str]) -> None:
    start, body = _answers("http", host="clinic.example", **origin)
    assert start["status"] == 403
    assert {"This request came from another site.", "Esta solicitud vino de otro sitio."} <= {
        f"{line.split('.')[0]}." for line in body["body"].decode().splitlines()
    }


@pytest.mark.parametrize(("kind", "scheme"), [("http", "https"), ("websocket", "wss")])
def test_a_page_that_came_in_the_clear_gets_nothing_from_a_server_behind_tls(kind: str, scheme: str) -> None:
    assert _answers(kind, scheme, host="clinic.example", origin="https://clinic.example") == [{"type": "in"}]
    assert _answers(kind, scheme, host="clinic.example", origin="http://clinic.example") != [{"type": "in"}]


def test_a_websocket_with_a_cookie_says_where_it_comes_from() -> None:
    sent = _answers("websocket", host="clinic.example", cookie="lexithymia=secret")
    assert sent == [{"type": "websocket.close", "code": 1008}]
