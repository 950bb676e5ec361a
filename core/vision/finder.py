"""Search of a picture for faces with BlazeFace: the whole, parts of it for small faces, and turned copies.

The network sees a square of 128 pixels and finds faces from a seventh of its side to all of it. It is also
shown with a margin, for a face may fill the picture, and in overlapping parts, which reach over its edge, for smaller
faces. Where nothing is found the picture is turned, for a head may lie on its side. How sure the network must be was
chosen on pictures with and without faces (tests/bench/faces.py).
"""

from collections.abc import Iterator
from itertools import product
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from core.vision.blazeface import BlazeFace, Found
from core.vision.boxes import Box, Grey

SURE = 0.65
SURE_OF_ONE_OF_MANY = 0.7  # of many parts and turned copies one may hold something like a face
LONGEST = 960  # pixels: larger pictures are searched in a reduced copy
REACH = 0.14  # of the side of a square from which on a face in it is found
LEAST = 16  # pixels of a face: in less there is nothing to be seen
APART = 2 / 3  # of a part's side, from one part to the next
OVER_THE_EDGE = 0.15  # of a picture's longer side, how far parts reach beyond it
MARGIN = 0.5  # of a picture's longer side, for a face that fills it
TURNS = (90, -90, 180, 45, -45)  # degrees
_SAME = 0.3  # shared area over joint area from which on two finds are of one face
_WITHIN = 0.7  # or of the smaller find's area that lies in the other


class BlazeFaceFinder:
    """`smallest`: the smallest face, as a share of the picture's shorter side. `turned`: also search turned copies, for
    which there is no time in a stream."""

    def __init__(self, smallest: float, *, turned: bool) -> None:
        self._network = BlazeFace()
        self._smallest, self._turned = smallest, turned

    def find(self, grey: Grey) -> list[Box]:
        """The faces of `grey` ([height, width], 0–255), largest first."""
        scale = min(1.0, LONGEST / max(grey.shape))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        found = self._search(np.asarray(small, dtype=np.uint8))
        boxes = [Found(one.score, one.points / scale).box() for one in found]
        least = max(LEAST, self._smallest * min(grey.shape))
        return sorted((box for box in boxes if box.side >= least), key=lambda box: -box.side)

    def _search(self, grey: Grey) -> list[Found]:
        upright = [*self._network.look(grey, SURE), *self._look_with_margin(grey), *self._look_at_parts(grey)]
        return _once(upright) or (self._look_turned(grey) if self._turned else [])

    def _look_at_parts(self, grey: Grey) -> Iterator[Found]:
        wide, edge = _widened(grey, OVER_THE_EDGE)
        for part, left, top in _parts(wide, max(LEAST, self._smallest * min(grey.shape))):
            for one in self._network.look(part, SURE_OF_ONE_OF_MANY):
                if _whole(one, part, left, top, wide):
                    yield Found(one.score, _moved(one.points, left - edge, top - edge))

    def _look_with_margin(self, grey: Grey) -> list[Found]:
        wide, edge = _widened(grey, MARGIN)
        return [Found(one.score, _moved(one.points, -edge, -edge)) for one in self._network.look(wide, SURE)]

    def _look_turned(self, grey: Grey) -> list[Found]:
        """What is found in the copy in which the network is surest."""
        best: list[Found] = []
        for turn in TURNS:
            turned, back = _turned(grey, turn)
            found = self._network.look(turned, SURE_OF_ONE_OF_MANY)
            if found and (not best or found[0].score > best[0].score):
                best = [Found(one.score, _mapped(one.points, back)) for one in found]
        return best


def _widened(grey: Grey, share: float) -> tuple[Grey, int]:
    """`grey` with a black margin, a share of its longer side, and the margin's width in pixels."""
    edge = round(share * max(grey.shape))
    wide = cv2.copyMakeBorder(grey, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(wide, dtype=np.uint8), edge


def _parts(grey: Grey, smallest: float) -> Iterator[tuple[Grey, int, int]]:
    """Overlapping squares of `grey`, each with its left and top, down to those in which a face of `smallest` pixels is
    large enough."""
    height, width = grey.shape
    side = max(height, width)
    while side * REACH > smallest:
        side = max(ceil(side / 2), round(smallest / REACH))
        for top, left in product(_starts(height, side), _starts(width, side)):
            yield grey[top : top + side, left : left + side], left, top
        if side <= round(smallest / REACH):
            return


def _starts(length: int, side: int) -> list[int]:
    """Where parts of `side` pixels begin that cover `length`."""
    room = max(0, length - side)
    steps = ceil(room / (APART * side))
    return [round(i * room / steps) for i in range(steps + 1)] if steps else [0]


def _whole(found: Found, part: Grey, left: int, top: int, grey: Grey) -> bool:
    """Whether a find in a part is not cut by an edge that is none of the picture."""
    (x, y), (across, down) = found.points[0], found.points[1] / 2
    height, width = part.shape
    return bool(
        (x > across or left == 0)
        and (y > down or top == 0)
        and (x + across < width or left + width == grey.shape[1])
        and (y + down < height or top + height == grey.shape[0])
    )


def _once(found: list[Found]) -> list[Found]:
    """Each face once, from where the network is surest of it."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.score):
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _same(one: Found, other: Found) -> bool:
    half = one.points[1] / 2, other.points[1] / 2
    most = np.minimum(one.points[0] + half[0], other.points[0] + half[1])
    least = np.maximum(one.points[0] - half[0], other.points[0] - half[1])
    shared = float((most - least).clip(min=0).prod())
    areas = float(one.points[1].prod()), float(other.points[1].prod())
    return shared > _SAME * (sum(areas) - shared) or shared > _WITHIN * min(areas)


def _moved(points: NDArray[np.float32], across: float, down: float) -> NDArray[np.float32]:
    moved = points.copy()
    moved[[0, *range(2, len(points))]] += np.array([across, down], np.float32)
    return moved


def _turned(grey: Grey, turn: int) -> tuple[Grey, NDArray[np.float64]]:
    """`grey` turned anticlockwise about its middle, with a margin, and the way back, [2, 3]."""
    height, width = grey.shape
    side = round((1 + MARGIN) * max(height, width))
    there = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), turn, 1.0)
    there[:, 2] = there[:, 2] + np.array([side - width, side - height]) / 2
    turned = cv2.warpAffine(grey, there, (side, side), flags=cv2.INTER_LINEAR)
    return np.asarray(turned, dtype=np.uint8), np.asarray(cv2.invertAffineTransform(there), dtype=np.float64)


def _mapped(points: NDArray[np.float32], way: NDArray[np.float64]) -> NDArray[np.float32]:
    at = points @ way[:, :2].T + way[:, 2]
    at[1] = points[1]
    return at.astype(np.float32)
