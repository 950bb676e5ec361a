"""The clinician's page of a patient with half a year of checks beside an empty app's page, with the trials of that
patient alone and with a million more.

python -m tests.bench --only patient
"""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect

from core.services.accounts import accounts
from core.services.clinic.record import in_care, review
from core.storage.database import Store
from tests.bench.figure import BenchFigure
from tests.bench.million import store_trials
from tests.bench.prepared import CLINICIAN, LATER_CHECKS, half_a_year, prepared
from tests.bench.processor import ProcessorShares
from tests.bench.starting import EmptyServer
from tests.browser import chromium
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.support import PASSWORD

OPENED = 12
BLANK = "about:blank"
_SHOWN = """
async (holds) => {
  const conditions = holds.map((one) => new Function(`return ${one}`));
  const times = [];
  while (times.length < conditions.length) {
    await new Promise(requestAnimationFrame);
    while (times.length < conditions.length && conditions[times.length]()) times.push(performance.now());
    if (performance.now() > 60000) throw new Error('not painted within a minute: ' + holds[times.length]);
  }
  return times;
}
"""
WORDS = (
    "[/than before training|Cannot tell yet/, /Practice in four weeks/]"
    ".every((one) => one.test(document.body.innerText))"
)
CHARTS = "document.querySelectorAll('.js-plotly-plot .main-svg .trace, .js-plotly-plot .main-svg .hm').length >= 2"
EMPTY = "document.body.innerText.includes('clicks 0')"
BARE = "document.querySelectorAll('.js-plotly-plot .main-svg .trace').length >= 2"


@dataclass(frozen=True)
class Opened:
    """Medians in ms: headline and figures painted, charts painted; an empty page, one with two bare charts; what
    `review` takes by itself."""

    words: float
    charts: float
    empty: float
    bare: float
    read: float
    shares: str
    """Of the processor until its charts are painted, by server and browser."""
    bare_shares: str


def patient_figures() -> list[BenchFigure]:
    """Lines of the table: opening the page of one patient, and what the server reads for it."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = prepared(local)
        own = f"{half_a_year(store):,}"
        with chromium() as browser:
            few = _measured(browser, local, store)
            store_trials(store)
            many = _measured(browser, local, store)
    finally:
        shutil.rmtree(local, ignore_errors=True)
    grown = many.words / many.empty / (few.words / few.empty) - 1
    figures = []
    for trials, one in ((own, few), ("1,000,000", many)):
        name = f"patient page, {2 + LATER_CHECKS} checks → headline and figures painted, {trials} stored trials"
        target = "≤ 2×" if one is few else f"≤ 2×, ≤ 20 % more than with {own} ({100 * grown:+.0f} %)"
        figures.append(_line(name, one.words, one.empty, "an empty page", target))
        name = f"… its two charts painted, {trials} stored trials"
        figures.append(_line(name, one.charts, one.bare, "two bare charts", "≤ 2.5×"))
        name = f"… processor until then, {trials} stored trials"
        figures.append(BenchFigure(name, one.shares, f"{one.bare_shares} (two bare charts)", "–", "–"))
    name = "all that the page reads of a patient, 1,000,000 stored trials"
    return [*figures, _line(name, many.read, few.read, f"with {own}", "≤ 1.2×")]


def _line(name: str, own: float, base: float, what: str, target: str) -> BenchFigure:
    return BenchFigure(name, f"{own:.0f} ms", f"{base:.0f} ms ({what})", f"{own / base:.2f}×", target)


def _measured(browser: Browser, local: Path, store: Store) -> Opened:
    """The page, an empty one and one with bare charts, taking turns."""
    token = accounts.sign_in(store, CLINICIAN, PASSWORD)
    person = next(iter(in_care(store, token)))
    with EmptyServer(local) as empty, EmptyServer(local, "empty_charts.py") as bare, AppServer(local) as server:
        page, other = browser.new_page(viewport={"width": 1280, "height": 900}), browser.new_page()
        page.goto(f"{server.url}/sign-in")
        page.locator("form.door input[name=code]").fill(CLINICIAN)
        page.locator("form.door input[name=password]").fill(PASSWORD)
        page.locator("form.door button[type=submit]").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)
        address = f"{server.url}/patient?patient={person}"
        own, others, times = ProcessorShares(), ProcessorShares(), []
        opened(page, address, CHARTS)  # the browser's cache fills
        opened(other, bare.url, BARE)
        for _ in range(OPENED):
            page.goto(BLANK)
            other.goto(BLANK)
            with own.of(server):
                shown = moments(page, address, WORDS, CHARTS)
            page.goto(BLANK)
            plain = opened(other, empty.url, EMPTY)
            other.goto(BLANK)
            with others.of(bare):
                charts = opened(other, bare.url, BARE)
            times.append((*shown, plain, charts, _read(store, token, person)))
        page.close()
        other.close()
    words, drawn, plain, charts, read = (median(values) for values in zip(*times, strict=True))
    return Opened(words, drawn, plain, charts, read, str(own), str(others))


def moments(page: Page, url: str, *holds: str) -> list[float]:
    """Milliseconds from the navigation to the frames at which each of `holds` is first true, one after the other."""
    page.goto(url, wait_until="commit")
    times: list[float] = page.evaluate(_SHOWN, list(holds))
    return times


def opened(page: Page, url: str, holds: str) -> float:
    """Milliseconds from the navigation to the frame at which `holds` is true."""
    return moments(page, url, holds)[0]


def _read(store: Store, token: str, person: str) -> float:
    began = time.perf_counter()
    review(store, token, person)
    return 1000 * (time.perf_counter() - began)
