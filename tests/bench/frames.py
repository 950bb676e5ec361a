"""What a frame of a camera costs, detection and rating together, beside the package `fer` with its own detector.

    python -m tests.bench.frames

`fer` runs its own code, installed into a folder of its own without the torch and the second OpenCV that it would bring
along (neither does anything here); its detector is the one it has by default. Both take turns over the same 640×480
frames, each in a process of its own. Without a package index the baseline is missing and the table says so.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.config import ROOT
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from tests.bench.figure import BenchFigure, table
from tests.bench.rating import PEER
from tests.bench.scenes import photographs

FRAMES, TURNS = 90, 3
WIDTH, HEIGHT, SIDE = 640, 480, 300
STEPS = ("neutral_000", "happy_020", "happy_040", "happy_060", "happy_080", "happy_100")
MEASURE = """
import json, sys, time
import cv2, numpy as np
frames = np.load(sys.argv[1])
{prepare}
took, found = [], 0
for number, frame in enumerate(frames):
    began = time.perf_counter()
    faces = {look}
    took.append(1000 * (time.perf_counter() - began))
    found += len(faces) > 0
print(json.dumps([took[10:], found / len(frames)]))
"""
OURS = MEASURE.format(
    prepare="""
from core.vision.rater import load_default
from core.vision.reader import FaceReader
reader = FaceReader(load_default())""",
    look="reader.read(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), number / 15).faces",
)
THEIRS = MEASURE.format(
    prepare="""
from fer.fer import FER
fer = FER()""",
    look="fer.detect_emotions(frame)",
)


def frame_figures() -> list[BenchFigure]:
    """Milliseconds a frame with one face, median over all turns."""
    with tempfile.TemporaryDirectory() as scratch:
        film, peer = Path(scratch) / "film.npy", Path(scratch) / "peer"
        np.save(film, _film())
        known = _fetched(peer)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(TURNS):
            took, seen = _measured(OURS, film, ROOT)
            ours += took
            if known:
                took, seen_by_peer = _measured(THEIRS, film, peer)
                theirs += took
    what, target, mine = "camera: find and rate, a frame of 640×480", "≥ 5× fewer ms", statistics.median(ours)
    text = f"{mine:.1f} ms (face in {seen:.0%} of frames)"
    if not known:
        return [BenchFigure(what, text, "no package index", "–", target)]
    its = statistics.median(theirs)
    baseline = f"{its:.1f} ms (`fer`; face in {seen_by_peer:.0%})"
    return [
        BenchFigure(
            "camera: find and rate, a frame of 640×480", text, baseline, f"{its / mine:.1f}× fewer", "≥ 5× fewer"
        )
    ]


def _film() -> NDArray[np.uint8]:
    """A built-in face that wanders before a photograph and begins to smile, [frame, 480, 640, 3]."""
    person = sorted(path for path in FOLDER.iterdir() if path.is_dir())[0]
    faces = [cv2.resize(decode((person / f"{name}.webp").read_bytes()), (SIDE, SIDE)) for name in STEPS]
    film = np.repeat(photographs()[0][None, :HEIGHT, :WIDTH], FRAMES, axis=0)
    for number, frame in enumerate(film):
        left = round((WIDTH - SIDE) * (0.5 + 0.3 * np.sin(number / 12)))
        top = round((HEIGHT - SIDE) * (0.5 + 0.3 * np.cos(number / 17)))
        frame[top : top + SIDE, left : left + SIDE] = faces[number * len(faces) // FRAMES]
    return np.repeat(film[..., None], 3, axis=3)


def _fetched(folder: Path) -> bool:
    """Put the peer into `folder`; False where it cannot be had."""
    install = ["pip", "install", "-q", "--no-deps", "--target", str(folder), PEER]
    return subprocess.run([sys.executable, "-m", *install], capture_output=True, check=False).returncode == 0


def _measured(script: str, film: Path, path: Path) -> tuple[list[float], float]:
    environment = {**os.environ, "PYTHONPATH": str(path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(film)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=film.parent,
    )
    if ran.returncode:
        raise RuntimeError(f"{path.name} could not be measured:\n{ran.stderr[-2000:]}")
    took, found = json.loads(ran.stdout.strip().splitlines()[-1])
    return took, found


if __name__ == "__main__":
    print(table(frame_figures()))
