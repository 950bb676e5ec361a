"""HTTP as uvicorn speaks it, with a limit to how long the headers of a request take. (uvicorn limits their length.)"""

from asyncio import TimerHandle, Transport
from typing import Any

from h11 import IDLE
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN = 10.0
"""Seconds from the connection, or from a further request's first byte, to the end of the headers."""


class BoundedHttp(H11Protocol):
    """Closes the connection of who is slower."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._due: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not IDLE:
            self._stop_waiting()
        elif self._due is None:
            self._await_headers()

    def _await_headers(self) -> None:
        self._due = self.loop.call_later(HEADERS_WITHIN, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
