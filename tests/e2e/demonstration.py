"""A small demonstration, and coming in to it as one of its invented people."""

import fcntl
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from core.commands.demo import answers
from core.simulate.demonstration import make
from core.storage.database import Store
from core.vision.rater import default_card
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer

PATIENTS = 14
"""Enough people for figures about many."""


def small_demonstration(kept: Path, prepared: Path) -> Path:
    """The database of a few invented patients, always the same, made in the folder `kept` if it is not there.

    The network has looked at the faces of the database `prepared`: a server has no need to.
    """
    path = kept / "demonstration.db"
    with (kept / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _make(path.with_suffix(".part"), prepared)
            path.with_suffix(".part").rename(path)
    return path


def _make(path: Path, prepared: Path) -> None:
    path.unlink(missing_ok=True)
    store = Store(f"sqlite:///{path}")
    make(store, datetime.now(UTC), seed=5, patients=PATIENTS, network=(default_card().network, answers()))
    store.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("ATTACH ? AS prepared", [str(prepared)])
        same = "SELECT count(*) FROM networks JOIN prepared.networks AS other USING (id, hash)"
        assert db.execute(same).fetchone() == (1,)
        db.execute("REPLACE INTO network_answers SELECT * FROM prepared.network_answers")
        db.commit()


def come_in(page: Page, server: AppServer, who: str) -> None:
    """As the invented person `who`, by the card at the sign-in."""
    page.goto(f"{server.url}/sign-in")
    page.get_by_role("button", name=who).click()
    expect(page.locator("form[action='/auth/sign-out'] button")).to_be_visible(timeout=SOON)
