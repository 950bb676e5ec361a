"""What the experiment knows of a network: who it is, and what it says of a face."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion


@dataclass(frozen=True)
class NetworkId:
    """A network as every stored rating names it; `hash` is the SHA-256 of its file, in hexadecimal."""

    name: str
    version: str
    hash: str


@dataclass(frozen=True)
class Look:
    """What a network says of one picture.

    `probabilities`: seven, in the order of `Emotion`. `box`: the part of the picture it looked at, as left, top,
    width and height, each a share of the picture's. `heat`: a square of bytes row by row that lies over the box: how
    much each place spoke for the top answer, 255 where it spoke most, 0 where it did not. `crowd`: the answers it
    expects of people, as shares in the order of FER+'s first eight columns. None where a network does not say.
    """

    probabilities: tuple[float, ...]
    box: tuple[float, float, float, float]
    heat: bytes | None = None
    crowd: tuple[float, ...] | None = None

    @property
    def top(self) -> Emotion:
        return Emotion(self.probabilities.index(max(self.probabilities)))


class Rater(Protocol):
    """Anything that rates a face: uint8 [48, 48] in; seven probabilities in the order of `Emotion` out."""

    @property
    def network(self) -> NetworkId: ...

    def rate(self, face: NDArray[np.uint8]) -> tuple[float, ...]: ...

    def rate_many(self, faces: Iterable[NDArray[np.uint8]]) -> list[tuple[float, ...]]: ...

    def look(self, picture: bytes) -> Look:
        """All it says of an encoded picture of any size; a broken one raises ValueError."""
        ...
