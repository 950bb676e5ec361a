"""From the start of a server to the first paint of its first page, and the memory it then holds."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from core.config import ROOT
from tests.e2e.server import AppServer


class EmptyServer(AppServer):
    """An empty Streamlit app (or another `script` beside this file), started as the product is."""

    def __init__(self, local: Path, script: str = "empty.py") -> None:
        super().__init__(local)
        self.script = script

    @property
    def command(self) -> list[str]:
        script = str(Path(__file__).with_name(self.script))
        return [sys.executable, "-m", "streamlit", "run", script, f"--server.port={self.port}"]


def first_paint(server: AppServer, browser: Browser, text: str) -> float:
    """Seconds from starting `server` until `text` is on its first page; the server goes on running."""
    page = browser.new_page()
    began = time.perf_counter()
    server.start()
    page.goto(server.url)
    page.get_by_text(text).first.wait_for(timeout=60_000)
    took = time.perf_counter() - began
    page.close()
    return took


def demonstration_ready(browser: Browser, local: Path) -> float:
    """Seconds that `make demo` takes on a machine where everything is installed: the demonstration made, its server
    started, its first page painted."""
    local.mkdir()
    database = local / "demo.db"
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "core", "demo", "--out", str(database)], cwd=ROOT, check=True, capture_output=True
    )
    made = time.perf_counter() - began
    server = AppServer(local, environment={"DATABASE_URL": f"sqlite:///{database}"})
    painted = first_paint(server, browser, "Try six faces")
    server.stop()
    return made + painted


def memory(server: AppServer) -> float:
    """Resident memory of the server and its children in MiB."""
    assert server.process is not None
    root = psutil.Process(server.process.pid)
    return float(sum(p.memory_info().rss for p in (root, *root.children(recursive=True)))) / 2**20
