"""The clinician's page of one patient beside an empty app's page, with a hundred and with a million stored trials.

python -m tests.bench --only patient
"""

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect

from core.services import accounts
from core.services.review import review
from core.storage.database import Store
from tests.bench.figure import Figure
from tests.bench.million import store_trials
from tests.bench.prepared import CLINICIAN, prepared
from tests.bench.starting import EmptyServer
from tests.browser import chromium
from tests.e2e.acting import SOON
from tests.e2e.server import Server
from tests.support import PASSWORD

OPENED = 12
_SHOWN = """
async (holds) => {
  const shown = new Function(`return ${holds}`);
  while (!shown()) await new Promise(requestAnimationFrame);
  return performance.now();
}
"""
PATIENT = (
    "document.body.innerText.includes('Baseline finished')"
    " && document.querySelectorAll('.js-plotly-plot .main-svg').length >= 4"
)
EMPTY = "document.body.innerText.includes('clicks 0')"


def patient_figures() -> list[Figure]:
    """Lines of the table: opening the page (headline and both charts painted), and what the server does for it."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = prepared(local)
        with chromium() as browser:
            few, reads = _measured(browser, local, store)
            store_trials(store)
            many, reads_many = _measured(browser, local, store)
    finally:
        shutil.rmtree(local, ignore_errors=True)
    grown = f"{100 * (many[0] / few[0] - 1):+.0f} % from 100 to 1,000,000"
    return [
        _line("100", few, "≤ 2.5×"),
        _line("1,000,000", many, f"≤ 2.5× and ≤ 20 % more ({grown})"),
        Figure(
            "all that the page reads of a patient, median, 1,000,000 stored trials",
            f"{reads_many:.0f} ms",
            f"{reads:.0f} ms with 100",
            f"{reads_many / reads:.2f}×",
            "≤ 1.2×",
        ),
    ]


def _line(trials: str, times: tuple[float, float], target: str) -> Figure:
    name = f"patient page opened → headline and charts painted, median, {trials} stored trials"
    return Figure(name, f"{times[0]:.0f} ms", f"{times[1]:.0f} ms", f"{times[0] / times[1]:.2f}×", target)


def _measured(browser: Browser, local: Path, store: Store) -> tuple[tuple[float, float], float]:
    """Medians in ms: the page and an empty one, taking turns; and `review` alone."""
    token = accounts.sign_in(store, CLINICIAN, PASSWORD)
    person = accounts.patients(store, token)[0].id
    with EmptyServer(local) as empty, Server(local) as server:
        mine, theirs = browser.new_page(viewport={"width": 1280, "height": 900}), browser.new_page()
        mine.goto(f"{server.url}/sign-in")
        mine.locator("form.door input[name=code]").fill(CLINICIAN)
        mine.locator("form.door input[name=password]").fill(PASSWORD)
        mine.locator("form.door button[type=submit]").click()
        expect(mine.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)
        address = f"{server.url}/patient?patient={person}"
        times = [(opened(mine, address, PATIENT), opened(theirs, empty.url, EMPTY)) for _ in range(OPENED + 1)]
        mine.close()
        theirs.close()
    own, base = zip(*times[1:], strict=True)  # the first one fills the browser's cache
    return (median(own), median(base)), median(_read(store, token, person) for _ in range(OPENED))


def opened(page: Page, url: str, holds: str) -> float:
    """Milliseconds from the navigation to the frame at which `holds` is true."""
    page.goto(url, wait_until="commit")
    return float(page.evaluate(_SHOWN, holds))


def _read(store: Store, token: str, person: str) -> float:
    began = time.perf_counter()
    review(store, token, person)
    return 1000 * (time.perf_counter() - began)
