"""make bench: the figures of the product, each beside a baseline measured in the same run.

    python -m tests.bench [--only figures|courses|patient|patients|load|camera] [--write]

Machines are noisy: read the ratios, not the milliseconds. `--write` puts the tables into docs/costs.md.
"""

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, expect

from core.commands.networks import with_block
from core.config import ROOT, VERSION
from core.domain.exercise.plan import Plan
from core.services.accounts import accounts
from core.services.exercise import plans, recognition
from core.storage.database import Store
from tests.bench.camera import camera_figures
from tests.bench.clicks import empty_clicks, practice_clicks
from tests.bench.courses import course_figures
from tests.bench.export import export_figures
from tests.bench.figure import BenchFigure, table
from tests.bench.frames import frame_figures
from tests.bench.load import HEADER, SECONDS, SIZES, load_runs
from tests.bench.million import store_trials
from tests.bench.painting import summary
from tests.bench.patient_page import patient_figures
from tests.bench.patients_list import list_figures
from tests.bench.prepared import CLINICIAN, PATIENT, prepared
from tests.bench.rating import network_figures
from tests.bench.starting import EmptyServer, demonstration_ready, first_paint, memory
from tests.browser import chromium
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.support import BROWSER, PASSWORD

PAGE = "docs/costs.md"
STARTS = 3


def starts(browser: Browser, local: Path) -> list[BenchFigure]:
    """Start to first paint, and memory, of the product and of an empty app, taking turns; and a demonstration, made
    and painted."""
    times: dict[str, list[float]] = {"product": [], "empty": []}
    held = {"product": 0.0, "empty": 0.0}
    for _ in range(STARTS):
        for name, server, text in (
            ("product", AppServer(local), "Try six faces"),
            ("empty", EmptyServer(local), "clicks 0"),
        ):
            times[name].append(first_paint(server, browser, text))
            held[name] = max(held[name], memory(server))
            server.stop()
    ready = demonstration_ready(browser, local / "demonstration")
    ours, empty = (sorted(times[name])[STARTS // 2] for name in ("product", "empty"))
    return [
        BenchFigure("server start → first paint", f"{ours:.1f} s", f"{empty:.1f} s", f"{ours / empty:.2f}×", "≤ 1.5×"),
        BenchFigure(
            "resident memory after the first page",
            f"{held['product']:.0f} MiB",
            f"{held['empty']:.0f} MiB",
            f"{held['product'] / held['empty']:.2f}×",
            "≤ 350 MiB",
        ),
        BenchFigure(
            "demonstration made → first paint",
            f"{ready:.1f} s",
            f"{ours:.1f} s (none to make)",
            f"{ready / ours:.1f}×",
            "≤ 20 s",
        ),
    ]


def clicks(browser: Browser, local: Path, store: Store) -> list[BenchFigure]:
    """Answer → feedback painted against the rerun of an empty app, with few and with a million stored trials."""
    figures = []
    for trials in ("0", "1,000,000"):
        if trials != "0":
            store_trials(store)
        end_open_run(store)
        with EmptyServer(local) as empty, AppServer(local) as server:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            base = summary(empty_clicks(page, empty.url))
            page.goto(f"{server.url}/sign-in")
            page.locator("form.door input[name=code]").fill(PATIENT)
            page.locator("form.door input[name=password]").fill(PASSWORD)
            page.locator("form.door button[type=submit]").click()
            begin = page.get_by_role("button", name="Begin")
            expect(begin).to_be_visible(timeout=SOON)
            begin.click()
            ours = summary(practice_clicks(page))
            if trials != "0":
                held = memory(server)
            page.close()
        for name, mine, its in zip(("median", "95th percentile"), ours, base, strict=True):
            what = f"answer → feedback painted, {name}, {trials} stored trials"
            figures.append(BenchFigure(what, f"{mine:.0f} ms", f"{its:.0f} ms", f"{mine / its:.2f}×", "≤ 2× (p95)"))
    figures.append(BenchFigure("resident memory after that", f"{held:.0f} MiB", "–", "–", "≤ 350 MiB"))
    return figures


def end_open_run(store: Store) -> None:
    """So that each measurement has a run of its own, which is long enough."""
    patient = accounts.sign_in(store, PATIENT, PASSWORD)
    recognition.stop(store, patient, recognition.begin(store, patient, BROWSER))


def figures_table() -> str:
    """What a start, a click and a network's look cost; printed, too."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = prepared(local)
        clinician = accounts.sign_in(store, CLINICIAN, PASSWORD)
        plan = Plan(practice_length=70, check_every=50)
        plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, plan)
        with chromium() as browser:
            figures = [*starts(browser, local), *clicks(browser, local, store)]
    finally:
        shutil.rmtree(local, ignore_errors=True)
    printed = table(
        [
            *figures,
            *patient_figures(),
            *list_figures(),
            *export_figures(),
            *course_figures(),
            *network_figures(),
            *frame_figures(),
        ]
    )
    print(printed)
    return printed


def load_table(sizes: list[int], seconds: float) -> str:
    """What many patients at once cost, printed line by line; what went wrong goes to standard error."""
    lines = [HEADER]
    print(HEADER, flush=True)
    for run in load_runs(sizes, seconds):
        lines.append(run.line())
        print(lines[-1], flush=True)
        print(*run.errors, sep="\n", end="", file=sys.stderr)
    return "\n".join(lines)


def write(name: str, printed: str) -> None:
    """Put a table between its two marks in the documentation, with the day and the version it is of."""
    page = ROOT / PAGE
    text = page.read_text(encoding="utf-8")
    dated = f"Printed on {date.today().isoformat()} by version {VERSION}.\n\n{printed}"
    page.write_text(with_block(text, name, dated), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only",
        choices=["export", "figures", "courses", "patient", "patients", "load", "camera"],
        help="one of the tables",
    )
    parser.add_argument("--patients", type=int, nargs="+", default=list(SIZES), help="how many at once, for load")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each line of load takes")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE}")
    parser.add_argument("--minutes", type=float, default=30, help="age of the stream when memory is compared")
    options = parser.parse_args()
    if options.only in {None, "figures"}:
        printed = figures_table()
        if options.write:
            write("bench", printed)
    if options.only == "courses":
        print(table(course_figures()))
    if options.only == "patients":
        print(table(list_figures()))
    if options.only == "export":
        print(table(export_figures()))
    if options.only == "patient":
        print(table(patient_figures()))
    if options.only in {None, "load"}:
        printed = load_table(options.patients, options.seconds)
        if options.write:
            write("load", printed)
    if options.only in {None, "camera"}:
        printed = table(camera_figures(minutes=options.minutes))
        print(printed)
        if options.write:
            write("camera", printed)


if __name__ == "__main__":
    main()
