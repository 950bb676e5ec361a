"""From the start of a server to the first paint of its first page, and the memory it then holds."""

import sys
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from tests.e2e.server import Server


class EmptyServer(Server):
    """An empty Streamlit app (or another `script` beside this file), started as the product is."""

    def __init__(self, local: Path, script: str = "empty.py") -> None:
        super().__init__(local)
        self.script = script

    @property
    def command(self) -> list[str]:
        script = str(Path(__file__).with_name(self.script))
        return [sys.executable, "-m", "streamlit", "run", script, f"--server.port={self.port}"]


def first_paint(server: Server, browser: Browser, text: str) -> float:
    """Seconds from starting `server` until `text` is on its first page; the server goes on running."""
    page = browser.new_page()
    began = time.perf_counter()
    server.start()
    page.goto(server.url)
    page.get_by_text(text).first.wait_for(timeout=60_000)
    took = time.perf_counter() - began
    page.close()
    return took


def memory(server: Server) -> float:
    """Resident memory of the server and its children in MiB."""
    assert server.process is not None
    root = psutil.Process(server.process.pid)
    return float(sum(p.memory_info().rss for p in (root, *root.children(recursive=True)))) / 2**20
