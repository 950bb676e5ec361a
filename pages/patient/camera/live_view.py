"""Live view of one tab's camera: the thread that processes its frames writes, the page reads.

Only the latest `SeenFrame` is kept: numbers, no picture. A frame is mirrored, read, drawn on and sent back; nothing
of it is kept, logged or written.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import count
from math import ceil
from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.domain.camera.hold import Hold, Phase
from core.domain.camera.seen import SeenFrame
from core.vision.mesh import shape_of
from core.vision.reader import FaceReader
from pages.patient.camera.overlay import Overlay, Ring, mirrored

if TYPE_CHECKING:
    from av import VideoFrame

REMEMBERED = 40  # times of frames from which their rate is taken
STILL, SILENT = 3.0, 10.0
"""Seconds without a frame after which the picture stands still, and a camera that worked counts as gone."""
AT_ONCE = 0.002
"""Seconds: a frame that is there so soon after the one before came while that was being drawn."""
_numbers = count(1)


class LiveView:
    """One stream. `number`: which of this server. `taken`: another tab of this person has begun to use the camera.
    `over`: the stream ended. `placed`: the page shows it, `wanted`: and has asked the browser for frames."""

    def __init__(self, make_reader: Callable[[], FaceReader]) -> None:
        self.number = next(_numbers)
        self.taken = self.over = self.placed = self.wanted = False
        self._lock = threading.Lock()
        self._reader: FaceReader | None = make_reader()
        self._overlay = Overlay()
        self._hold: Hold | None = None
        self._seen: SeenFrame | None = None
        self._times: deque[float] = deque(maxlen=REMEMBERED)
        self._done_at, self._waited_for_it = 0.0, False

    async def take(self, frames: "list[VideoFrame]") -> "list[VideoFrame]":
        """What arrived since the last call in, the newest of it with its overlay out; the rest is dropped.

        streamlit_webrtc sends at each frame what it got for the one before. Once a frame took longer than that, there
        are two to send, and all that follow would be late by one more: the second of them is left out.
        """
        waited = time.monotonic() - self._done_at > AT_ONCE
        shown = self._shown(frames[-1])
        second = self._waited_for_it and not waited
        self._waited_for_it, self._done_at = waited, time.monotonic()
        return [] if second else [shown]

    def show(self, overlay: Overlay, hold: Hold | None = None) -> None:
        """From the next frame on draw `overlay`, and let the frames go to `hold`."""
        with self._lock:
            self._overlay, self._hold = overlay, hold

    def repeat(self) -> None:
        """Count down again."""
        with self._lock:
            if self._hold is not None:
                self._hold.repeat()

    def end(self) -> None:
        """The stream is over. What was kept for it goes; frames that still come pass by unseen."""
        with self._lock:
            self.over = True
            self._reader = self._hold = self._seen = None

    @property
    def seen(self) -> SeenFrame | None:
        """The latest frame, if one came lately."""
        return None if self.still else self._seen

    @property
    def began(self) -> bool:
        """Whether any frame has come."""
        return bool(self._times)

    @property
    def still(self) -> bool:
        """Whether frames came and none has come for a moment."""
        return self._waited(STILL)

    @property
    def silent(self) -> bool:
        """Whether frames came and come no more."""
        return self._waited(SILENT)

    @property
    def frames_per_second(self) -> float | None:
        """The rate of the last frames; None until there were enough."""
        times = list(self._times)
        return None if len(times) < REMEMBERED // 2 else (len(times) - 1) / (times[-1] - times[0])

    def _waited(self, seconds: float) -> bool:
        return self.began and time.monotonic() - self._times[-1] > seconds

    def _shown(self, frame: "VideoFrame") -> "VideoFrame":
        at = time.monotonic()
        picture = mirrored(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8))
        with self._lock:
            if self._reader is None:
                return frame
            grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
            self._seen = self._reader.read(grey, at)
            self._times.append(at)
            if self._hold is not None:
                holds = self._hold.phase is Phase.HOLDING and len(self._seen.faces) == 1
                self._hold.update(self._seen, shape_of(grey) if holds else None)
            drawn = self._overlay.draw(picture, self._seen, _ring(self._hold))
        return type(frame).from_ndarray(drawn, format="bgr24")


def _ring(hold: Hold | None) -> Ring | None:
    if hold is None or hold.phase is Phase.DONE:
        return None
    return Ring(ceil(hold.remaining) if hold.phase is Phase.COUNTDOWN else None, hold.filled)
