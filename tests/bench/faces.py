"""How often a detector finds faces of known place, kind by kind, and how often it finds some where there are none.

    python -m tests.bench.faces [--each 60] [--fer2013 PATH]

BlazeFace, which is used, and the papers' Haar cascade search the same pictures, as files and as a camera's frames are
searched. Of FER-2013, of which every face fills its picture, the faces of PublicTest are searched where --fer2013 says
where it is.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time

import cv2
import numpy as np
from numpy.typing import NDArray

from core.config import Detector
from core.domain.statistics.metrics import wilson
from core.vision.boxes import Box
from core.vision.faces import FaceFinder, picture_finder, stream_finder
from tests.bench.figure import table
from tests.bench.scenes import KINDS, Scene, scenes

EACH = 60
OVERLAP = 0.4  # shared area over joint area from which on a find is the face
STREAM = "a camera’s frames, a fifth to three fifths"


@dataclass
class Finds:
    """What a detector found in the pictures of one kind."""

    faces: int = 0
    found: int = 0
    false: int = 0
    milliseconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class FacesRow:
    """One kind of picture, searched by both detectors."""

    kind: str
    pictures: int
    ours: Finds
    papers: Finds

    def cells(self) -> dict[str, str]:
        found = {"kind": self.kind, "pictures": str(self.pictures), "faces": str(self.ours.faces)}
        for name, finds in (("BlazeFace", self.ours), ("Haar", self.papers)):
            found[f"{name} found"] = _share(finds)
            found[f"{name} false"] = str(finds.false)
            found[f"{name} ms"] = f"{np.median(finds.milliseconds):.0f}"
        return found


def _share(finds: Finds) -> str:
    if not finds.faces:
        return "–"
    low, high = wilson(finds.found, finds.faces)
    return f"{finds.found / finds.faces:.1%} ({100 * low:.1f}–{100 * high:.1f})"


def face_figures(each: int = EACH, fer2013: Path | None = None) -> Iterator[FacesRow]:
    """A row for each kind of picture, then for a camera's frames and for FER-2013."""
    cv2.setNumThreads(1)  # milliseconds are of one core
    for kind, draw in KINDS.items():
        yield _row(kind, list(scenes(draw, each)), picture_finder)
    yield _row(STREAM, list(scenes(next(iter(KINDS.values())), each, seed=7)), stream_finder)
    if fer2013 is not None:
        yield _row("FER-2013, PublicTest", _of_fer2013(fer2013, 10 * each), picture_finder)


def _row(kind: str, pictures: list[Scene], finder: Callable[[Detector], FaceFinder]) -> FacesRow:
    ours, papers = (search(finder(detector).find, pictures) for detector in Detector)
    return FacesRow(kind, len(pictures), ours, papers)


def search(find: Callable[[NDArray[np.uint8]], list[Box]], pictures: Iterable[Scene]) -> Finds:
    """Let `find` search all of them."""
    finds = Finds()
    for scene in pictures:
        began = thread_time()
        boxes = find(scene.grey)
        finds.milliseconds.append(1000 * (thread_time() - began))
        finds.faces += len(scene.faces)
        for face in scene.faces:
            near = max(boxes, key=lambda box, face=face: _overlap(box, face), default=None)  # type: ignore[misc]
            if near is not None and _overlap(near, face) >= OVERLAP:
                boxes.remove(near)
                finds.found += 1
        finds.false += len(boxes)
    return finds


def _of_fer2013(path: Path, number: int) -> list[Scene]:
    from core.stimuli.fer2013 import read_arrays

    pictures, _, usages = read_arrays(path)[:3]
    return [Scene(one, ((24.0, 24.0, 48.0),)) for one in pictures[np.asarray(usages) == "PublicTest"][:number]]


def _overlap(box: Box, face: tuple[float, float, float]) -> float:
    x, y, side = face
    across = min(box.left + box.side, x + side / 2) - max(box.left, x - side / 2)
    down = min(box.top + box.side, y + side / 2) - max(box.top, y - side / 2)
    shared = max(0.0, across) * max(0.0, down)
    return shared / (box.side**2 + side**2 - shared)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=EACH, help="pictures of every kind")
    parser.add_argument("--fer2013", type=Path, metavar="PATH", help="FER-2013, in any form that import-fer2013 reads")
    options = parser.parse_args()
    print(table(face_figures(options.each, options.fer2013)))


if __name__ == "__main__":
    main()
