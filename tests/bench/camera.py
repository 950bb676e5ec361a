"""What the live mirror costs: frames a second, camera → overlay, and the memory of the server over half an hour.

    python -m tests.bench.camera [--seconds 60] [--minutes 30]

Each frame of the film that the fake camera plays (640×480, 30 a second) carries its number as black and white blocks
along its upper edge. The page reads that number off the camera's own frames, with the time at which each was taken,
and off the mirror's when they are shown: the difference is what a person waits to see themselves. The baseline is an
app that sends each frame back as it came: what is over it is our work.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page

from core.services.accounts import accounts
from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests import browser
from tests.bench.figure import BenchFigure, table
from tests.bench.starting import EmptyServer
from tests.clips import HEIGHT, WIDTH, Clip, picture
from tests.e2e.express.camera import pass_preflight, patient_for_the_camera
from tests.e2e.server import AppServer
from tests.e2e.windows import carry
from tests.support import PASSWORD

BITS, BLOCK, RATE = 6, 40, 30
SETTLED = 5000  # milliseconds after which a stream has found its rate
_PLAYS = """
() => [...document.querySelectorAll("iframe")].some((one) => one.contentDocument?.querySelector("video")?.videoWidth)
"""
_KEEP = """
top.camera ??= null;
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => (top.camera = await ask(wish));
"""
_MEASURE = """
async ([bits, block, seconds, turned]) => {
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentDocument?.querySelector("video"));
  const mirror = frame.contentDocument.querySelector("video");
  const own = Object.assign(document.createElement("video"), { srcObject: top.camera.clone(), muted: true });
  await own.play();
  const canvas = new OffscreenCanvas(bits * block, block);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const number = (video, mirrored) => {
    const scale = video.videoWidth / 640;
    const left = mirrored ? video.videoWidth - bits * block * scale : 0;
    pen.drawImage(video, left, 0, bits * block * scale, block * scale, 0, 0, bits * block, block);
    const light = pen.getImageData(0, 0, bits * block, block).data;
    let found = 0;
    for (let bit = 0; bit < bits; bit++) {
      const place = mirrored ? bits - 1 - bit : bit;
      if (light[4 * (block / 2 * bits * block + place * block + block / 2)] > 127) found |= 1 << bit;
    }
    return found;
  };
  const later = frame.contentWindow.performance.timeOrigin - performance.timeOrigin; // each document has its own clock
  const taken = new Map(), waits = [];
  let shown = 0, over = false;
  const each = (video, take) => video.requestVideoFrameCallback((now, facts) => {
    take(now, facts);
    if (!over) each(video, take);
  });
  each(own, (now, facts) => taken.set(number(own, false), facts.captureTime ?? now));
  each(mirror, (now, facts) => {
    shown += 1;
    const since = taken.get(number(mirror, turned));
    if (since !== undefined) waits.push(facts.expectedDisplayTime + later - since);
  });
  const begun = performance.now();
  await new Promise((done) => setTimeout(done, 1000 * seconds));
  over = true;
  own.srcObject.getTracks().forEach((track) => track.stop());
  return { rate: 1000 * shown / (performance.now() - begun), waits };
}
"""


class Numbered(Clip):
    """A film whose frames carry their numbers."""

    def show(self, scene: str) -> None:
        head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{self.rate}:1 Ip A1:1 C420mpeg2\n".encode()
        content = b"".join(b"FRAME\n" + self._planes(numbered(scene, n)).tobytes() for n in range(2**BITS))
        self.path.write_bytes(head + content)


def numbered(scene: str, number: int) -> NDArray[np.uint8]:
    found = picture(scene, (number % 2, number // 2 % 2))
    for bit in range(BITS):
        found[:BLOCK, bit * BLOCK : (bit + 1) * BLOCK] = 255 * (number >> bit & 1)
    return found


def camera_figures(seconds: float = 60, minutes: float = 30) -> list[BenchFigure]:
    """The stream measured for `seconds`, then watched until it is `minutes` old."""
    folder = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = Store(f"sqlite:///{folder / 'lexithymia.db'}")
        upgrade(store)
        stimulus_sets.update_faces(store, load_default())
        clinician = accounts.create_first_clinician(store, "Dr Bench", PASSWORD, "en")
        token = patient_for_the_camera(store, clinician, "P-BENCH")
        film = Numbered(folder / "film.y4m", RATE, WIDTH, HEIGHT)
        film.show("happy")
        with browser.chromium(*film.arguments) as chromium:
            bare = _echoed(folder, chromium, seconds)
            with AppServer(folder) as server:
                page = chromium.new_page(locale="en-GB", permissions=["camera"])
                page.add_init_script(_KEEP)
                carry(page, server.url, token)
                page.goto(f"{server.url}/express")
                pass_preflight(page)
                page.get_by_role("button", name="Mirror").click()
                page.wait_for_timeout(SETTLED)
                return _measured(page, server, seconds, minutes, bare)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class MirrorWatch:
    """A mirror, watched for some time."""

    rate: float
    """Frames a second."""
    waits: list[float]
    """Milliseconds from the camera to the screen, the shortest first."""

    @property
    def middle(self) -> float:
        return statistics.median(self.waits)

    @property
    def late(self) -> float:
        return self.waits[int(0.95 * len(self.waits))]


def _watched(page: Page, seconds: float, *, turned: bool) -> MirrorWatch:
    """`turned`: the mirror is one, its left is the camera's right."""
    found = page.evaluate(_MEASURE, [BITS, BLOCK, seconds, turned])
    return MirrorWatch(found["rate"], sorted(found["waits"]))


def _echoed(folder: Path, chromium: Browser, seconds: float) -> MirrorWatch:
    with EmptyServer(folder, "empty_mirror.py") as server:
        page = chromium.new_page(permissions=["camera"])
        page.add_init_script(_KEEP)
        page.goto(server.url)
        page.locator("iframe").first.wait_for(timeout=60_000)
        page.wait_for_timeout(SETTLED)
        page.get_by_role("button", name="Go").click()
        page.wait_for_function(_PLAYS, timeout=60_000)
        page.wait_for_timeout(SETTLED)
        found = _watched(page, seconds, turned=False)
        page.close()
        return found


def _measured(page: Page, server: AppServer, seconds: float, minutes: float, bare: MirrorWatch) -> list[BenchFigure]:
    begun = time.monotonic()
    found = _watched(page, seconds, turned=True)
    first = _memory(server, page, begun + 60)
    last = _memory(server, page, begun + 60 * minutes)
    return [
        BenchFigure("mirror, frames a second at 640×480", f"{found.rate:.1f}", f"{RATE} (the camera)", "–", "≥ 15"),
        _beside("camera → overlay, median", found.middle, bare.middle, "–"),
        _beside("camera → overlay, 95th percentile", found.late, bare.late, "≤ 150 ms"),
        BenchFigure(
            f"memory of the server, {minutes:.0f} minutes of streaming",
            f"{last:.0f} MiB",
            f"{first:.0f} MiB (after 1 minute)",
            f"{last / first:.3f}×",
            "≤ 1.05×",
        ),
    ]


def _beside(name: str, own: float, bare: float, target: str) -> BenchFigure:
    return BenchFigure(
        name, f"{own:.0f} ms", f"{bare:.0f} ms (frames sent back as they came)", f"{own / bare:.2f}×", target
    )


def _memory(server: AppServer, page: Page, at: float) -> float:
    """Resident memory in MiB at that time, the median of three looks."""
    page.wait_for_timeout(max(0.0, 1000 * (at - time.monotonic())))
    assert server.process is not None
    looks = []
    for _ in range(3):
        looks.append(psutil.Process(server.process.pid).memory_info().rss / 2**20)
        page.wait_for_timeout(1000)
    return float(statistics.median(looks))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long frames are counted")
    parser.add_argument("--minutes", type=float, default=30, help="how old the stream is when memory is looked at")
    options = parser.parse_args()
    print(table(camera_figures(options.seconds, options.minutes)))


if __name__ == "__main__":
    main()
