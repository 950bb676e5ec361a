"""Data augmentation: small changes of a training face that leave the emotion as it is.

Mirror, rotation, zoom, shift, shear, contrast, brightness and one blanked square, drawn from the generator that is
handed in: the same generator state gives the same pictures. All is drawn, in this order, for the whole batch, whether a
change is asked for or not; grey levels stay uint8, face by face, as OpenCV rounds and saturates them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Augmentation:
    """How far a face may be changed, either way; 0 leaves it. The mirror is thrown like a coin."""

    rotation: float = 0.0
    """Degrees."""
    zoom: float = 0.0
    """Share of the side."""
    shift: float = 0.0
    """Share of the side."""
    shear: float = 0.0
    """Share of the side."""
    contrast: float = 0.0
    """Share of the grey levels' spread."""
    brightness: float = 0.0
    """Grey levels."""
    cutout: tuple[int, int] | None = None
    """Least and largest side in pixels of the square that half of the faces lose."""

    def __str__(self) -> str:
        parts = [
            f"{word} {value:g}{unit}"
            for word, value, unit in (
                ("rotation", self.rotation, "°"),
                ("zoom", self.zoom, ""),
                ("shift", self.shift, ""),
                ("shear", self.shear, ""),
                ("contrast", self.contrast, ""),
                ("brightness", self.brightness, " grey levels"),
            )
            if value
        ]
        if self.cutout:
            parts.append(f"a blanked square of {self.cutout[0]} to {self.cutout[1]} pixels")
        return ", ".join([*parts, "mirror"])


@dataclass(frozen=True)
class DrawnChanges:
    """What is changed of each of n faces."""

    turns: NDArray[np.float64]
    """Affine matrices [n, 2, 3], from a place in the face to its place in the changed one."""
    contrast: NDArray[np.float64]
    """[n]: the spread of grey levels about their mean is multiplied by it."""
    brightness: NDArray[np.float64]
    """[n]: is added then."""
    holes: NDArray[np.int64]
    """[n, 4]: top, bottom, left and right of the square that is blanked with the mean grey; all 0 where none is."""


def augment(faces: NDArray[np.uint8], rng: np.random.Generator, changes: Augmentation) -> NDArray[np.uint8]:
    """A changed copy of `faces` (uint8 [n, side, side]), of the same shape."""
    return changed(faces, draw_changes(len(faces), int(faces.shape[1]), rng, changes))


def draw_changes(n: int, side: int, rng: np.random.Generator, changes: Augmentation) -> DrawnChanges:
    """Changes for n faces of `side` × `side` pixels."""
    angle = np.deg2rad(rng.uniform(-changes.rotation, changes.rotation, n))
    zoom = rng.uniform(1 - changes.zoom, 1 + changes.zoom, n)
    shift = rng.uniform(-changes.shift * side, changes.shift * side, (n, 2))
    shear = rng.uniform(-changes.shear, changes.shear, n)
    mirror = np.where(rng.random(n) < 0.5, -1.0, 1.0)
    contrast = rng.uniform(1 - changes.contrast, 1 + changes.contrast, n)
    brightness = rng.uniform(-changes.brightness, changes.brightness, n)
    holes = np.zeros((n, 4), np.int64)
    if changes.cutout:
        least, largest = changes.cutout
        hole = rng.integers(least, largest, n, endpoint=True)
        corner = rng.integers(-least, side, (n, 2))
        blanked = rng.random(n) < 0.5
        square = np.stack([corner[:, 0], corner[:, 0] + hole, corner[:, 1], corner[:, 1] + hole], axis=1)
        holes = np.where(blanked[:, None], square.clip(0, side), 0)
    turns = _turns(angle, zoom, shift, shear, mirror, (side - 1) / 2)
    return DrawnChanges(turns, contrast, brightness, holes)


def changed(faces: NDArray[np.uint8], drawn: DrawnChanges) -> NDArray[np.uint8]:
    """A copy of `faces`, changed as was drawn."""
    n, side = len(faces), int(faces.shape[1])
    found = np.empty_like(faces)
    for i in range(n):
        cv2.warpAffine(faces[i], drawn.turns[i], (side, side), found[i], borderMode=cv2.BORDER_REPLICATE)
    mean = cv2.reduce(found.reshape(n, -1), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0] / side**2
    added = mean * (1 - drawn.contrast) + drawn.brightness
    if (drawn.contrast != 1).any() or drawn.brightness.any():
        for i in range(n):
            cv2.addWeighted(found[i], drawn.contrast[i], found[i], 0, added[i], found[i])
    for i in np.flatnonzero(drawn.holes.any(axis=1)).tolist():
        top, bottom, left, right = drawn.holes[i]
        found[i, top:bottom, left:right] = round(mean[i])
    return found


def _turns(
    angle: NDArray[np.float64],
    zoom: NDArray[np.float64],
    shift: NDArray[np.float64],
    shear: NDArray[np.float64],
    mirror: NDArray[np.float64],
    middle: float,
) -> NDArray[np.float64]:
    """Affine matrices [n, 2, 3]: mirrored, sheared, turned and zoomed about the middle, then shifted."""
    n = len(angle)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]).transpose(2, 0, 1)
    lean = np.tile(np.eye(2), (n, 1, 1))
    lean[:, 0, 1] = shear
    lean[:, :, 0] *= mirror[:, None]
    linear = zoom[:, None, None] * (turn @ lean)
    centre = np.full(2, middle)
    return np.concatenate([linear, (centre - linear @ centre + shift)[:, :, None]], axis=2)
