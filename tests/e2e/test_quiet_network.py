"""Nobody outside hears of a person: neither the server nor the page contacts anything but this machine."""

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

from core.services.accounts import accounts
from tests.e2e.acting import PASSWORD, SOON, answer_by_key, join
from tests.e2e.conftest import OpenPage
from tests.e2e.server import AppServer

HERE = {"localhost", "127.0.0.1", "::1", "None", "0.0.0.0", "::"}
WATCHED = Path(__file__).parent / "watched"


def hosts_contacted(log: Path) -> set[str]:
    """The hosts that a watched server connected to or looked up; files of sockets are not hosts."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    targets = [line.split(" ", 1)[1] for line in lines if line.startswith("socket.")]
    return {re.sub(r"""^\(?b?['"]?([^'",)]*).*""", r"\1", target) for target in targets if "/" not in target}


def test_a_whole_visit_stays_on_this_machine(
    prepared: Path, tmp_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "sockets.log"
    monkeypatch.setenv("PYTHONPATH", str(WATCHED))
    monkeypatch.setenv("WATCHED_LOG", str(log))
    shutil.copy(prepared, tmp_path / "lexithymia.db")
    with AppServer(tmp_path) as server:
        page = open_page()
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.on("websocket", lambda socket: requested.append(socket.url))
        page.goto(server.url)
        expect(page.get_by_role("heading", name=re.compile("Lexithymia"))).to_be_visible(timeout=SOON)
        doctor = accounts.create_first_clinician(server.store, "Dr Vega", PASSWORD, "en")
        join(page, f"{server.url}/join?invitation={accounts.invite_patient(server.store, doctor, 'P-1')}")
        page.get_by_role("button", name="Begin").click()
        expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
        for key in "123":
            answer_by_key(page, key)
        for path in ("learn", "progress", "about"):
            page.goto(f"{server.url}/{path}")
            expect(page.locator("h1").first).to_be_visible(timeout=SOON)
        assert server.process is not None
        peers = {c.raddr.ip for c in psutil.Process(server.process.pid).net_connections() if c.raddr}
    assert {urlsplit(url).hostname for url in requested if not url.startswith(("data:", "blob:"))} == {"localhost"}
    assert peers <= HERE
    assert hosts_contacted(log) <= HERE, log.read_text(encoding="utf-8")


def test_the_watch_would_notice_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    log = tmp_path / "sockets.log"
    monkeypatch.setenv("PYTHONPATH", str(WATCHED))
    monkeypatch.setenv("WATCHED_LOG", str(log))
    code = "import socket\ntry: socket.getaddrinfo('example.invalid', 80)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert hosts_contacted(log) == {"example.invalid"}
