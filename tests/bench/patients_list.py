"""The list of 5,000 patients beside an empty app's page.

python -m tests.bench --only patients
"""

import shutil
import tempfile
import time
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from statistics import median

from playwright.sync_api import Page, expect
from sqlalchemy import insert, select

from core.domain.patient.caseload import CaseloadFilter, CaseloadOptions, CaseloadSort
from core.domain.statistics.change import VerdictKind
from core.services.accounts import accounts
from core.services.clinic.caseload import caseload
from core.storage.database import Store
from core.storage.tables import CareRow, PersonRow, SummaryRow, TrainingDayRow, new_id, now
from tests.bench.clicks import CLICKS, empty_clicks
from tests.bench.figure import BenchFigure
from tests.bench.painting import painted_after, summary
from tests.bench.patient_page import BLANK, EMPTY, OPENED, opened
from tests.bench.prepared import CLINICIAN, prepared
from tests.bench.processor import ProcessorShares
from tests.bench.starting import EmptyServer
from tests.browser import chromium
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.support import PASSWORD

PATIENTS = 5_000
LIST = "[...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.caseload tbody tr'))"


def list_figures() -> list[BenchFigure]:
    """Lines of the table: opening the list, another order of it, and what the server does for one page."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = prepared(local)
        add_patients(store, PATIENTS)
        token = accounts.sign_in(store, CLINICIAN, PASSWORD)
        read = median(_read(store, token, options) for options in _options() for _ in range(3))
        slowest = max(median(_read(store, token, options) for _ in range(3)) for options in _options())
        with chromium() as browser, EmptyServer(local) as empty, AppServer(local) as server:
            mine, theirs = browser.new_page(viewport={"width": 1280, "height": 900}), browser.new_page()
            mine.goto(f"{server.url}/sign-in")
            mine.locator("form.door input[name=code]").fill(CLINICIAN)
            mine.locator("form.door input[name=password]").fill(PASSWORD)
            mine.locator("form.door button[type=submit]").click()
            expect(mine.get_by_role("button", name="Sign out")).to_be_visible(timeout=SOON)
            times = [(opened(mine, server.url, LIST), opened(theirs, empty.url, EMPTY)) for _ in range(OPENED + 1)]
            own, base = (median(values) for values in zip(*times[1:], strict=True))
            theirs.goto(BLANK)
            with (ours := ProcessorShares()).of(server, OPENED):
                turned, _ = summary([_turned(mine, place) for place in range(OPENED)])
            mine.goto(BLANK)
            with (bare := ProcessorShares()).of(empty, CLICKS):
                clicked, _ = summary(empty_clicks(theirs, empty.url))
    finally:
        shutil.rmtree(local, ignore_errors=True)
    many = f"{PATIENTS:,} patients"
    return [
        _line(f"my patients opened → list painted, median, {many}", own, base, "≤ 2.5×"),
        _line(f"another order clicked → list painted, median, {many}", turned, clicked, "≤ 5×"),
        BenchFigure("… processor of such a click", str(ours), f"{bare} (an empty page)", "–", "–"),
        BenchFigure(
            f"a page of the list read, median of all orders and filters, {many}",
            f"{read:.0f} ms",
            f"{slowest:.0f} ms the slowest",
            "–",
            "≤ 100 ms",
        ),
    ]


def add_patients(store: Store, number: int) -> None:
    """Invented patients of the first clinician, with summary rows and days of training as if they had trained."""
    random, today = Random(0), now()
    with store.begin() as db:
        clinician = db.scalars(select(PersonRow.id).where(PersonRow.code == CLINICIAN)).one()
        people, standings, days = [], [], []
        for place in range(number):
            id_, last = new_id(), today - timedelta(days=random.expovariate(1 / 12))
            code = f"P-{place:05d}"
            people.append({"id": id_, "code": code, "code_key": code.casefold(), "role": "patient"})
            figures = ("checks", "practised", "practices_needed", "faces_needed", "faces_before", "faces_after")
            standings.append(
                {
                    "person_id": id_,
                    "last_practice": last,
                    "checks": (checks := random.randrange(9)),
                    "checks_left": 8 - checks,
                    "verdict": random.choice(list(VerdictKind)),
                    "gain": random.gauss(0.1, 0.15),
                    "change": {name: random.randrange(150) for name in figures},
                    "line": [random.random() for _ in range(checks)],
                    "hard_at": last if random.random() < 0.1 else None,
                }
            )
            ago = random.sample(range(60), 10)
            days += [
                {"person_id": id_, "day": (today - timedelta(days=day)).date(), "seconds": random.uniform(60, 900)}
                for day in ago
            ]
        db.execute(insert(PersonRow), people)
        db.execute(insert(CareRow), [{"clinician_id": clinician, "patient_id": one["id"]} for one in people])
        db.execute(insert(SummaryRow), standings)
        db.execute(insert(TrainingDayRow), days)


def _options() -> list[CaseloadOptions]:
    orders = [
        CaseloadOptions(sort=sort, descending=down, page=page)
        for sort, down, page in product(CaseloadSort, (False, True), (0, 50))
    ]
    return [
        *orders,
        *(CaseloadOptions(show=show, sort=CaseloadSort.LAST) for show in CaseloadFilter),
        CaseloadOptions(search="99"),
    ]


def _read(store: Store, token: str, options: CaseloadOptions) -> float:
    began = time.perf_counter()
    caseload(store, token, options)
    return 1000 * (time.perf_counter() - began)


def _turned(page: Page, place: int) -> float:
    """Milliseconds from a click on a heading until the list stands the other way round."""
    page.wait_for_timeout(500)
    way = "descending" if place % 2 == 0 else "ascending"
    return painted_after(page, "find('[data-sort=dose]').click()", f"find('th[aria-sort={way}] [data-sort=dose]')")


def _line(name: str, own: float, base: float, target: str) -> BenchFigure:
    return BenchFigure(name, f"{own:.0f} ms", f"{base:.0f} ms", f"{own / base:.2f}×", target)
