"""Rater: who a network is, and its rating of a face."""

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
class NetworkRating:
    """What a network says of one picture; None where it does not say."""

    probabilities: tuple[float, ...]
    """Seven, in the order of `Emotion`."""
    box: tuple[float, float, float, float]
    """The part of the picture it looked at: left, top, width, height, each a share of the picture's."""
    heat: bytes | None = None
    """A square of bytes, row by row, over the box: how much each place spoke for the top answer, 255 the most."""
    crowd: tuple[float, ...] | None = None
    """The answers it expects of people, as shares in the order of FER+'s first eight columns."""

    @property
    def top(self) -> Emotion:
        return Emotion(self.probabilities.index(max(self.probabilities)))


class Rater(Protocol):
    """Anything that rates a face: uint8 [48, 48] in; seven probabilities in the order of `Emotion` out."""

    @property
    def network(self) -> NetworkId: ...

    def rate(self, face: NDArray[np.uint8]) -> tuple[float, ...]: ...

    def rate_many(self, faces: Iterable[NDArray[np.uint8]]) -> list[tuple[float, ...]]: ...

    def look(self, picture: bytes) -> NetworkRating:
        """All it says of an encoded picture of any size; a broken one raises ValueError."""
        ...
