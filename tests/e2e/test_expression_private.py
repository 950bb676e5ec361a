"""No picture of a person leaves memory: a live run, a snapshot and a large upload with files and sockets watched."""

import re
import shutil
import time
from pathlib import Path

import cv2
import numpy as np
import psutil
from playwright.sync_api import expect
from sqlalchemy import func, select

from core.config import ROOT
from core.services.accounts import accounts
from core.storage.tables import PictureRow
from tests.clips import Clip
from tests.e2e.acting import PASSWORD
from tests.e2e.camera import (
    ASKS_NOBODY,
    PATIENTLY,
    asked_for,
    browser_with,
    hold_once,
    new_page,
    open_exercise,
    pass_preflight,
    patient_for_the_camera,
    says,
)
from tests.e2e.server import AppServer
from tests.e2e.test_expression_trouble import FIREWALL
from tests.e2e.test_quiet_network import HERE, WATCHED, hosts_contacted

PICTURES = (b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n", b"YUV4MPEG2", b"\x1aE\xdf\xa3")
"""How files of pictures and films begin."""
LARGE = 10_000_000


def written(log: Path) -> set[str]:
    """The files that the watched server opened to write."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return {line.split(" ", 1)[1].strip("'") for line in lines if line.startswith("open ")}


def new_files(folder: Path, since: float) -> list[Path]:
    """What was changed in `folder` since then, byte code aside, which Python writes."""
    found = (path for path in folder.rglob("*") if "__pycache__" not in path.parts and ".git" not in path.parts)
    return [path for path in found if path.is_file() and path.stat().st_mtime > since]


def large_picture() -> bytes:
    """A PNG of more than 10 MB, in which there is nobody."""
    noise = np.random.default_rng(0).integers(0, 256, (1900, 1900, 3), dtype=np.uint8)
    found = cv2.imencode(".png", noise)[1].tobytes()
    assert len(found) > LARGE
    return found


def test_no_picture_is_written_and_nobody_but_the_browser_is_contacted(prepared: Path, tmp_path: Path) -> None:
    local, scratch, log = tmp_path / "local", tmp_path / "scratch", tmp_path / "watched.log"
    local.mkdir()
    scratch.mkdir()
    shutil.copy(prepared, local / "lexithymia.db")
    watched = {"PYTHONPATH": str(WATCHED), "WATCHED_LOG": str(log), "TMPDIR": str(scratch)}
    clip = Clip(tmp_path / "film.y4m")
    clip.show("neutral")
    with AppServer(local, environment=watched) as server, browser_with(clip, ASKS_NOBODY) as browser:
        clinician = accounts.create_first_clinician(server.store, "Dr Vega", PASSWORD, "en")
        patient_for_the_camera(server.store, clinician, "P-1")
        with server.store.begin() as db:
            before = db.scalar(select(func.count()).select_from(PictureRow))
        began = time.time()

        page = new_page(browser)
        open_exercise(page, server.url, "P-1")
        pass_preflight(page)
        page.get_by_role("button", name="Show it").click()
        says(page, "First your face at rest")
        hold_once(page)
        clip.show(asked_for(page))
        hold_once(page)
        says(page, re.compile("You meant"))
        assert server.process is not None
        peers = {c.raddr.ip for c in psutil.Process(server.process.pid).net_connections() if c.raddr}
        page.context.close()

        page = new_page(browser)
        page.add_init_script(FIREWALL)
        open_exercise(page, server.url, "P-1")
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
    assert {path for path in written(log) if Path(path).is_relative_to(scratch)} == set()
    changed = [*new_files(local, began), *new_files(scratch, began), *new_files(ROOT, began)]
    assert [path for path in changed if path.suffix in {".jpg", ".png", ".y4m", ".webm", ".mp4", ".tmp"}] == []
    for path in changed:
        content = path.read_bytes()
        # The database was full of pictures before: what came new to it stands in its log of changes.
        assert path.name == "lexithymia.db" or not any(start in content for start in PICTURES), path
    own = {address.address for card in psutil.net_if_addrs().values() for address in card}
    assert peers <= HERE | own
    assert hosts_contacted(log) <= HERE | own, hosts_contacted(log)
