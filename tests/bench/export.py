"""What an export of a million trials costs, beside a bare CSV-and-zip of the same rows, and its memory.

    python -m tests.bench.export [--patients 1000]

Each runs in a process of its own on one database of invented patients who all agreed to research.
"""

import argparse
import csv
import io
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from core.config import VERSION
from core.domain.exercise.selection import Selection
from core.services.faces import stimulus_sets
from core.services.research import export
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests.bench.figure import BenchFigure, table
from tests.bench.million import store_trials

_AGREED = (
    "INSERT INTO consents (person_id, purpose, by, decision, version, language, text_hash, at) "
    "SELECT id, 'research', 'person', 'yes', '1', 'en', '', '2026-01-01 00:00:00' FROM people WHERE role = 'patient'"
)
_SEEN = (
    "UPDATE trials SET network_id = 1, network_probabilities = '[0.1, 0.1, 0.3, 0.2, 0.1, 0.1, 0.1]', "
    f"language = 'en', device = 'computer', \"window\" = '1440x900@1', software = '{VERSION}'"
)
_BARE = """
SELECT p.id, e.id, e.started_at, e.device, e.user_agent, b.id, b.task, b.kind, b.blueprint, b.form, b.design, b.seed,
       b.length, b.started_at, b.ended_at, b.stopped, b.hard, g.name, g.version, g.hash, t.number, t.target,
       t.intensity, t.exposure_ms, t.painted_at, t.answered_at, t.response, t.best_guess, t.response_time_ms,
       t.focus_lost, t.void, t.earlier_face, t.earlier_identity, t.network_probabilities, t.frames, t.way, t.language,
       t.window, t.device, t.software, n.name, n.version, n.hash, s.file, s.picture_hash, s.identity, s.sex, s.skin
FROM people p JOIN blocks b ON b.person_id = p.id JOIN sessions e ON e.id = b.session_id
JOIN trials t ON t.block_id = b.id JOIN stimuli s ON s.id = t.stimulus_id JOIN stimulus_sets g ON g.id = b.set_id
LEFT JOIN networks n ON n.id = t.network_id
ORDER BY p.id, b.started_at, b.id, t.number
"""


def prepared(folder: Path, patients: int) -> Path:
    """A database with a thousand trials of each of `patients`."""
    path = folder / "lexithymia.db"
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    stimulus_sets.update_faces(store, load_default())
    store_trials(store, patients)
    store.close()
    with sqlite3.connect(path) as database:
        database.execute(_AGREED)
        database.execute(_SEEN)
    return path


def bare(database: Path, out: Path) -> int:
    """Every column of the same rows by the csv module into one deflated member of a zip."""
    rows = 0
    with (
        sqlite3.connect(database) as reading,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("trials.csv", "w", force_zip64=True) as member,
        io.TextIOWrapper(member, encoding="utf-8", newline="") as text,
    ):
        found = reading.execute(_BARE)
        writer = csv.writer(text)
        writer.writerow([column[0] for column in found.description])
        for row in found:
            writer.writerow(row)
            rows += 1
    return rows


def product(database: Path, out: Path) -> int:
    """The product's own export."""
    store = Store(f"sqlite:///{database}")
    return export.export_by_command(store, Selection(), out, lambda rows: True).trials


def measured(which: str, database: Path, out: Path) -> tuple[int, float, float]:
    """Rows, seconds of the processor (which other work on the machine does not lengthen) and MiB at most, of one of the
    two in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.export", "--alone", which, str(database), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, seconds, memory = json.loads(done.stdout)
    return int(rows), float(seconds), float(memory)


def export_figures(patients: int = 1000) -> list[BenchFigure]:
    """Seconds beside the bare zip, and memory."""
    with tempfile.TemporaryDirectory(prefix="lexithymia-export-") as name:
        folder = Path(name)
        database = prepared(folder, patients)
        rows, base, held_base = measured("bare", database, folder / "bare.zip")
        own_rows, ours, held = measured("product", database, folder / "product.zip")
        assert own_rows == rows, f"{own_rows} rows exported, {rows} there"
        sizes = [(folder / f"{which}.zip").stat().st_size / 1e6 for which in ("product", "bare")]
    return [
        BenchFigure(
            f"export of {rows:,} trials, processor",
            f"{ours:.1f} s",
            f"{base:.1f} s (CSV and zip)",
            f"{ours / base:.2f}×",
            "≤ 5×",
        ),
        BenchFigure("its memory at most", f"{held:.0f} MiB", f"{held_base:.0f} MiB", "–", "≤ 500 MB (477 MiB)"),
        BenchFigure("its size", f"{sizes[0]:.0f} MB", f"{sizes[1]:.0f} MB", "–", "–"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", type=int, default=1000)
    parser.add_argument("--alone", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone is None:
        print(table(export_figures(options.patients)))
        return
    which, database, out = options.alone
    begun = time.process_time()
    rows = {"bare": bare, "product": product}[which](Path(database), Path(out))
    seconds = time.process_time() - begun
    print(json.dumps([rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


if __name__ == "__main__":
    main()
