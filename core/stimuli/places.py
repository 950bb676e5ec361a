"""Where brows, eyes, nose and mouth of the built-in people lie in their pictures: a file that `locate` writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.domain.exercise.places import FacePlace
from core.stimuli.builtin import FOLDER

FILE = FOLDER / "places.json"


@dataclass(frozen=True)
class Ellipse:
    """Centre and half axes, each as a share of the picture's side."""

    x: float
    y: float
    half_width: float
    half_height: float


@cache
def places() -> Mapping[str, Mapping[FacePlace, Ellipse]]:
    """The places of every built-in person, by identity."""
    return {
        identity: {FacePlace(name): Ellipse(*numbers) for name, numbers in of_one.items()}
        for identity, of_one in json.loads(FILE.read_text()).items()
    }
