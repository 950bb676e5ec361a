"""A slow line for any browser: a port that passes bytes on to a server after a delay and no faster than it may."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue
from urllib.parse import urlsplit

DELAY = 0.2
"""Seconds each way."""
SPEED = 50_000
"""Bytes a second each way: 400 kbit/s, for each connection."""
_PIECE = 4096


@contextmanager
def slow_line(url: str) -> Iterator[str]:
    """The address at which the server at `url` answers over a slow line."""
    place = urlsplit(url)
    ports: Queue[int] = Queue()
    stop = asyncio.Event()
    loops: Queue[asyncio.AbstractEventLoop] = Queue()

    async def pass_on(from_browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(place.hostname, place.port)
        await asyncio.gather(_carry(from_browser, to_server), _carry(from_server, to_browser))

    async def serve() -> None:
        server = await asyncio.start_server(pass_on, "localhost", 0)
        loops.put(asyncio.get_running_loop())
        ports.put(server.sockets[0].getsockname()[1])
        await stop.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    try:
        yield f"{place.scheme}://{place.hostname}:{ports.get(timeout=10)}"
    finally:
        loops.get().call_soon_threadsafe(stop.set)
        thread.join(10)


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Each piece leaves DELAY after it came, and the line is busy with it for its length over SPEED."""
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def read() -> None:
        free = 0.0
        while piece := await source.read(_PIECE):
            free = max(free, loop.time()) + len(piece) / SPEED
            await pieces.put((free + DELAY, piece))
        await pieces.put((loop.time() + DELAY, b""))

    async def write() -> None:
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(due - loop.time())
            if not piece:
                return
            target.write(piece)
            await target.drain()

    try:
        with suppress(ConnectionError):
            await asyncio.gather(read(), write())
    finally:
        target.close()
