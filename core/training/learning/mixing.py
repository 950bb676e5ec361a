"""Mixed faces: mixup (Zhang et al. 2018, arXiv 1710.09412) and CutMix (Yun et al. 2019, arXiv 1905.04899).

A mixed face is part its own and part another face of the batch, and so is its target, in the same shares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Mixing:
    """How faces are mixed; the share of the other face is drawn from a symmetric Beta distribution."""

    mixup: float = 0.0
    """The distribution's parameter for faces that shine through each other; 0: none does."""
    cutmix: float = 0.0
    """The same for faces with a rectangle of another; where both are asked for, half of the mixed faces are of each."""
    often: float = 0.5
    """Share of the faces that are mixed."""

    def __str__(self) -> str:
        kinds = [f"{name} {value:g}" for name, value in (("mixup", self.mixup), ("CutMix", self.cutmix)) if value]
        return f"{' or '.join(kinds)} for {self.often:.0%} of the faces"


@dataclass(frozen=True)
class DrawnMixes:
    """How each of n faces is mixed with another of its batch."""

    other: NDArray[np.int64]
    """[n]: the place of the other face."""
    through: NDArray[np.float32]
    """[n]: the share of its own grey levels in the picture; 1 where no other face shines through."""
    boxes: NDArray[np.int64]
    """[n, 4]: top, bottom, left and right of the other face's rectangle; all 0 where there is none."""
    own: NDArray[np.float32]
    """[n]: the share of its own target."""


def draw_mixes(n: int, side: int, rng: np.random.Generator, mixing: Mixing) -> DrawnMixes:
    """Mixes for n faces of `side` × `side` pixels; all is drawn for the whole batch."""
    other = rng.permutation(n)
    cut = rng.random(n) < (0.5 if mixing.mixup and mixing.cutmix else float(bool(mixing.cutmix)))
    through, outside = (rng.beta(alpha or 1, alpha or 1, n) for alpha in (mixing.mixup, mixing.cutmix))
    middle = rng.integers(0, side, (n, 2))
    chosen = rng.random(n) < mixing.often
    half = (side * np.sqrt(1 - outside) / 2)[:, None]
    edges = np.stack([middle - half, middle + half], axis=2).reshape(n, 4)  # top, bottom, left, right
    boxes = np.where((chosen & cut)[:, None], np.rint(edges).clip(0, side).astype(np.int64), 0)
    area = (boxes[:, 1] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 2])
    seen = np.where(chosen & ~cut, through, 1.0).astype(np.float32)
    return DrawnMixes(other, seen, boxes, (seen - area / side**2).astype(np.float32))


def mix(
    faces: NDArray[np.uint8], targets: Mapping[str, NDArray[Any]], drawn: DrawnMixes
) -> tuple[NDArray[np.uint8], dict[str, NDArray[np.float32]]]:
    """Mixed copies of `faces` (uint8 [n, side, side]) and of their `targets` (by head, [n, K]), of the same shapes."""
    mixed = faces.copy()
    for i in np.flatnonzero(drawn.own < 1).tolist():
        other, share = faces[drawn.other[i]], float(drawn.through[i])
        if share < 1:
            cv2.addWeighted(faces[i], share, other, 1 - share, 0, mixed[i])
        else:
            top, bottom, left, right = drawn.boxes[i]
            mixed[i, top:bottom, left:right] = other[top:bottom, left:right]
    own = drawn.own[:, None]
    return mixed, {head: own * one + (1 - own) * one[drawn.other] for head, one in targets.items()}
