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
from playwright.sync_api import Browser, expect

from tests import browser
from tests.e2e.acting import SOON
from tests.e2e.demonstration import come_in
from tests.e2e.server import AppServer

OUT = Path(__file__).with_suffix("")
COMPUTER = {"width": 1280, "height": 860}
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


def shoot(chromium: Browser, server: AppServer, name: str) -> None:
    """Write the picture `name` as WebP."""
    who, path, awaited, theme = SHOTS[name]
    page = chromium.new_page(viewport=COMPUTER, color_scheme=theme, locale="en-GB")  # type: ignore[arg-type]
    if who:
        come_in(page, server, who)
    page.goto(f"{server.url}{path}")
    expect(page.locator(awaited).first).to_be_visible(timeout=SOON)
    page.wait_for_timeout(1000)  # what is below it, and fonts
    shown = Image.open(io.BytesIO(page.screenshot()))
    shown.save(OUT / f"{name}.webp", quality=80, method=6)
    page.close()


if __name__ == "__main__":
    main()
