"""LiteRT rater, without TensorFlow: 48×48 grey levels in, seven probabilities out.

A network is a folder with `network.tflite` (input uint8 [1, 48, 48, 1]; output `probabilities`, float32 [1, 7],
preprocessing and temperature inside; for some also `maps`, float32 [1, side, side, 7], whose mean over the places is
the logit, and `crowd`, float32 [1, 8], what people would answer) and `card.json`.
"""

import hashlib
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.rating import NetworkId, NetworkRating
from core.media.decoder import decode
from core.vision.boxes import Box
from core.vision.card import NETWORKS, read_card
from core.vision.crop import SIDE, crop
from core.vision.faces import find_portrait
from core.vision.heat import heat
from core.vision.shipped import DEFAULT


class LiteRtRater:
    """A LiteRT file at work on one thread; may be shared by all threads of a server.

    Raises ValueError when `content` is no network.
    """

    def __init__(self, content: bytes, network: NetworkId) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._run = self._interpreter.get_signature_runner()
            (self._input,) = self._run.get_input_details()
            self._network = network
            self._lock = threading.Lock()
            self.rate(np.zeros((SIDE, SIDE), np.uint8))
        except (ValueError, RuntimeError) as error:
            raise ValueError(f"{network.name}: {len(content)} bytes that are no LiteRT network ({error})") from error

    @property
    def network(self) -> NetworkId:
        return self._network

    def rate(self, face: NDArray[np.uint8]) -> tuple[float, ...]:
        """Seven probabilities in the order of `Emotion`; raises ValueError on any other shape or type of a face, and
        where the network says anything else."""
        return _probabilities(self._answer(face))

    def look(self, picture: bytes) -> NetworkRating:
        """All that the network says of an encoded picture of any size, cropped to its face as FER-2013 was; a
        48×48 picture is FER-2013's and is seen whole. A broken one raises ValueError."""
        grey = decode(picture)
        whole = grey.shape == (SIDE, SIDE)
        box = Box(0, 0, SIDE, found=True) if whole else find_portrait(grey)
        said = self._answer(grey if whole else crop(grey, box))
        height, width = grey.shape
        probabilities = _probabilities(said)
        return NetworkRating(
            probabilities=probabilities,
            box=(box.left / width, box.top / height, box.side / width, box.side / height),
            heat=heat(said["maps"][0], probabilities.index(max(probabilities))) if "maps" in said else None,
            crowd=_floats(said["crowd"]) if "crowd" in said else None,
        )

    def rate_many(self, faces: Iterable[NDArray[np.uint8]]) -> list[tuple[float, ...]]:
        """One rating per face, in order."""
        return [self.rate(face) for face in faces]

    def milliseconds(self, faces: int = 50) -> float:
        """How long one face takes on this machine just now: the median of `faces`, after a few to warm up."""
        face, taken = np.zeros((SIDE, SIDE), np.uint8), []
        for _ in range(5 + faces):
            begun = perf_counter()
            self._answer(face)
            taken.append(1000 * (perf_counter() - begun))
        return float(np.median(taken[5:]))

    def _answer(self, face: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        if face.shape != (SIDE, SIDE) or face.dtype != np.uint8:
            raise ValueError(
                f"a face of shape {face.shape} and type {face.dtype}; expected (48, 48), uint8: prepare it first"
            )
        with self._lock:
            said = self._run(**{self._input: face[None, :, :, None]})
            return {name: np.array(values) for name, values in said.items()}


def _probabilities(said: dict[str, NDArray[np.float32]]) -> tuple[float, ...]:
    found = _floats(said["probabilities"]) if "probabilities" in said else ()
    if len(found) != len(Emotion) or not (min(found) >= 0 and abs(sum(found) - 1) < 0.001):
        raise ValueError(f"it answers {found or 'nothing'}, expected {len(Emotion)} probabilities whose sum is 1")
    return found


def _floats(row: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(float(p) for p in row[0])


def load(folder: Path) -> tuple[LiteRtRater, Card]:
    """The network in `folder` and its card; raises ValueError when a file is missing or not the card's."""
    path = folder / "network.tflite"
    card = read_card(folder)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} cannot be read ({error.strerror}): restore the network's folder") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != card.sha256:
        raise ValueError(f"{path} has SHA-256 {digest}, its card says {card.sha256}: restore both from one version")
    return LiteRtRater(content, card.network), card


@cache
def load_shipped(key: str) -> LiteRtRater:
    """The network of this key that ships with this version, loaded once."""
    return load(NETWORKS / key)[0]


def load_default() -> LiteRtRater:
    """The network that compares where nobody chose another."""
    return load_shipped(DEFAULT.name)


@cache
def default_card() -> Card:
    """Its card."""
    return read_card(DEFAULT)
