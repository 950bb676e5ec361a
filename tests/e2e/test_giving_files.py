"""Files in a real browser: given, read, outlined, charted, taken away; nothing of them reaches a disk."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from core.domain.camera.seen import COLUMNS
from tests.e2e.acting import SOON
from tests.e2e.look import too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import PHONE, OpenPage, fetched
from tests.media.made import png_of_16_bits, saved
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_every_kind_of_picture_is_outlined_where_its_face_is(
    server: AppServer, clinician: str, open_page: OpenPage, tmp_path: Path
) -> None:
    happy = face(PEOPLE[0], "happy_100")
    wide = Image.fromarray(np.pad(happy, ((0, 0), (0, 400), (0, 0)), mode="edge"))
    upright = Image.Exif()
    upright[0x0112] = 6
    grey = np.asarray(wide.convert("L")).astype(np.uint16) * 257
    kinds = {
        "photo.heic": saved(wide, "HEIF", quality=90),
        "turned.jpg": saved(wide.rotate(90, expand=True), "JPEG", exif=upright),
        "avif.avif": saved(wide, "AVIF"),
        "laboratory.tiff": saved(wide, "TIFF"),
        "deep.png": png_of_16_bits(grey, 0),
        "palette.gif": saved(wide.quantize(128), "GIF"),
    }
    moving = saved(wide, "WEBP", save_all=True, append_images=[wide, wide.rotate(1)], duration=500)
    for name, content in {**kinds, "moving.webp": moving}.items():
        (tmp_path / name).write_bytes(content)
    page = open_page(token=clinician)
    arrive(page, server)
    give(page, *(tmp_path / name for name in kinds))
    figures = page.locator("figure")
    expect(figures).to_have_count(len(kinds), timeout=3 * SOON)
    for name in kinds:
        figure = figures.filter(has_text=name)
        expect(figure.locator(".outline")).to_have_text(re.compile(r"1 · happiness"))
        shown = figure.locator("img")
        expect(shown).to_be_visible()
        ratio = shown.evaluate("image => image.naturalWidth / image.naturalHeight")
        assert ratio == pytest.approx(784 / 384, abs=0.01), name
        left, width = figure.locator(".outline").evaluate(
            "box => [parseFloat(box.style.left), parseFloat(box.style.width)]"
        )
        assert 0 < left < 20, name
        assert left + width < 50, name
    give(page, tmp_path / "moving.webp")
    expect(page.get_by_text("This picture moves.")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("For 100 % of the time with this face")).to_be_visible(timeout=SOON)
