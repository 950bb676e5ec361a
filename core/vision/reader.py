"""Read the faces of a camera or a film, frame by frame: grey levels and a time in, `SeenFrame` out.

Every n-th frame is searched for faces in a reduced copy; in between each face is followed by its own picture, which
costs a tenth. A face is known again by its place. A second face counts once it was found twice, because a detector
now and then takes a curtain for a face; one that it loses is followed for a moment longer, because it
blinks. One reader is for one thread and one stream.
"""

from dataclasses import dataclass, replace
from itertools import count
from math import exp

import cv2
import numpy as np
from numpy.typing import NDArray

from core.config import Detector
from core.domain.camera.seen import SeenFace, SeenFrame
from core.domain.network.rating import Rater
from core.vision.boxes import Box, between, overlap, share_of
from core.vision.crop import crop
from core.vision.faces import stream_finder

MOST = 12  # faces of one frame that are read, the largest
HELD = 1.5  # seconds that a face is followed without being found again
LONGEST_BETWEEN = 1.0  # seconds from one search to the next, however slowly frames come
OFTEN = 5  # frames from one search to the next while a face is followed that the last one did not find
PATCH = 40  # pixels to which a face is reduced to follow it
REACH = 0.3  # of a face's side: how far it may move from one frame to the next
LIKENESS = 0.6  # correlation from which on a place shows the same face as the frame before
OVERLAP = 0.3  # shared area over joint area from which on a find is the face that is followed


@dataclass(frozen=True)
class _Track:
    id: int
    box: Box
    found_at: float
    certain: bool
    probabilities: tuple[float, ...] = ()
    read_at: float = 0.0


class FaceReader:
    """`smoothing`: seconds after which a frame counts a third of what it did; 0 for none. `every`: frames from one
    search to the next while all is well. `detector`: None for the one of the settings."""

    def __init__(
        self, rater: Rater, *, smoothing: float = 0.5, every: int = 5, detector: Detector | None = None
    ) -> None:
        self._rater, self._smoothing, self._every = rater, smoothing, every
        self._finder = stream_finder(detector)
        self._ids = count(1)
        self._tracks: list[_Track] = []
        self._before: NDArray[np.uint8] | None = None
        self._searched_at, self._last_at, self._since = float("-inf"), float("-inf"), 0

    def read(self, grey: NDArray[np.uint8], at: float) -> SeenFrame:
        """What is to be seen in the frame `grey`, uint8 [height, width], taken at `at` seconds, later than the last."""
        if self._before is not None and self._before.shape != grey.shape:
            self._tracks = []
        # what was found in the last frame is followed to this one however much later it was taken
        before = [track for track in self._tracks if at - track.found_at <= HELD or track.found_at == self._last_at]
        followed = [there for track in before if (there := self._follow(track, grey)) is not None]
        self._since += 1
        missed = any(track.found_at < self._searched_at for track in followed)
        if (
            self._since >= (min(OFTEN, self._every) if missed else self._every)
            or at - self._searched_at > LONGEST_BETWEEN
            or not followed
            or len(followed) < len(before)
            or not all(track.certain for track in followed)
        ):
            followed = self._search(followed, grey, at)
            self._since, self._searched_at = 0, at
        self._before, self._last_at = grey, at
        rated = [self._rate(track, grey, at) if track.certain else (track, ()) for track in followed]
        self._tracks = [track for track, _ in rated]
        shown = sorted((one for one in rated if one[0].certain), key=lambda one: -one[0].box.side)
        height, width = grey.shape
        light = _cut(grey, shown[0][0].box.inside(width, height)) if shown else grey
        faces = (SeenFace(t.id, share_of(t.box, width, height), t.probabilities, raw) for t, raw in shown)
        return SeenFrame(at, tuple(faces), float(light.mean()) / 255)

    def _follow(self, track: _Track, grey: NDArray[np.uint8]) -> _Track | None:
        """The track where its face is now; None where nothing near looks like it."""
        assert self._before is not None
        height, width = grey.shape
        box = track.box.inside(width, height)
        reach = round(REACH * box.side)
        left, top = max(0, box.left - reach), max(0, box.top - reach)
        area = grey[top : box.top + box.side + reach, left : box.left + box.side + reach]
        scale = PATCH / box.side
        face = _reduced(_cut(self._before, box), scale)
        _, likeness, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(_reduced(area, scale), face, cv2.TM_CCOEFF_NORMED))
        if not LIKENESS <= likeness <= 1.01:  # what is flat is like everything, or not a number
            return None
        right = round((x - round((box.left - left) * scale)) / scale)
        down = round((y - round((box.top - top) * scale)) / scale)
        return replace(track, box=replace(track.box, left=track.box.left + right, top=track.box.top + down))

    def _search(self, followed: list[_Track], grey: NDArray[np.uint8], at: float) -> list[_Track]:
        """What was followed and what is found now, put together."""
        boxes = self._finder.find(grey)[:MOST]
        kept = []
        for track in followed:
            again = max(boxes, key=lambda box: overlap(track.box, box), default=None)
            if again is not None and overlap(track.box, again) >= OVERLAP:
                boxes.remove(again)
                kept.append(replace(track, box=between(track.box, again), found_at=at, certain=True))
            elif track.certain:
                kept.append(track)
        alone = not kept
        return kept + [_Track(next(self._ids), box, at, certain=alone) for box in boxes]

    def _rate(self, track: _Track, grey: NDArray[np.uint8], at: float) -> tuple[_Track, tuple[float, ...]]:
        raw = self._rater.rate(crop(grey, track.box))
        smoothed = raw
        if track.probabilities and self._smoothing > 0:
            weight = 1 - exp((track.read_at - at) / self._smoothing)
            smoothed = tuple(old + weight * (new - old) for old, new in zip(track.probabilities, raw, strict=True))
        return replace(track, probabilities=smoothed, read_at=at), raw


def _cut(grey: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    return grey[box.top : box.top + box.side, box.left : box.left + box.side]


def _reduced(grey: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    size = tuple(max(1, round(side * scale)) for side in reversed(grey.shape))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
