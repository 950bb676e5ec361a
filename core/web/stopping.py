"""Graceful shutdown: a server that is told to stop says so first, then lets what was begun come to its end."""

import asyncio
import signal
import threading
import time
from types import FrameType

STOP_WITHIN = 10
"""Seconds that requests, runs of scripts and their commits have to end."""
stopping = threading.Event()
SCRIPT_THREAD = "ScriptRunner.scriptThread"
"""Streamlit's name for a thread that runs a page's script."""


def announce_stop(drain: float) -> None:
    """From now on SIGTERM makes /healthz say "stopping" for `drain` seconds, so that a proxy sends nobody here any
    more; then the server stops as it would have at once. A second SIGTERM does not wait.

    To be called in the event loop of a running server, in the main thread.
    """
    loop = asyncio.get_running_loop()
    stop = signal.getsignal(signal.SIGTERM)
    if not callable(stop):
        return

    def heard(number: int, frame: FrameType | None) -> None:
        if stopping.is_set() or drain == 0:
            stopping.set()
            stop(number, frame)
            return
        stopping.set()
        loop.call_soon_threadsafe(loop.call_later, drain, stop, number, frame)

    signal.signal(signal.SIGTERM, heard)


def finish_scripts(within: float = STOP_WITHIN) -> bool:
    """Wait until the runs of pages' scripts have ended, and with them their commits. False: some would not."""
    deadline = time.monotonic() + within
    running = [thread for thread in threading.enumerate() if thread.name == SCRIPT_THREAD]
    for thread in running:
        thread.join(max(0.0, deadline - time.monotonic()))
    return not any(thread.is_alive() for thread in running)
