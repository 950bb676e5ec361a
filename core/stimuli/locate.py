"""Find where brows, eyes, nose and mouth lie in the pictures of one person, from how the pictures differ.

Within a person only the face moves: the pixels that change most from neutral to another emotion are brows in the upper
half and the mouth in the lower one. Eyes and nose lie between the two, by the proportions of the heads.
"""

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.exercise.places import Ellipse, FacePlace

Picture = NDArray[np.uint8]

_BROWS_MOVE = (Emotion.SURPRISE, Emotion.FEAR, Emotion.ANGRY, Emotion.SAD)
_MOUTH_MOVES = (Emotion.HAPPY, Emotion.SURPRISE, Emotion.FEAR)
_SHAPES = {
    FacePlace.BROWS: (0.0, 0.58, 0.27),
    FacePlace.EYES: (0.26, 0.58, 0.22),
    FacePlace.NOSE: (0.58, 0.34, 0.27),
    FacePlace.MOUTH: (1.0, 0.42, 0.28),
}
"""(way from brows to mouth, half width, half height), in lengths of that way."""


def locate(full: Mapping[Emotion, Picture]) -> dict[FacePlace, Ellipse]:
    """The places of one person; `full`: their picture of each emotion in full, its grey levels, (side, side)."""
    side = full[Emotion.NEUTRAL].shape[0]
    brows = _centre(_moved(full, _BROWS_MOVE), 0.28, 0.52)
    mouth = _centre(_moved(full, _MOUTH_MOVES), 0.62, 0.95)
    middle = (brows[0] + mouth[0]) / 2
    way = mouth[1] - brows[1]
    return {
        place: Ellipse(
            *(round(float(value) / side, 3) for value in (middle, brows[1] + at * way, width * way, height * way))
        )
        for place, (at, width, height) in _SHAPES.items()
    }


def _moved(full: Mapping[Emotion, Picture], emotions: tuple[Emotion, ...]) -> NDArray[np.float64]:
    """How much each pixel changes from neutral, on the average of these emotions: (side, side), smoothed."""
    neutral = full[Emotion.NEUTRAL].astype(float)
    changes = [np.abs(full[emotion].astype(float) - neutral) for emotion in emotions]
    return cv2.GaussianBlur(np.mean(changes, axis=0), (0, 0), sigmaX=neutral.shape[0] / 96).astype(float)


def _centre(moved: NDArray[np.float64], top: float, bottom: float) -> tuple[float, float]:
    """(x, y) of the middle of what moves at least half as much as the most moving pixel of the band, hair left out."""
    side = moved.shape[0]
    rows, columns = slice(int(top * side), int(bottom * side)), slice(int(0.22 * side), int(0.78 * side))
    band = moved[rows, columns]
    y, x = np.nonzero(band > band.max() / 2)
    weights = band[y, x]
    return columns.start + float(x.min() + x.max()) / 2, rows.start + float(np.average(y, weights=weights))
