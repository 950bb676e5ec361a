"""Where brows, eyes, nose and mouth of the built-in people lie in their pictures: a file that `locate` writes."""

import json
from collections.abc import Mapping
from functools import cache

from core.domain.exercise.places import Ellipse, FacePlace
from core.stimuli.builtin import FOLDER

FILE = FOLDER / "places.json"


@cache
def places() -> Mapping[str, Mapping[FacePlace, Ellipse]]:
    """The places of every built-in person, by identity."""
    return {
        identity: {FacePlace(name): Ellipse(*numbers) for name, numbers in of_one.items()}
        for identity, of_one in json.loads(FILE.read_text()).items()
    }
