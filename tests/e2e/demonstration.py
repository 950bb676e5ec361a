"""A small demonstration, and coming in to it as one of its invented people."""

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from core.commands.demo import answers
from core.simulate.demonstration import make
from core.storage.database import Store
from core.vision.rater import default_card
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer


def make_small_demonstration(local: Path, patients: int) -> None:
    """So many invented patients, always the same, in the folder `local`."""
    store = Store(f"sqlite:///{local / 'lexithymia.db'}")
    make(store, datetime.now(UTC), seed=5, patients=patients, network=(default_card().network, answers()))
    store.close()


def come_in(page: Page, server: AppServer, who: str) -> None:
    """As the invented person `who`, by the card at the sign-in."""
    page.goto(f"{server.url}/sign-in")
    page.get_by_role("button", name=who).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)
