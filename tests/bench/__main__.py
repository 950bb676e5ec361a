"""make bench: the figures of the product, each beside a baseline measured in the same run.

    python -m tests.bench [--only NAME [--json]] [--write]

Machines are noisy: read the ratios, not the milliseconds. `--write` puts the tables into the pages
that keep them.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, expect

from core.commands.networks import with_block
from core.config import ROOT, VERSION
from core.domain.exercise.plan import Plan
from core.services.accounts import accounts
from core.services.exercise import plans, recognition, runs
from core.storage.database import Store
from tests.bench.block_courses import STORED
from tests.bench.camera import camera_figures
from tests.bench.clicks import empty_clicks, practice_clicks
from tests.bench.clip import clip_figures
from tests.bench.courses import course_figures
from tests.bench.engine import engine_figures
from tests.bench.export import export_figures
from tests.bench.faces import EACH, face_figures
from tests.bench.figure import BenchFigure, BenchRow, lines
from tests.bench.follow_ups import follow_up_figures
from tests.bench.frames import frame_figures
from tests.bench.history import history_figures
from tests.bench.kills import KILLS, kill_figures
from tests.bench.load import SECONDS, SIZES, load_runs
from tests.bench.million import store_trials
from tests.bench.networks import network_rows
from tests.bench.painting import summary
from tests.bench.patient_page import patient_figures
from tests.bench.patients_list import list_figures
from tests.bench.player import player_figures
from tests.bench.prepared import CLINICIAN, PATIENT, prepared
from tests.bench.rating import network_figures
from tests.bench.starting import EmptyServer, demonstration_ready, first_paint, memory
from tests.browser import chromium
from tests.e2e.acting import SOON
from tests.e2e.server import AppServer
from tests.support import BROWSER, PASSWORD

COSTS = "docs/costs.md"
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
    runs.stop(store, patient, recognition.begin(store, patient, BROWSER).id)


def product_figures(_: argparse.Namespace) -> Iterator[BenchRow]:
    """What a start, a click, a page, an export and a network's look cost."""
    local = Path(tempfile.mkdtemp(prefix="lexithymia-bench-"))
    try:
        store = prepared(local)
        clinician = accounts.sign_in(store, CLINICIAN, PASSWORD)
        plan = Plan(practice_length=70, check_every=50)
        plans.set_plan(store, clinician, accounts.patients(store, clinician)[0].id, plan)
        with chromium() as browser:
            yield from starts(browser, local)
            yield from clicks(browser, local, store)
    finally:
        shutil.rmtree(local, ignore_errors=True)
    yield from patient_figures()
    yield from list_figures()
    yield from export_figures()
    yield from network_figures()
    yield from frame_figures()


def load(options: argparse.Namespace) -> Iterator[BenchRow]:
    """What many patients at once cost; what went wrong goes to standard error."""
    for run in load_runs(options.patients, options.seconds):
        yield run
        print(*run.errors, sep="\n", end="", file=sys.stderr)


@dataclass(frozen=True)
class BenchSection:
    """A table: what it is about, how its rows are measured, and the name of its block where `page`
    keeps it."""

    about: str
    rows: Callable[[argparse.Namespace], Iterable[BenchRow]]
    block: str = ""
    page: str = COSTS


SECTIONS = {
    "figures": BenchSection(
        "the product: all below but courses, load and camera, and starts and clicks", product_figures, "bench"
    ),
    "patient": BenchSection("the patient's page", lambda _: patient_figures()),
    "patients": BenchSection("the list of patients", lambda _: list_figures()),
    "history": BenchSection("a patient with a long history", lambda _: history_figures()),
    "export": BenchSection("an export of a million trials", lambda _: export_figures()),
    "courses": BenchSection(
        "how often a course is called changed",
        lambda options: course_figures(options.stored),
        "courses",
        "docs/measures.md",
    ),
    "follow-up": BenchSection(
        "how often a follow-up says that it is kept, or not",
        lambda _: follow_up_figures(),
        "follow-up",
        "docs/measures.md",
    ),
    "engine": BenchSection("practice that adapts, on simulated learners", lambda _: engine_figures()),
    "networks": BenchSection(
        "the networks that ship, beside `fer`", lambda _: network_rows(), "networks", "docs/networks.md"
    ),
    "frames": BenchSection("finding and rating a face", lambda _: frame_figures()),
    "player": BenchSection("the player beside jsPsych", lambda _: player_figures(), "player"),
    "clip": BenchSection("faces that move, beside a bare dissolve", lambda _: clip_figures(), "clip"),
    "load": BenchSection("many patients at once", load, "load"),
    "kills": BenchSection("kills at random, and disks that are full", lambda options: kill_figures(options.kills)),
    "faces": BenchSection(
        "faces found and false, by kind of picture",
        lambda options: face_figures(options.each, options.fer2013),
        "faces",
    ),
    "camera": BenchSection("the live mirror", lambda options: camera_figures(minutes=options.minutes), "camera"),
}


def write(section: BenchSection, printed: str) -> None:
    """Put a table between its two marks in the documentation, with the day and the version it is of."""
    page = ROOT / section.page
    text = page.read_text(encoding="utf-8")
    dated = f"Printed on {date.today().isoformat()} by version {VERSION}.\n\n{printed}"
    page.write_text(with_block(text, section.block, dated), encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    sections = "\n".join(f"  {name:<10}{section.about}" for name, section in SECTIONS.items())
    made = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        epilog=f"NAME is one of\n{sections}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--only", choices=SECTIONS, metavar="NAME", help="one of the tables")
    made.add_argument("--json", action="store_true", help="print its rows as a list of objects, a cell for each column")
    made.add_argument("--patients", type=int, nargs="+", default=list(SIZES), help="how many at once, for load")
    made.add_argument("--seconds", type=float, default=SECONDS, help="how long each line of load takes")
    made.add_argument("--each", type=int, default=EACH, help="pictures of every kind, for faces")
    made.add_argument("--fer2013", type=Path, metavar="PATH", help="FER-2013, which faces searches, too")
    made.add_argument(
        "--stored", type=int, default=STORED, help="people of each kind through the services, for courses"
    )
    made.add_argument("--kills", type=int, default=KILLS, help="how many, for kills")
    made.add_argument("--write", action="store_true", help="put the tables into the documentation")
    made.add_argument("--minutes", type=float, default=30, help="age of the stream when memory is compared")
    return made


def show(section: BenchSection, options: argparse.Namespace) -> None:
    """Measure a section and print it; store it where a page keeps it, if that is asked for."""
    rows = section.rows(options)
    if options.json:
        print(json.dumps([row.cells() for row in rows], ensure_ascii=False, indent=1))
        return
    printed = []
    for line in lines(rows):
        print(line, flush=True)
        printed.append(line)
    if options.write and section.block:
        write(section, "\n".join(printed))


def main() -> None:
    options = parser().parse_args()
    if options.json and not options.only:
        parser().error("--json prints one section: name it by --only")
    for name, section in SECTIONS.items():
        if name == options.only or (options.only is None and section.block):
            show(section, options)


if __name__ == "__main__":
    main()
