"""A zip of one's own faces in a real browser: given, previewed, its words explained, stored, or cancelled."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.config import DATA
from core.services.faces import stimulus_sets
from core.stimuli.pictures import grey_png
from tests.e2e.acting import SOON
from tests.e2e.look import settle, too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.stimuli.zips import zip_with

FACES = DATA / "stimuli" / "builtin"
FROM_SIDE = "BF01HAHL.JPG"


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """KDEF's names on computer-made faces, with some to leave out; folders with a word that no table has."""
    folder = tmp_path_factory.mktemp("zips")
    codes = {"happy_100": "HA", "angry_100": "AN", "sad_100": "SA", "neutral_000": "NE"}
    people = sorted(path for path in FACES.iterdir() if path.is_dir())[:6]
    members = {
        f"KDEF/AF{number:02d}{code}S.JPG": (person / f"{name}.webp").read_bytes()
        for number, person in enumerate(people, start=1)
        for name, code in codes.items()
    }
    members |= {f"KDEF/{FROM_SIDE}": grey_png(np.full((60, 60), 7, np.uint8)), "KDEF/readme.txt": b"read me"}
    (folder / "KDEF.zip").write_bytes(zip_with(members))
    words = {
        f"{word}/{place}.webp": (people[place] / "happy_100.webp").read_bytes()
        for place, word in enumerate(("happy", "calm"))
    }
    (folder / "words.zip").write_bytes(zip_with(words))
    (folder / "text.zip").write_text("no zip")
    return folder


def arrive(page: Page, server: AppServer) -> None:
    page.goto(f"{server.url}/sets")
    expect(page.locator("#own-set-zip")).to_be_attached(timeout=SOON)


def waiting(server: AppServer) -> list[Path]:
    return [path for path in (server.local / "faces").rglob("*") if path.is_file()]


def names(server: AppServer, token: str) -> set[str]:
    return {one.name for one in stimulus_sets.list_sets(server.store, token)}


def test_a_zip_is_previewed_and_stored_on_the_click_that_says_so(
    server: AppServer, administrator: str, open_page: OpenPage, zips: Path
) -> None:
    page = open_page(COMPUTER, token=administrator)
    arrive(page, server)
    page.locator("#own-set-zip").set_input_files(str(zips / "KDEF.zip"))
    expect(page.get_by_text("24 pictures", exact=True)).to_be_visible(timeout=SOON)
    expect(page.get_by_text("happiness 6", exact=False).first).to_be_visible()
    expect(page.get_by_text("Persons by role: practice 2, form A 2, form B 2")).to_be_visible()
    expect(page.get_by_text(f"from the side, for example {FROM_SIDE}", exact=False)).to_be_visible()
    assert too_wide(page) == []
    assert "kdef" not in names(server, administrator)
    page.get_by_role("button", name="Store").click()
    expect(page.get_by_text("The faces are here.", exact=False)).to_be_visible(timeout=2 * SOON)
    assert "kdef" in names(server, administrator)
    assert waiting(server) == []


@pytest.mark.slow
def test_words_are_explained_on_the_page_and_a_cancelled_zip_leaves_nothing(
    server: AppServer, administrator: str, open_page: OpenPage, zips: Path
) -> None:
    page = open_page(PHONE, token=administrator)
    arrive(page, server)
    page.locator("#own-set-zip").set_input_files(str(zips / "text.zip"))
    expect(page.get_by_text("expected a zip", exact=False)).to_be_visible(timeout=SOON)
    expect(page.get_by_text("The faces are here.", exact=False)).to_have_count(0)
    assert waiting(server) == []
    page.locator("#own-set-zip").set_input_files(str(zips / "words.zip"))
    expect(page.get_by_text("1 picture", exact=True)).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Store")).to_have_count(0)
    word = page.get_by_role("combobox", name=re.compile("Which emotion is “calm”"))
    word.scroll_into_view_if_needed()
    settle(page)  # a list closes where the page scrolls
    word.click()
    page.get_by_role("option", name="anger").click()
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("2 pictures", exact=True)).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Store")).to_be_visible()
    assert too_wide(page) == []
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("2 pictures", exact=True)).to_have_count(0, timeout=SOON)
    assert waiting(server) == []
    assert "words" not in names(server, administrator)
