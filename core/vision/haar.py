"""Face detection with a Haar cascade, as FER-2013 and the papers did: grey levels in, squares around faces out.

The cascades are the frontal ones that ship with OpenCV. DETECTOR=haar chooses them.
"""

import threading
from pathlib import Path

import cv2

from core.vision.boxes import Box, Grey

LEAST = 24  # pixels: what the cascade was trained on
STEP = 1.1  # from one size that is searched to the next


class HaarFinder:
    """The cascade; may be shared by threads, which wait for each other: OpenCV's is not safe to share.

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
        self._lock = threading.Lock()

    def find(self, grey: Grey) -> list[Box]:
        """The faces of `grey` ([height, width], 0–255), largest first, each box within the picture."""
        height, width = grey.shape
        scale = min(1.0, self._longest / max(height, width))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        smallest = max(LEAST, int(self._smallest * min(small.shape)))
        with self._lock:
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
