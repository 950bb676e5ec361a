"""Make a demonstration: a new database with invented accounts of every role and six months of training.

    python -m core demo --out data/local/demo.db [--seed 1] [--patients 40] [--truth truth.json]

`make demo` does this and serves it. What is at OUT is replaced if it is a demonstration, and left alone if it is not.
The truth that --truth writes is what every answer was drawn from (see core/simulate/learner.py). With --look the
network's answers to the built-in faces are written beside it instead, so that a demonstration need not wait for them.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from core.config import DATA, settings
from core.domain.people import Refusal
from core.services.accounts.demonstration import invented
from core.simulate.demonstration import Answers, make
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import default_card

LOOKS = DATA / "networks" / "builtin_faces.json"
"""{"network": SHA-256 of its file, "answers": {picture hash: seven probabilities}}"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=settings().local / "demo.db", help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same people (default: 1)")
    parser.add_argument("--patients", type=int, default=40, help="how many, at least 3 (default: 40)")
    parser.add_argument("--truth", type=Path, help="where to write what the answers were drawn from")
    parser.add_argument("--look", action="store_true", help=f"write {LOOKS.name} anew, for another network")


def run(options: argparse.Namespace) -> int:
    if options.look:
        return look()
    if options.patients < 3:
        sys.exit(f"--patients is {options.patients}; expected 3 or more, for the three stories at the sign-in")
    try:
        make_room(options.out)
        store = Store(f"sqlite:///{options.out}")
        network = (default_card().network, answers())
        truth = make(store, datetime.now(UTC), options.seed, options.patients, network if network[1] else None)
        store.close()
    except Refusal as refusal:
        sys.exit(str(refusal))
    if options.truth:
        options.truth.write_text(json.dumps(truth), encoding="utf-8")
    blocks = sum(len(patient["blocks"]) for patient in truth["patients"].values())
    print(f"{options.out}: {len(truth['patients'])} invented patients, {blocks} runs of faces")
    return 0


def make_room(path: Path) -> None:
    """Remove the demonstration at `path`; raises Refusal when something else is there."""
    if not path.exists():
        return
    old = Store(f"sqlite:///{path}")
    upgrade(old)
    if not invented(old):
        raise Refusal("{path} is no demonstration and is left alone. Choose another --out.", path=path)
    old.close()
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        file.unlink(missing_ok=True)


def answers() -> Answers:
    """The shipped network's answers to the built-in faces; empty if the file is another network's."""
    kept = json.loads(LOOKS.read_text(encoding="utf-8"))
    known: Answers = kept["answers"] if kept["network"] == default_card().network.hash else {}
    return known


def look() -> int:
    """Write LOOKS with the shipped network."""
    from core.stimuli.builtin import read_builtin
    from core.vision.rater import load_default

    rater = load_default()
    _, faces = read_builtin()
    seen = {face.hash: [round(p, 4) for p in rater.look(face.picture).probabilities] for face in faces}
    lines = ",\n".join(f'"{picture}": {json.dumps(seen[picture])}' for picture in sorted(seen))
    LOOKS.write_text(f'{{"network": "{rater.network.hash}", "answers": {{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{LOOKS}: {len(seen)} faces")
    return 0
