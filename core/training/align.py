"""Face alignment by landmarks: eyes and mouth are brought to where they lie in the average face.

The finder is MediaPipe's face mesh (Apache 2.0), read out of the wheel that its package index serves: that wheel
cannot be installed beside this product's numpy, its network needs nothing but LiteRT.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

MEMBER = "mediapipe/modules/face_landmark/face_landmark.tflite"
_SIDE = 192
_SURE = 0.5
_EYES_AND_MOUTH = ((33, 133), (362, 263), (61,), (291,))
"""Landmarks of the mesh whose means are the two eyes' middles and the corners of the mouth."""
_GOAL = np.array([[15.5, 18.7], [32.5, 18.7], [17.8, 34.4], [30.4, 34.4]], np.float32)
"""Where they lie in an aligned face of 48×48: the median over FER-2013, so that little is cut off."""


class LandmarkFinder:
    """MediaPipe's face mesh out of the wheel at `path`. Raises ValueError when it is not there."""

    def __init__(self, path: Path) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            with zipfile.ZipFile(path) as wheel:
                content = wheel.read(MEMBER)
        except (OSError, zipfile.BadZipFile, KeyError) as error:
            raise ValueError(
                f"{path} holds no {MEMBER} ({error}): fetch it with pip download --no-deps mediapipe==0.10.21"
            ) from error
        self._interpreter = Interpreter(model_content=content, num_threads=2)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._mesh, self._flag = (detail["index"] for detail in self._interpreter.get_output_details()[:2])

    def find(self, face: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """Eyes and mouth corners of a grey face [side, side], float32 [4, 2] in its pixels; None where none is seen."""
        side = len(face)
        large = cv2.cvtColor(cv2.resize(face, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC), cv2.COLOR_GRAY2RGB)
        self._interpreter.set_tensor(self._input, large[None].astype(np.float32) / 255)
        self._interpreter.invoke()
        flag = float(self._interpreter.get_tensor(self._flag).ravel()[0])
        if 1 / (1 + np.exp(-flag)) < _SURE:
            return None
        mesh = self._interpreter.get_tensor(self._mesh).reshape(-1, 3)[:, :2] * (side / _SIDE)
        return np.array([mesh[list(points)].mean(axis=0) for points in _EYES_AND_MOUTH], np.float32)


def aligned(face: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> NDArray[np.uint8]:
    """`face` (48×48) turned, scaled and shifted, by the similarity that fits its landmarks best to the average's."""
    turn, _ = cv2.estimateAffinePartial2D(landmarks, _GOAL, method=cv2.LMEDS)
    if turn is None or not 0.6 < float(np.hypot(turn[0, 0], turn[1, 0])) < 1.7:
        return face  # landmarks that would halve or double a face are mistaken
    return np.asarray(cv2.warpAffine(face, turn, face.shape[::-1], borderMode=cv2.BORDER_REPLICATE), np.uint8)


def align_all(faces: NDArray[np.uint8], finder: LandmarkFinder) -> Iterator[tuple[NDArray[np.uint8], bool]]:
    """Each face aligned, and whether landmarks were found; where not, the face as it is."""
    for face in faces:
        landmarks = finder.find(face)
        yield (face, False) if landmarks is None else (aligned(face, landmarks), True)
