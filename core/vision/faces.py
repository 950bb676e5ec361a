"""Face detection: a grey picture in, squares around its faces out, by the detector that DETECTOR names.

BlazeFace finds faces for everything that reads pictures; the Haar cascades of the papers can be chosen instead.
"""

from collections.abc import Callable
from functools import cache
from typing import Protocol

from core.config import Detector, settings
from core.vision.boxes import Box, Grey, central
from core.vision.finder import BlazeFaceFinder
from core.vision.haar import HaarFinder

PORTRAIT, CROWD, STREAM = 0.25, 0.06, 0.15
"""The smallest face, of a picture's shorter side: what is smaller is somebody in the background."""


class FaceFinder(Protocol):
    """Finds the faces of a picture."""

    def find(self, grey: Grey) -> list[Box]:
        """The faces of `grey` ([height, width], 0–255), largest first."""
        ...


def portrait_finder(detector: Detector | None = None) -> FaceFinder:
    """For pictures of one person. FER-2013 was cut with this cascade."""
    return _of(detector, lambda: HaarFinder(256, PORTRAIT, 4, "default"), PORTRAIT, turned=True)


def picture_finder(detector: Detector | None = None) -> FaceFinder:
    """For pictures of any number of people."""
    # as many small places are searched, more finds of the cascade must agree
    return _of(detector, lambda: HaarFinder(960, CROWD, 6), CROWD, turned=True)


def stream_finder(detector: Detector | None = None) -> FaceFinder:
    """For the frames of a camera or a film."""
    return _of(detector, lambda: HaarFinder(320, STREAM), STREAM, turned=False)


def _of(detector: Detector | None, haar: Callable[[], FaceFinder], smallest: float, *, turned: bool) -> FaceFinder:
    if (detector or settings().detector) is Detector.HAAR:
        return haar()
    return BlazeFaceFinder(smallest, turned=turned)


@cache
def _portraits(detector: Detector | None) -> FaceFinder:
    return portrait_finder(detector)


def find_portrait(grey: Grey) -> Box:
    """The face of a picture of a set, as FER-2013 was cut; where its cascade finds none, as `find_face`.

    What networks said of such pictures is stored with the pictures, and stays comparable.
    """
    box = find_face(grey, Detector.HAAR)
    return box if box.found else find_face(grey)


def find_face(grey: Grey, detector: Detector | None = None) -> Box:
    """The largest face of a portrait, or the central square where none is found."""
    boxes = _portraits(detector).find(grey)
    height, width = grey.shape
    return boxes[0] if boxes else central(width, height)
