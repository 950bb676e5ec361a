"""Squares around faces: where one lies in a picture, turned as the face is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Box:
    """A square around a face, in pixels; of a face that a picture cuts off it reaches beyond the picture."""

    left: int
    top: int
    side: int
    found: bool
    """False for the central square taken for want of a face."""
    turn: float = 0.0
    """Degrees, clockwise, by which the face is tilted; the square turns about its centre to hold it upright."""

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.side / 2, self.top + self.side / 2

    def inside(self, width: int, height: int) -> "Box":
        """The nearest upright square of the same size, or smaller, that lies within a picture."""
        side = min(self.side, width, height)
        left, top = self.left + (self.side - side) // 2, self.top + (self.side - side) // 2
        return Box(min(max(left, 0), width - side), min(max(top, 0), height - side), side, self.found)


def central(width: int, height: int) -> Box:
    """The square in the middle of a picture."""
    side = min(width, height)
    return Box((width - side) // 2, (height - side) // 2, side, found=False)


def between(box: Box, other: Box) -> Box:
    """The mean of two squares; turned as the second one is."""
    side = (box.side + other.side) // 2
    left, top = (round((old + new - side) / 2) for old, new in zip(box.centre, other.centre, strict=True))
    return Box(left, top, side, box.found and other.found, other.turn)


def share_of(box: Box, width: int, height: int) -> tuple[float, float, float, float]:
    """Left, top, width and height of what `box` covers of the picture, each a share of the picture's."""
    left, top = max(0, box.left), max(0, box.top)
    right, bottom = min(width, box.left + box.side), min(height, box.top + box.side)
    return left / width, top / height, (right - left) / width, (bottom - top) / height


def overlap(box: Box, other: Box) -> float:
    """Shared area over joint area of two squares, as if they were upright."""
    across = min(box.left + box.side, other.left + other.side) - max(box.left, other.left)
    down = min(box.top + box.side, other.top + other.side) - max(box.top, other.top)
    shared = max(0, across) * max(0, down)
    return shared / (box.side**2 + other.side**2 - shared)
