"""WebSockets: how many there may be, and what may come through them.

A WebSocket becomes a session of Streamlit's, with a thread and four descriptors, when it says its first word; one that
says nothing is closed after seconds. Sessions whose browser is gone are freed in time, whether or not somebody comes.
"""

import asyncio
from collections import Counter
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.runtime import Runtime

from core.web.visit import counted_address

FIRST_WORD_WITHIN = 10.0
"""Seconds; a page of ours speaks as soon as it is connected."""
MESSAGES_AT_ONCE = 200
MESSAGES_A_SECOND = 50
"""What comes faster has to wait. Ten keys a second are ten messages."""
SWEPT_EVERY = 30.0  # seconds
_TRY_AGAIN_LATER = 1013
_POLICY = 1008


class Sockets:
    """Middleware: at most `most` open WebSockets, `most_of_one` of them from one address."""

    def __init__(self, app: ASGIApp, most: int, most_of_one: int) -> None:
        self._app, self._most, self._most_of_one = app, most, most_of_one
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        address = counted_address(scope["client"][0] if scope.get("client") else "")
        if self._open.total() >= self._most or self._open[address] >= self._most_of_one:
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self._open[address] += 1
        try:
            await self._speak(scope, receive, send)
        finally:
            self._open[address] -= 1
            self._open += Counter()  # drops who has none left

    async def _speak(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Accept in the app's place, and let the app hear of it with the first word."""
        connected = await receive()
        await send({"type": "websocket.accept", "subprotocol": next(iter(scope.get("subprotocols") or []), None)})
        try:
            first = await asyncio.wait_for(receive(), FIRST_WORD_WITHIN)
        except TimeoutError:
            await send({"type": "websocket.close", "code": _POLICY})
            return
        if first["type"] != "websocket.receive":
            return
        earlier = [first, connected]
        pace = _Pace()

        async def hear() -> Message:
            if earlier:
                return earlier.pop()
            message = await receive()
            await pace.wait()
            return message

        async def say(message: Message) -> None:
            if message["type"] != "websocket.accept":
                await send(message)

        await self._app(scope, hear, say)


class _Pace:
    """A token bucket: what comes too fast waits, and so does its sender, whose line is not read meanwhile."""

    def __init__(self) -> None:
        self._left, self._at = float(MESSAGES_AT_ONCE), monotonic()

    async def wait(self) -> None:
        at = monotonic()
        self._left = min(MESSAGES_AT_ONCE, self._left + (at - self._at) * MESSAGES_A_SECOND) - 1
        self._at = at
        if self._left < 0:
            await asyncio.sleep(-self._left / MESSAGES_A_SECOND)


async def free_the_gone() -> None:
    """Free the sessions whose browser is gone for longer than it may take to come back, for ever."""
    while True:
        await asyncio.sleep(SWEPT_EVERY)
        if runtime.exists():
            sweep(runtime.get_instance())


def sweep(here: Runtime) -> None:
    """Streamlit's store of sessions ends what is too old only when somebody adds to it or counts."""
    storage = here._session_mgr._session_storage  # type: ignore[attr-defined]
    storage._cache.expire()
