"""The README's pictures of the demonstration, made anew.

    python -m tests.e2e.screenshots

Makes the demonstration in a temporary folder, opens it in Chromium as the invented people and writes the pictures to
tests/e2e/screenshots. They show rendered faces only: a demonstration has no others.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests import browser
from tests.e2e.acting import SOON, answer_by_key, leave_feedback
from tests.e2e.demonstration import come_in
from tests.e2e.server import AppServer

OUT = Path(__file__).with_suffix("")
COMPUTER = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
GAP = 36
CHART = ".js-plotly-plot .main-svg"
SHOTS = {
    "sign-in": ("", "/sign-in", ".demo-cards button", "light"),
    "progress": ("P-003", "/progress", CHART, "dark"),
    "patients": ("Dr. Sol", "/", ".caseload svg", "light"),
    "patient": ("Dr. Sol", "/patient", CHART, "light"),
    "overview": ("R. Luna", "/", CHART, "light"),
    "export": ("R. Luna", "/export", "text=Make the export", "dark"),
}
"""By name: who comes in (nobody: a visitor), the page, what is waited for on it, the theme."""


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chromium:
        local = Path(folder)
        subprocess.run([sys.executable, "-m", "core", "demo", "--out", str(local / "lexithymia.db")], check=True)
        with AppServer(local) as server:
            for name in SHOTS:
                shoot(chromium, server, name)
            shoot_trial(chromium, server)


def shoot(chromium: Browser, server: AppServer, name: str) -> None:
    """Write the picture `name` as WebP."""
    who, path, awaited, theme = SHOTS[name]
    page = chromium.new_page(viewport=COMPUTER, color_scheme=theme, locale="en-GB")  # type: ignore[arg-type]
    if who:
        come_in(page, server, who)
    page.goto(f"{server.url}{path}")
    expect(page.locator(awaited).first).to_be_visible(timeout=SOON)
    page.wait_for_timeout(1000)  # what is below it, and fonts
    _shown(page).save(OUT / f"{name}.webp", quality=80, method=6)
    page.close()


def shoot_trial(chromium: Browser, server: AppServer) -> None:
    """Write three telephones beside each other: a visitor's first face, and what is said after a wrong answer, in both
    themes."""
    screens: list[Image.Image] = []
    for theme, faces in (("light", 1), ("dark", 0)):
        page = chromium.new_page(viewport=PHONE, color_scheme=theme, locale="en-GB", device_scale_factor=1.5)  # type: ignore[arg-type]
        page.goto(f"{server.url}/try")
        expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
        page.wait_for_timeout(1000)
        screens += [_shown(page)] * faces
        answer_by_key(page, "3")
        while not page.locator(".trial .feedback .pair").is_visible():
            leave_feedback(page)
            answer_by_key(page, "3")
        page.wait_for_timeout(500)
        screens.append(_shown(page))
        page.close()
    width, height = screens[0].size
    beside = Image.new("RGB", (len(screens) * width + (len(screens) - 1) * GAP, height), "#e5e2da")
    for place, screen in enumerate(screens):
        beside.paste(screen, (place * (width + GAP), 0))
    beside.save(OUT / "trial.webp", quality=80, method=6)


def _shown(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot()))


if __name__ == "__main__":
    main()
