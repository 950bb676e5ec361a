"""The shipped network at work, without TensorFlow: 48×48 grey levels in, seven probabilities out.

A network is a folder with `network.tflite` (input uint8 [1, 48, 48, 1]; output `probabilities`, float32 [1, 7],
preprocessing and temperature inside) and `card.json`.
"""

import hashlib
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.config import DATA
from core.domain.card import Card
from core.domain.rating import NetworkId
from core.vision.card import read_card
from core.vision.crop import SIDE, prepare

DEFAULT = DATA / "networks" / "compact"


class LiteRtRater:
    """A LiteRT file at work on one thread; may be shared by all threads of a server.

    Raises ValueError when `content` is no network.
    """

    def __init__(self, content: bytes, network: NetworkId) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._run = self._interpreter.get_signature_runner()
        except (ValueError, RuntimeError) as error:
            raise ValueError(f"{network.name}: {len(content)} bytes that are no LiteRT network ({error})") from error
        (self._input,) = self._run.get_input_details()
        self._network = network
        self._lock = threading.Lock()

    @property
    def network(self) -> NetworkId:
        return self._network

    def rate(self, face: NDArray[np.uint8]) -> tuple[float, ...]:
        """Seven probabilities in the order of `Emotion`; raises ValueError on any other shape or type."""
        if face.shape != (SIDE, SIDE) or face.dtype != np.uint8:
            raise ValueError(
                f"a face of shape {face.shape} and type {face.dtype}; expected (48, 48), uint8: prepare it first"
            )
        with self._lock:
            outputs = self._run(**{self._input: face[None, :, :, None]})
            return tuple(float(p) for p in outputs["probabilities"][0])

    def rate_picture(self, picture: bytes) -> tuple[float, ...]:
        """The same for an encoded picture of any size, cropped to its face; a broken one raises ValueError."""
        return self.rate(prepare(picture))

    def rate_many(self, faces: Iterable[NDArray[np.uint8]]) -> list[tuple[float, ...]]:
        """One rating per face, in order."""
        return [self.rate(face) for face in faces]


def load(folder: Path) -> tuple[LiteRtRater, Card]:
    """The network in `folder` and its card; raises ValueError when a file is missing or not the card's."""
    path = folder / "network.tflite"
    card = read_card(folder)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} cannot be read ({error.strerror}): restore the network's folder") from error
    found = hashlib.sha256(content).hexdigest()
    if found != card.sha256:
        raise ValueError(f"{path} has SHA-256 {found}, its card says {card.sha256}: restore both from one version")
    return LiteRtRater(content, card.network), card


@cache
def load_default() -> LiteRtRater:
    """The network that ships with this version, loaded once."""
    return load(DEFAULT)[0]


@cache
def default_card() -> Card:
    """The card of the network that ships with this version."""
    return read_card(DEFAULT)
