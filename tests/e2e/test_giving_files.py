"""Files in a real browser: given, read, outlined, charted, taken away; nothing of them reaches a disk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.domain.camera.seen import COLUMNS
from tests.e2e.acting import SOON
from tests.e2e.look import too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage, fetched
from tests.vision.test_files import PEOPLE, encoded, face, film


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a picture, a video, a broken video and a text that is called a picture."""
    folder = tmp_path_factory.mktemp("given")
    neutral, happy = face(PEOPLE[0], "neutral_000"), face(PEOPLE[0], "happy_100")
    (folder / "happy.jpg").write_bytes(encoded(happy))
    whole = film([neutral] * 10 + [happy] * 30, "libvpx", "webm")
    (folder / "smile.webm").write_bytes(whole)
    (folder / "broken.webm").write_bytes(whole[:300])
    (folder / "text.png").write_text("no picture")
    return folder


def arrive(page: Page, server: AppServer) -> None:
    page.goto(f"{server.url}/faces-in-files")
    expect(page.get_by_text("Choose pictures or a video", exact=True)).to_be_visible(timeout=SOON)


def give(page: Page, *files: Path) -> None:
    page.locator("#upload-files").set_input_files([str(file) for file in files])


def test_a_picture_comes_back_outlined_and_leaves_when_it_is_removed(
    server: AppServer, clinician: str, open_page: OpenPage, given: Path
) -> None:
    page = open_page(PHONE, token=clinician)
    arrive(page, server)
    give(page, given / "happy.jpg")
    expect(page.locator(".outline")).to_have_text(re.compile(r"1 · happiness \d+ %"), timeout=SOON)
    expect(page.get_by_text(re.compile(r"Face 1: happiness, \d+ %"))).to_be_visible()
    lines = fetched(page, "Download as a table (CSV)").text().splitlines()
    assert lines[0].split(",") == list(COLUMNS)
    assert len(lines) == 2
    page.get_by_role("button", name="Remove happy.jpg").click()
    expect(page.locator(".outline")).to_have_count(0)
    expect(page.get_by_role("link", name="Download as a table (CSV)")).to_have_count(0, timeout=SOON)
    assert too_wide(page) == []


def test_a_video_gets_outlines_that_follow_and_a_timeline(
    server: AppServer, clinician: str, open_page: OpenPage, given: Path
) -> None:
    page = open_page(token=clinician)
    arrive(page, server)
    give(page, given / "smile.webm")
    expect(page.locator("figure video")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("Time (seconds)").first).to_be_visible(timeout=SOON)
    page.locator("figure video").evaluate("video => { video.currentTime = 3.5 }")
    expect(page.locator(".outline")).to_have_text(re.compile(r"1 · happiness"), timeout=SOON)


def test_files_that_cannot_be_read_are_named_with_a_reason_and_the_rest_is_read(
    server: AppServer, clinician: str, open_page: OpenPage, given: Path
) -> None:
    page = open_page(token=clinician)
    arrive(page, server)
    give(page, given / "broken.webm", given / "text.png", given / "happy.jpg")
    expect(page.locator(".outline")).to_have_count(1, timeout=SOON)
    said = page.locator(".upload [role=alert]").inner_text()
    assert "broken.webm – This file is damaged" in said
    assert "text.png – This is no picture or video" in said
