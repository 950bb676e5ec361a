"""Nobody outside hears of a person, and no picture of one leaves memory: a server is watched, its files and sockets."""

import re
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import numpy as np
import psutil
import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from core.config import ROOT
from core.services.accounts import accounts
from core.storage.tables import PictureRow
from tests.clips import Clip
from tests.e2e.acting import SOON, answer_by_key, join, leave_feedback
from tests.e2e.express.camera import (
    FIREWALL,
    PATIENTLY,
    asked_for,
    hold_once,
    pass_preflight,
    patient_for_the_camera,
    says,
)
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage, StartServer
from tests.support import new_clinician

HERE = {"localhost", "127.0.0.1", "::1", "None", "0.0.0.0", "::"}
WATCHED = Path(__file__).parent / "watched"
PICTURES = (b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n", b"YUV4MPEG2", b"\x1aE\xdf\xa3")
"""How files of pictures and films begin."""
LARGE = 10_000_000
FAILED = ROOT / "data" / "local" / "browser"


@dataclass(frozen=True)
class WatchedServer:
    """A server that writes into `log` whom it calls and what it opens to write; `scratch` is its temporary folder."""

    server: AppServer
    log: Path
    scratch: Path
    doctor: str

    def peers(self) -> set[str]:
        """Whom it is connected to just now."""
        assert self.server.process is not None
        return {c.raddr.ip for c in psutil.Process(self.server.process.pid).net_connections() if c.raddr}


@pytest.fixture(scope="module")
def watched(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> WatchedServer:
    log, scratch = tmp_path_factory.mktemp("log") / "watched.log", tmp_path_factory.mktemp("scratch")
    server = start_server(environment={"PYTHONPATH": str(WATCHED), "WATCHED_LOG": str(log), "TMPDIR": str(scratch)})
    return WatchedServer(server, log, scratch, new_clinician(server.store))


def hosts_contacted(log: Path) -> set[str]:
    """The hosts that a watched server connected to or looked up; files of sockets are not hosts."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    targets = [line.split(" ", 1)[1] for line in lines if line.startswith("socket.")]
    return {re.sub(r"""^\(?b?['"]?([^'",)]*).*""", r"\1", target) for target in targets if "/" not in target}


def written(log: Path) -> set[str]:
    """The files that the watched server opened to write."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return {line.split(" ", 1)[1].strip("'") for line in lines if line.startswith("open ")}


def new_files(folder: Path, since: float) -> dict[Path, bytes]:
    """What was changed in `folder` since then and what is in it, but for byte code, which Python writes, and the
    screens of tests that fail meanwhile."""
    changed: dict[Path, bytes] = {}
    for path in folder.rglob("*"):
        if {"__pycache__", ".git"} & set(path.parts) or path.is_relative_to(FAILED):
            continue
        with suppress(FileNotFoundError):  # the database's log and other tests' files come and go
            if path.is_file() and path.stat().st_mtime > since:
                changed[path] = path.read_bytes()
    return changed


def large_picture() -> bytes:
    """A PNG of more than 10 MB, in which there is nobody."""
    noise = np.random.default_rng(0).integers(0, 256, (1900, 1900, 3), dtype=np.uint8)
    found = cv2.imencode(".png", noise)[1].tobytes()
    assert len(found) > LARGE
    return found


@pytest.mark.slow
def test_a_whole_visit_stays_on_this_machine(watched: WatchedServer, open_page: OpenPage) -> None:
    server = watched.server
    page = open_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("websocket", lambda socket: requested.append(socket.url))
    page.goto(server.url)
    expect(page.get_by_role("heading", name=re.compile("Lexithymia"))).to_be_visible(timeout=SOON)
    join(page, f"{server.url}/join?invitation={accounts.invite_patient(server.store, watched.doctor, 'P-1')}")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    for key in "123":
        answer_by_key(page, key)
        leave_feedback(page)
    for path in ("learn", "progress", "about"):
        page.goto(f"{server.url}/{path}")
        expect(page.locator("h1").first).to_be_visible(timeout=SOON)
    peers = watched.peers()
    assert {urlsplit(url).hostname for url in requested if not url.startswith(("data:", "blob:"))} == {"localhost"}
    assert peers <= HERE
    assert hosts_contacted(watched.log) <= HERE, watched.log.read_text(encoding="utf-8")


def test_the_watch_would_notice_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "sockets.log"
    monkeypatch.setenv("PYTHONPATH", str(WATCHED))
    monkeypatch.setenv("WATCHED_LOG", str(log))
    code = "import socket\ntry: socket.getaddrinfo('example.invalid', 80)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert hosts_contacted(log) == {"example.invalid"}


@pytest.mark.slow
def test_no_picture_is_written_and_nobody_but_the_browser_is_contacted(
    watched: WatchedServer, film: Clip, open_page: OpenPage
) -> None:
    server = watched.server
    token = patient_for_the_camera(server.store, watched.doctor, "P-2")
    with server.store.begin() as db:
        before = db.scalar(select(func.count()).select_from(PictureRow))
    film.show("neutral")
    began = time.time()

    page = open_page(token=token, at=server, permissions=["camera"])
    page.goto(f"{server.url}/express")
    pass_preflight(page)
    page.get_by_role("button", name="Show it").click()
    says(page, "First your face at rest")
    hold_once(page)
    film.show(asked_for(page))
    hold_once(page)
    says(page, re.compile("You meant"))
    peers = watched.peers()
    page.context.close()

    page = open_page(token=token, at=server, permissions=["camera"])
    page.add_init_script(FIREWALL)
    page.goto(f"{server.url}/express")
    page.get_by_role("button", name="Switch on the camera").click(timeout=PATIENTLY)
    page.get_by_role("button", name="Show it").click(timeout=PATIENTLY)
    page.get_by_role("button", name="Take the picture").click(timeout=PATIENTLY)
    says(page, re.compile("You meant|What to look|Go on without this one"))

    sent = page.request.post(
        f"{server.url}/files/read", data=large_picture(), headers={"Origin": server.url}, timeout=PATIENTLY
    )
    expect(sent).to_be_ok()
    with server.store.begin() as db:
        after = db.scalar(select(func.count()).select_from(PictureRow))

    assert after == before
    assert {path for path in written(watched.log) if Path(path).is_relative_to(watched.scratch)} == set()
    changed = new_files(server.local, began) | new_files(watched.scratch, began) | new_files(ROOT, began)
    assert [path for path in changed if path.suffix in {".jpg", ".png", ".y4m", ".webm", ".mp4", ".tmp"}] == []
    for path, content in changed.items():
        # The database was full of pictures before: what came new to it stands in its log of changes.
        assert path.name == "lexithymia.db" or not any(start in content for start in PICTURES), path
    own = {address.address for card in psutil.net_if_addrs().values() for address in card}
    assert peers <= HERE | own
    assert hosts_contacted(watched.log) <= HERE | own, hosts_contacted(watched.log)
