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


def mix(
    faces: NDArray[np.uint8], targets: Mapping[str, NDArray[Any]], rng: np.random.Generator, mixing: Mixing
) -> tuple[NDArray[np.uint8], dict[str, NDArray[np.float32]]]:
    """Mixed copies of `faces` (uint8 [n, side, side]) and of their `targets` (by head, [n, K]), of the same shapes.

    The same generator state gives the same; all is drawn for the whole batch.
    """
    n, side = len(faces), int(faces.shape[1])
    other = rng.permutation(n)
    cut = rng.random(n) < (0.5 if mixing.mixup and mixing.cutmix else float(bool(mixing.cutmix)))
    through, outside = (rng.beta(alpha or 1, alpha or 1, n) for alpha in (mixing.mixup, mixing.cutmix))
    middle = rng.integers(0, side, (n, 2))
    chosen = rng.random(n) < mixing.often
    own = np.ones(n, np.float32)
    mixed = faces.copy()
    for i in np.flatnonzero(chosen).tolist():
        if cut[i]:
            half = side * np.sqrt(1 - outside[i]) / 2
            (top, left), (bottom, right) = np.rint((middle[i] - half, middle[i] + half)).clip(0, side).astype(int)
            mixed[i, top:bottom, left:right] = faces[other[i], top:bottom, left:right]
            own[i] = 1 - (bottom - top) * (right - left) / side**2
        else:
            own[i] = through[i]
            cv2.addWeighted(faces[i], through[i], faces[other[i]], 1 - through[i], 0, mixed[i])
    share = own[:, None]
    return mixed, {head: share * one + (1 - share) * one[other] for head, one in targets.items()}
