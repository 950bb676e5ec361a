"""Moving faces: how many frames a second reach the screen while a lesson's two faces move, and what a clip loads beyond
its stills, beside a bare dissolve of the same stills on an empty page. Chromium draws without a graphics card.

By the browser's own trace a frame counts where it was displayed, and a face drawn at another strength since the one
before.
"""

import base64
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from core.services.accounts import accounts
from core.services.exercise import runs, shelf
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests.bench.figure import BenchFigure
from tests.browser import chromium
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, carry
from tests.support import BROWSER, PASSWORD, new_patient_before_blocks

LESSON = "sad_angry"
TURNS = 3
STILLS, FACES = 6, 2
LASTS_S = 3.0
"""What a face of a lesson takes from neutral to its peak."""
BEFORE_MS, AFTER_MS = 400, 400
_CATEGORIES = ["blink.user_timing", "disabled-by-default-display.framedisplayed"]
WINDOWS: dict[str, tuple[dict[str, int], int]] = {
    "a phone's window": (PHONE, 3),
    "a computer's window": (COMPUTER, 1),
}
"""Each with its pixels to a point."""
_MARK = """
const draw = CanvasRenderingContext2D.prototype.drawImage;
const at = new WeakMap();
CanvasRenderingContext2D.prototype.drawImage = function (...all) {
  const share = this.globalAlpha;
  if (share > 0 && share < 1 && at.get(this) !== share) performance.mark("face"); // not while it is neutral
  if (share < 1) at.set(this, share);
  return draw.apply(this, all);
};
"""
_BARE = """
async ([faces, side, lasts]) => {
  document.body.replaceChildren(...faces.map((stills) => {
    const box = document.createElement("div");
    box.style = `position: relative; float: left; inline-size: ${side}px; block-size: ${side}px`;
    box.append(...stills.map((url) => {
      const still = document.createElement("img");
      still.src = url;
      still.style = "position: absolute; inline-size: 100%; block-size: 100%";
      return still;
    }));
    return box;
  }));
  const boxes = [...document.body.children];
  await Promise.all([...document.images].map((still) => still.decode()));
  const part = lasts / (faces[0].length - 1);
  const moves = boxes.flatMap((box) => [...box.children].slice(1).map((still, place) => still.animate(
    { opacity: [0, 1] }, { duration: part, delay: place * part, fill: "both" })));
  performance.mark("face");
  await Promise.all(moves.map((move) => move.finished));
  performance.mark("face");
}
"""


@dataclass
class PlayedClips:
    """What reached the screen of all turns together."""

    frames: int = 0
    waits: list[float] = field(default_factory=list)
    """Between two frames, in milliseconds."""
    loaded: int = 0
    """Bytes that the browser got while the clips played."""

    @property
    def rate(self) -> float:
        """Frames a second."""
        return self.frames / (TURNS * LASTS_S)

    def take(self, shown: list[float]) -> None:
        """The frames of a clip: when each was displayed, in microseconds."""
        self.frames += len(shown)
        self.waits += [(late - early) / 1000 for early, late in pairwise(shown)]


def clip_figures() -> Iterator[BenchFigure]:
    """The table."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = Store(f"sqlite:///{local / 'lexithymia.db'}")
        upgrade(store)
        stimulus_sets.update_faces(store, load_default())
        clinician = accounts.create_first_clinician(store, "Dr Bench", PASSWORD, "en")
        with chromium() as browser, AppServer(local) as server:
            for name, (window, pixels) in WINDOWS.items():
                token = new_patient_before_blocks(store, clinician, f"P-{window['width']}")
                run = shelf.begin(store, token, BROWSER, LESSON)
                with _page(browser, window, pixels) as page:
                    ours, side = _lesson(browser, page, server, token)
                with _page(browser, window, pixels) as page:
                    bare = _bare(browser, page, _stills(store, token, run), side)
                yield from rows(f"{name}, each {side * pixels:.0f} pixels wide", ours, bare)
    finally:
        shutil.rmtree(local, ignore_errors=True)


def rows(name: str, ours: PlayedClips, bare: PlayedClips) -> Iterator[BenchFigure]:
    what = f"frames a second of two moving faces, {name}"
    yield BenchFigure(what, f"{ours.rate:.1f}", f"{bare.rate:.1f} (bare)", f"{ours.rate / bare.rate:.2f}×", "≥ 30")
    longest, its = max(ours.waits), max(bare.waits)
    yield BenchFigure(
        "… longest wait for the next one", f"{longest:.0f} ms", f"{its:.0f} ms", f"{longest / its:.2f}×", "–"
    )
    yield BenchFigure("… bytes beyond the stills", str(ours.loaded), "–", "–", "0")


def counted(displayed: Sequence[float], drawn: Sequence[float]) -> list[float]:
    """Of the times at which frames were displayed, in order, those that another face was drawn for."""
    return [late for early, late in pairwise([0.0, *displayed]) if any(early < at <= late for at in drawn)]


def _lesson(browser: Browser, page: Page, server: AppServer, token: str) -> tuple[PlayedClips, float]:
    """Its first clip, again and again; and how wide a face is, in points."""
    page.add_init_script(_MARK)
    carry(page, server.url, token)
    page.goto(f"{server.url}/faces")
    slider = page.get_by_role("slider", name="From neutral to full")
    expect(slider).to_have_js_property("valueAsNumber", 100, timeout=2 * SOON)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(AFTER_MS)  # the slider goes in steps: it is at its end a little before the faces are
    found, got = PlayedClips(), list[int]()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: got.append(int(event["encodedDataLength"])))
    wire.on("Network.webSocketFrameReceived", lambda event: got.append(len(event["response"]["payloadData"])))
    for _ in range(TURNS):
        browser.start_tracing(page=page, categories=_CATEGORIES)
        page.get_by_role("button", name="Show it once more").click()
        page.wait_for_timeout(1000 * LASTS_S + BEFORE_MS + AFTER_MS)
        found.take(counted(*_traced(browser)))
    assert slider.evaluate("slider => slider.valueAsNumber") == 100
    found.loaded = sum(got)
    return found, float(page.locator("canvas.face").first.evaluate("face => face.clientWidth"))


def _bare(browser: Browser, page: Page, faces: list[list[str]], side: float) -> PlayedClips:
    found = PlayedClips()
    for _ in range(TURNS):
        browser.start_tracing(page=page, categories=_CATEGORIES)
        page.evaluate(_BARE, [faces, side, 1000 * LASTS_S])
        displayed, (begun, ended) = _traced(browser)
        found.take([at for at in displayed if begun <= at <= ended])
    return found


def _stills(store: Store, token: str, run: str) -> list[list[str]]:
    """Of each face of the first step, as addresses that hold them."""
    files = [runs.picture(store, token, run, 1, still) for still in range(FACES * STILLS)]
    urls = [f"data:{kind};base64,{base64.b64encode(content).decode()}" for kind, content in files]
    return [urls[:STILLS], urls[STILLS:]]


def _traced(browser: Browser) -> tuple[list[float], list[float]]:
    """When the browser displayed frames, and when the page marked something, in microseconds."""
    events = sorted(json.loads(browser.stop_tracing())["traceEvents"], key=lambda event: event["ts"])
    displayed = [event["ts"] for event in events if event["name"] == "Display::FrameDisplayed"]
    return displayed, [event["ts"] for event in events if event["name"] == "face"]


@contextmanager
def _page(browser: Browser, window: dict[str, int], pixels: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": window["width"], "height": window["height"]}, device_scale_factor=pixels
    )
    yield context.new_page()
    context.close()
