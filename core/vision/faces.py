"""Face detection (Haar cascade): a grey picture in, squares around its faces out.

The detectors are frontal Haar cascades that ship with OpenCV. Portraits are cut with the one FER-2013 was cut with;
cameras and files are searched with the one that misses less and sees fewer faces where there are none
(tests/bench/haar.py measures both).
"""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

SMALLEST = 0.25  # of the shorter side: what is smaller is no portrait but somebody in the background
LONGEST = 256  # pixels: larger pictures are searched in a reduced copy, which finds the same faces faster
LEAST = 24  # pixels: what the cascade was trained on

STEP = 1.1  # from one size that is searched to the next

_lock = threading.Lock()


@dataclass(frozen=True)
class Box:
    """A square in a picture, in pixels; `found` is False for the central square taken for want of a face."""

    left: int
    top: int
    side: int
    found: bool


class FaceFinder:
    """The cascade, for one thread at a time: OpenCV's is not safe to share.

    `longest`: pixels of the longer side of the copy that is searched. `smallest`: the smallest face, as a share of
    the picture's shorter side. `neighbours`: how many finds at one place make a face. `cascade`: the end of its file's
    name.
    """

    def __init__(self, longest: int, smallest: float, neighbours: int = 3, cascade: str = "alt2") -> None:
        path = Path(cv2.__file__).with_name("data") / f"haarcascade_frontalface_{cascade}.xml"
        self._cascade = cv2.CascadeClassifier(str(path))
        if self._cascade.empty():
            raise RuntimeError(f"{path} holds no face detector: install opencv-python-headless below version 5")
        self._longest, self._smallest, self._neighbours = longest, smallest, neighbours

    def find(self, grey: NDArray[np.uint8]) -> list[Box]:
        """The faces of `grey` ([height, width], 0–255), largest first, each box within the picture."""
        height, width = grey.shape
        scale = min(1.0, self._longest / max(height, width))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        smallest = max(LEAST, int(self._smallest * min(small.shape)))
        squares = self._cascade.detectMultiScale(
            cv2.equalizeHist(small),  # the cascade does not see what is dark
            scaleFactor=STEP,
            minNeighbors=self._neighbours,
            minSize=(smallest, smallest),
        )
        boxes = []
        for left, top, side in sorted(((int(x), int(y), int(w)) for x, y, w, _ in squares), key=lambda box: -box[2]):
            real = min(round(side / scale), height, width)
            boxes.append(
                Box(min(round(left / scale), width - real), min(round(top / scale), height - real), real, found=True)
            )
        return boxes


@cache
def _finder() -> FaceFinder:
    return FaceFinder(LONGEST, SMALLEST, neighbours=4, cascade="default")


def find_face(grey: NDArray[np.uint8]) -> Box:
    """The largest face of a portrait, or the central square where none is found."""
    with _lock:
        boxes = _finder().find(grey)
    if boxes:
        return boxes[0]
    height, width = grey.shape
    side = min(height, width)
    return Box((width - side) // 2, (height - side) // 2, side, found=False)
