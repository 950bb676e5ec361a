"""Places of a face, and how far two faces of one person differ at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FacePlace(StrEnum):
    """A place of a face that emotions move."""

    BROWS = "brows"
    EYES = "eyes"
    NOSE = "nose"
    MOUTH = "mouth"


@dataclass(frozen=True)
class Ellipse:
    """Centre and half axes, each as a share of the picture's side."""

    x: float
    y: float
    half_width: float
    half_height: float


def place_of(muscle: str) -> FacePlace:
    """Where a muscle shape of a manifest, named as in the ARKit convention, is seen most."""
    if muscle.startswith(("brow", "xBrow")):
        return FacePlace.BROWS
    if muscle.startswith("eye"):
        return FacePlace.EYES
    if muscle.startswith(("noseSneer", "mouthUpperUp")):
        return FacePlace.NOSE
    return FacePlace.MOUTH


def distances(a: Mapping[str, float], b: Mapping[str, float]) -> dict[FacePlace, float]:
    """The sum of |wa − wb| over the muscle shapes of each place; `a`, `b`: weights (1: in full) by shape."""
    found = dict.fromkeys(FacePlace, 0.0)
    for muscle in a.keys() | b.keys():
        found[place_of(muscle)] += abs(a.get(muscle, 0.0) - b.get(muscle, 0.0))
    return found
