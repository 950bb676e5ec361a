"""Player beside jsPsych: from an answer to the next face on the screen, with the same pictures in the same Chromium, on
this machine and on a slow line; the bytes of a run and the server's processor time for an answer.

jsPsych comes from npm into a folder that goes with the measurement. Ours is timed by what the player stores with each
answer (`painted_at`, `answered_at`), jsPsych likewise from the click to the frame after the one that holds the next
picture.
"""

import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, Request

from core.services.accounts import accounts
from core.services.exercise import recognition, runs
from core.storage.database import Store
from tests.bench.figure import BenchFigure
from tests.bench.painting import summary
from tests.bench.prepared import CLINICIAN, prepared
from tests.browser import chromium
from tests.e2e.server import AppServer
from tests.e2e.windows import carry
from tests.support import BROWSER, PASSWORD, new_patient_before_blocks

RUNS, FACES = 3, 42
LOOKS_MS = 600
"""Between a face and its answer."""
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s, 200 ms each way."""
AFTER_THE_FIRST = 3
"""Faces of a slow line that are not counted."""
PACKAGES = ("jspsych@8", "@jspsych/plugin-image-button-response@2", "@jspsych/plugin-preload@2")
_PRESS = "document.dispatchEvent(new KeyboardEvent('keydown', {key: '3', code: 'Digit3', bubbles: true}))"
_PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="jspsych.css">
<script src="jspsych.js"></script><script src="image-button-response.js"></script><script src="preload.js"></script>
<body><script>
const pictures = Array.from({ length: %d }, (_, n) => `${n + 1}.webp`);
const jsPsych = initJsPsych();
const choices = ["Anger", "Disgust", "Fear", "Happiness", "Sadness", "Surprise", "Neutral", "Not sure"];
jsPsych.run([
  { type: jsPsychPreload, images: pictures },
  ...pictures.map((stimulus) => (
    { type: jsPsychImageButtonResponse, stimulus, choices, render_on_canvas: false, prompt: "What does this show?" }
  )),
]);
</script>"""
_NEXT_PICTURE = """async (n) => {
  const frame = () => new Promise(requestAnimationFrame);
  const button = [...document.querySelectorAll("button")].find((b) => b.textContent.includes("Fear"));
  const begun = performance.now();
  button.click();
  const there = () => document.querySelector("img")?.src.endsWith(`/${n}.webp`);
  if (there()) await frame(); // at once: the next frame holds it
  else while (!there()) await frame();
  await frame();
  return performance.now() - begun;
}"""


@dataclass
class PlayedRuns:
    """What was measured of some runs. Times in milliseconds."""

    next_face: list[float] = field(default_factory=list)
    first_face: list[float] = field(default_factory=list)
    """From "Begin"."""
    processor: float = 0.0
    """The server's, for each answer."""
    size: int = 0
    """Bytes that its browser gets from "Begin" to the last face."""
    pictures: int = 0
    """Of these, in its pictures."""


def player_figures() -> Iterator[BenchFigure]:
    """The table."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = prepared(local)
        with chromium() as browser, _jspsych(local / "jspsych", store) as peer, AppServer(local) as server:
            theirs = _jspsych_times(browser, peer)
            plain = _played(browser, server, store, "plain")
            slow = _played(browser, server, store, "slow", line=SLOW)
            again = _jspsych_times(browser, peer)
    finally:
        shutil.rmtree(local, ignore_errors=True)
    peers = summary(theirs + again)
    for line, played, must in (
        ("this machine", plain, "≤ 1.5×, p95 ≤ 33 ms"),
        ("400 kbit/s, 200 ms each way", slow, "as here"),
    ):
        for name, mine, its in zip(("median", "95th percentile"), summary(played.next_face), peers, strict=True):
            what = f"answer → next face painted, {name}, {line}"
            yield BenchFigure(what, f"{mine:.1f} ms", f"{its:.1f} ms (jsPsych)", f"{mine / its:.2f}×", must)
    first = summary(slow.first_face)[0] / 1000
    here = summary(plain.first_face)[0] / 1000
    what = '"Begin" → first face painted, 400 kbit/s, 200 ms each way'
    yield BenchFigure(what, f"{first:.1f} s", f"{here:.1f} s (this machine)", f"{first / here:.1f}×", "≤ 3 s")
    share = plain.size / plain.pictures
    sizes = (f"{plain.size / 1000:.0f} kB", f"{plain.pictures / 1000:.0f} kB (its pictures)")
    yield BenchFigure(f"bytes that a browser gets for a run of {FACES}", *sizes, f"{share:.2f}×", "≤ 1.15×")
    cost = f"{1000 * plain.processor:.1f} ms"
    yield BenchFigure("the server's processor for an answer", cost, "–", "–", "≤ 1/5 of a script's run")


def _played(
    browser: Browser, server: AppServer, store: Store, code: str, line: dict[str, Any] | None = None
) -> PlayedRuns:
    found = PlayedRuns()
    clinician = accounts.sign_in(store, CLINICIAN, PASSWORD)
    for number in range(RUNS):
        token = new_patient_before_blocks(store, clinician, f"P-{code}-{number}")
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        carry(page, server.url, token)
        page.goto(server.url)
        page.get_by_role("button", name="Begin").wait_for()
        _play_one(page, server, found, line)
        context.close()
    return found


def _play_one(page: Page, server: AppServer, found: PlayedRuns, line: dict[str, Any] | None) -> None:
    events: dict[int, dict[str, Any]] = {}

    def hear(request: Request) -> None:
        if request.method == "POST" and "/runs/" in request.url:
            for event in json.loads(request.post_data or "{}")["events"]:
                events[event["number"]] = event

    page.on("request", hear)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: dict[str, int] = {}
    pictures: set[str] = set()
    wire.on("Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], int(e["encodedDataLength"])))
    wire.on(
        "Network.responseReceived",
        lambda e: pictures.add(e["requestId"]) if e["response"]["url"].endswith(".webp") else None,
    )
    received: list[int] = []
    wire.on("Network.webSocketFrameReceived", lambda e: received.append(len(e["response"]["payloadData"]) * 3 // 4))
    if line:
        wire.send("Network.emulateNetworkConditions", line)
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    begun = page.evaluate(
        """() => {
          [...document.querySelectorAll("button")].find((b) => b.textContent === "Begin").click();
          return performance.timeOrigin + performance.now();
        }"""
    )
    page.locator(".trial .answers").wait_for(timeout=60_000)
    page.wait_for_timeout(5 * LOOKS_MS)
    before = _processor(process)
    for number in range(1, FACES + 1):
        page.wait_for_timeout(LOOKS_MS)
        if number == FACES:  # after it comes another page
            found.processor += (_processor(process) - before) / (FACES - 1) / RUNS
            found.size = sum(sizes.values()) + sum(received)
            found.pictures = sum(size for request, size in sizes.items() if request in pictures)
        page.evaluate(_PRESS)
    page.get_by_role("heading", name="Your result").wait_for(timeout=60_000)
    painted = {number: event["painted_at"] for number, event in events.items()}
    found.first_face.append(painted[1] - begun)
    first = 1 + (AFTER_THE_FIRST if line else 0)
    found.next_face += [
        painted[number + 1] - events[number]["answered_at"] for number in range(first, FACES) if number in events
    ]


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _jspsych_times(browser: Browser, url: str) -> list[float]:
    times = []
    for _ in range(RUNS):
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(url)
        page.locator("img").wait_for()
        for number in range(2, FACES + 1):
            page.wait_for_timeout(LOOKS_MS)
            times.append(float(page.evaluate(_NEXT_PICTURE, number)))
        page.close()
    return times


@contextmanager
def _jspsych(folder: Path, store: Store) -> Iterator[str]:
    """The address of an experiment of jsPsych's with the pictures of a check."""
    folder.mkdir()
    subprocess.run(["npm", "pack", *PACKAGES], cwd=folder, check=True, capture_output=True, timeout=120)
    for archive in folder.glob("*.tgz"):
        name = archive.name.removeprefix("jspsych-plugin-").rsplit("-", 1)[0]
        with tarfile.open(archive) as packed:
            _unpack(packed, "package/dist/index.browser.min.js", folder / f"{name}.js")
            if name == "jspsych":
                _unpack(packed, "package/css/jspsych.css", folder / "jspsych.css")
    token = new_patient_before_blocks(store, accounts.sign_in(store, CLINICIAN, PASSWORD), "P-peer")
    block = recognition.begin(store, token, BROWSER)
    for number in range(1, FACES + 1):
        (folder / f"{number}.webp").write_bytes(runs.picture(store, token, block.id, number)[1])
    (folder / "index.html").write_text(_PAGE % FACES, encoding="utf-8")
    served = ThreadingHTTPServer(("localhost", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{served.server_port}/"
    finally:
        served.shutdown()


def _unpack(packed: tarfile.TarFile, name: str, to: Path) -> None:
    file = packed.extractfile(name)
    assert file is not None
    to.write_bytes(file.read())


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Each request would be a line."""
