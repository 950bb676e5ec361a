"""Find the face in a grey picture: picture in, the square around its largest face out.

The detector is the frontal Haar cascade that ships with OpenCV, the kind FER-2013 itself was cut with.
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

_lock = threading.Lock()


@dataclass(frozen=True)
class Box:
    """A square in a picture, in pixels; `found` is False for the central square taken for want of a face."""

    left: int
    top: int
    side: int
    found: bool


@cache
def _cascade() -> cv2.CascadeClassifier:
    path = Path(cv2.__file__).with_name("data") / "haarcascade_frontalface_default.xml"
    cascade = cv2.CascadeClassifier(str(path))
    if cascade.empty():
        raise RuntimeError(f"{path} holds no face detector: install opencv-python-headless below version 5")
    return cascade


def find_face(grey: NDArray[np.uint8]) -> Box:
    """The largest face of `grey` ([height, width], 0–255), or the central square where none is found."""
    height, width = grey.shape
    scale = min(1.0, LONGEST / max(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    smallest = max(24, int(SMALLEST * min(small.shape)))
    with _lock:  # one cascade for all threads; OpenCV's is not safe to share without
        found = _cascade().detectMultiScale(
            cv2.equalizeHist(small), scaleFactor=1.1, minNeighbors=4, minSize=(smallest, smallest)
        )
    if len(found) == 0:
        side = min(height, width)
        return Box((width - side) // 2, (height - side) // 2, side, found=False)
    left, top, side, _ = (round(int(v) / scale) for v in max(found, key=lambda box: int(box[2])))
    side = min(side, height, width)
    return Box(min(left, width - side), min(top, height - side), side, found=True)
