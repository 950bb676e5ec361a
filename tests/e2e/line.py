"""A line for any browser: a port that passes bytes on to a server, slowly where it may, and not while it is cut."""

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

DELAY = 0.2
"""Seconds each way of a slow line."""
SPEED = 50_000
"""Bytes a second each way: 400 kbit/s, for each connection."""
_PIECE = 4096


class Line:
    """A line to the server at an address; `url` is its own. `delay` in seconds each way, `speed` in bytes a second."""

    def __init__(self, url: str, delay: float = 0.0, speed: float = float("inf")) -> None:
        place = urlsplit(url)
        self._host, self._port = place.hostname or "", place.port
        self._delay, self._speed = delay, speed
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()
        self._ends: set[asyncio.StreamWriter] = set()
        self._own_port = 0
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._do(self._listen())
        self.url = f"{place.scheme}://{self._host}:{self._own_port}"

    def cut(self, *, silent: bool) -> None:
        """Nothing passes from now on: `silent` as in a tunnel, else every connection breaks and none is accepted."""
        self._do(self._cut(silent))

    def mend(self) -> None:
        """What was on its way when the line was cut silently arrives."""
        self._do(self._listen())

    def close(self) -> None:
        self._do(self._cut(silent=False))
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self._own_port)
            self._own_port = self._server.sockets[0].getsockname()[1]
        self._open.set()

    async def _cut(self, silent: bool) -> None:
        self._open.clear()
        if not silent and self._server is not None:
            self._server.close()
            self._server = None
            for end in self._ends:
                end.transport.abort()
            self._ends.clear()

    async def _end(self) -> None:
        passing = asyncio.all_tasks() - {asyncio.current_task()}
        for task in passing:
            task.cancel()
        if passing:
            await asyncio.wait(passing)

    async def _pass_on(self, from_browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        self._ends.add(to_browser)
        with suppress(OSError, asyncio.CancelledError):
            await self._open.wait()
            from_server, to_server = await asyncio.open_connection(self._host, self._port)
            self._ends.add(to_server)
            await asyncio.gather(self._carry(from_browser, to_server), self._carry(from_server, to_browser))
            self._ends -= {to_browser, to_server}

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Each piece leaves `delay` after it came, and the line is busy with it for its length over `speed`."""
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def read() -> None:
            free = 0.0
            while piece := await source.read(_PIECE):
                free = max(free, self._loop.time()) + len(piece) / self._speed
                await pieces.put((free + self._delay, piece))
            await pieces.put((self._loop.time() + self._delay, b""))

        async def write() -> None:
            while True:
                due, piece = await pieces.get()
                await asyncio.sleep(due - self._loop.time())
                await self._open.wait()
                if not piece:
                    return
                target.write(piece)
                await target.drain()

        try:
            with suppress(ConnectionError):
                await asyncio.gather(read(), write())
        finally:
            target.close()
