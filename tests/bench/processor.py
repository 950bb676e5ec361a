"""Processor time: how much of what is done for a page the server does, and how much the browser."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil

from tests.e2e.server import AppServer


@dataclass
class ProcessorShares:
    """Milliseconds of each act."""

    server: list[float] = field(default_factory=list)
    browser: list[float] = field(default_factory=list)

    @contextmanager
    def of(self, server: AppServer, acts: int = 1) -> Iterator[None]:
        """Adds what `server` and the browser take meanwhile, for each of so many acts. All pages of the browser count:
        let the others rest."""
        assert server.process is not None
        pid = server.process.pid
        before = _taken(pid)
        yield
        after = _taken(pid)
        for taken, of_server in ((self.server, True), (self.browser, False)):
            taken.append(sum(after[one] - before.get(one, 0) for one in after if one[1] is of_server) / acts)

    def __str__(self) -> str:
        server, browser = (sum(taken) / len(taken) for taken in (self.server, self.browser))
        share = 100 * server / (server + browser)
        return f"server {server:.0f} ms ({share:.0f} %), browser {browser:.0f} ms ({100 - share:.0f} %)"


def _taken(server: int) -> dict[tuple[int, bool], float]:
    """Milliseconds that each living process has taken so far, by its number and whether it is the server's."""
    found = {}
    root = psutil.Process(server)
    serving = {server, *(one.pid for one in root.children(recursive=True))}
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process.pid in serving or "chrom" in process.name():
                times = process.cpu_times()
                found[process.pid, process.pid in serving] = 1000 * (times.user + times.system)
    return found
