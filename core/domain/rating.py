"""What the experiment knows of a network: who it is, and that it turns a face into seven probabilities."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class NetworkId:
    """A network as every stored rating names it; `hash` is the SHA-256 of its file, in hexadecimal."""

    name: str
    version: str
    hash: str


class Rater(Protocol):
    """Anything that rates a face: uint8 [48, 48] in; seven probabilities in the order of `Emotion` out."""

    @property
    def network(self) -> NetworkId: ...

    def rate(self, face: NDArray[np.uint8]) -> tuple[float, ...]: ...

    def rate_many(self, faces: Iterable[NDArray[np.uint8]]) -> list[tuple[float, ...]]: ...

    def rate_picture(self, picture: bytes) -> tuple[float, ...]:
        """The same for an encoded picture of any size; a broken one raises ValueError."""
        ...
