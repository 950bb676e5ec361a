"""What a network saw in one frame of a camera or a film: the faces, where they are and what it says of each."""

from dataclasses import dataclass

from core.domain.emotions import Emotion


@dataclass(frozen=True)
class SeenFace:
    """One face of a frame.

    `id`: the same for the same face from frame to frame. `box`: left, top, width and height, each a share of the
    frame's. `raw`: seven probabilities in the order of `Emotion`, of this frame alone; `probabilities`: the same,
    smoothed over the frames before.
    """

    id: int
    box: tuple[float, float, float, float]
    probabilities: tuple[float, ...]
    raw: tuple[float, ...]

    @property
    def top(self) -> Emotion:
        return Emotion(self.probabilities.index(max(self.probabilities)))


@dataclass(frozen=True)
class Seen:
    """A frame: `at` is when it was taken, in seconds of a clock that only goes forward; `faces` largest first;
    `light` the mean grey level of the largest face, of the frame if there is none, from 0 (black) to 1."""

    at: float
    faces: tuple[SeenFace, ...]
    light: float
