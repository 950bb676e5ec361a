"""Shape of a face: where its brows, eyes, nose and mouth stand, and which of them moved as an emotion moves them."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace


@dataclass(frozen=True)
class FaceShape:
    """Measures of an upright face, each as a share of the distance between the outer corners of its eyes."""

    brows: float
    """Height of the inner halves of the eyebrows above the eyes."""
    slant: float
    """How much higher the inner ends of the eyebrows stand than the outer ends."""
    eyes: float
    """From the upper to the lower eyelid."""
    nose: float
    """How far the wings of the nose stand below the eyes."""
    corners: float
    """How far the corners of the mouth stand below the middle between the lips."""
    width: float
    """Of the mouth."""
    opening: float
    """Between the lips."""


class Moved(StrEnum):
    AS_MEANT = "as_meant"
    HARDLY = "hardly"


@dataclass(frozen=True)
class _Move:
    place: FacePlace
    size: Callable[[FaceShape], float]
    """Of the measure that the emotion raises."""
    moved: float
    """Rise from which on the place moved."""
    hardly: float
    """Rise below which it did not."""


_MOVES = {
    Emotion.ANGRY: (_Move(FacePlace.BROWS, lambda face: -face.brows, 0.018, 0.005),),
    Emotion.DISGUST: (_Move(FacePlace.NOSE, lambda face: -face.nose, 0.02, 0.0),),
    Emotion.FEAR: (
        _Move(FacePlace.BROWS, lambda face: face.brows, 0.013, -0.004),
        _Move(FacePlace.MOUTH, lambda face: face.width + face.opening, 0.05, 0.01),
    ),
    Emotion.HAPPY: (
        _Move(FacePlace.MOUTH, lambda face: -face.corners, 0.015, 0.005),
        _Move(FacePlace.EYES, lambda face: -face.eyes, 0.0065, 0.001),
    ),
    Emotion.SAD: (
        _Move(FacePlace.BROWS, lambda face: face.slant, 0.008, 0.0),
        _Move(FacePlace.MOUTH, lambda face: face.corners, 0.0075, 0.002),
    ),
    Emotion.SURPRISE: (
        _Move(FacePlace.BROWS, lambda face: face.brows, 0.015, -0.004),
        _Move(FacePlace.MOUTH, lambda face: face.opening, 0.03, 0.01),
    ),
    Emotion.NEUTRAL: (),
}
"""Bounds between what the head's turning and the camera's noise do to a face at rest and what the built-in faces do at
60 % and more; `python -m tests.bench.moves` counts both."""


def moved(emotion: Emotion, rest: FaceShape, shape: FaceShape) -> dict[FacePlace, Moved]:
    """Which places moved from `rest` as `emotion` moves them, and which hardly did; what lies between is left out."""
    rises = {move: move.size(shape) - move.size(rest) for move in _MOVES[emotion]}
    return {
        move.place: Moved.AS_MEANT if rise >= move.moved else Moved.HARDLY
        for move, rise in rises.items()
        if rise >= move.moved or rise < move.hardly
    }


def mean_of(shapes: Sequence[FaceShape]) -> FaceShape | None:
    """The mean of each measure; None of no shapes."""
    if not shapes:
        return None
    return FaceShape(*(sum(column) / len(shapes) for column in zip(*map(astuple, shapes), strict=True)))
