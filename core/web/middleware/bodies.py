"""Bodies of requests have to arrive: a sender who trickles is cut off, on every route."""

import asyncio
from time import monotonic

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.translations import N_, say_in_each

PATIENCE = 15.0
"""Seconds that a body may take besides what its length explains."""
SLOWEST = 10_000
"""Bytes a second of the slowest line that is waited for."""
_GONE: Message = {"type": "http.disconnect"}
_LATE = N_("This took too long to arrive. Please try again, on a better line if you can.")


class SlowBodies:
    """Middleware: 408 for a body that takes longer than PATIENCE and its length at SLOWEST."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        began, received, ended, late, answered = monotonic(), 0, False, False, False

        async def hear() -> Message:
            nonlocal received, ended, late
            if late:
                return _GONE
            if ended:  # what comes now is the news that the browser has gone
                return await receive()
            left = began + PATIENCE + received / SLOWEST - monotonic()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, left))
            except TimeoutError:
                late = True
                return _GONE
            received += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            return message

        async def say(message: Message) -> None:
            nonlocal answered
            if late and not answered:  # whatever the route makes of it
                return
            answered = True
            await send(message)

        try:
            await self._app(scope, hear, say)
        except Exception:
            if not late:
                raise
        if late and not answered:
            refusal = PlainTextResponse(f"{say_in_each(_LATE)}\n", 408, headers={"Connection": "close"})
            await refusal(scope, receive, send)


async def whole_body(request: Request, most: int) -> bytes | None:
    """The body, in memory; None as soon as it is known to be longer than `most` bytes."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
