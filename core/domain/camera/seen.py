"""What a network saw in one frame of a camera or a film: the faces, where they are and what it says of each."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Literal

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


@dataclass(frozen=True)
class Read:
    """What was seen in a file: one frame of a picture, or every fifth of a second of a video."""

    kind: Literal["picture", "video"]
    frames: tuple[Seen, ...]


COLUMNS = (
    *("time_s", "face", "left", "top", "width", "height", "emotion"),
    *(f"p_{emotion.word}" for emotion in Emotion),
    *(f"raw_{emotion.word}" for emotion in Emotion),
)


def rows(frames: Iterable[Seen]) -> Iterator[list[str | int | float]]:
    """A row under COLUMNS for each face of each frame; `p_` is smoothed, `raw_` of the frame alone, `emotion` the top
    of `p_`; places are shares of the frame."""
    for frame in frames:
        for face in frame.faces:
            values = (*face.probabilities, *face.raw)
            place = (round(share, 4) for share in face.box)
            yield [round(frame.at, 3), face.id, *place, face.top.word, *(round(p, 4) for p in values)]


def as_csv(frames: Iterable[Seen]) -> str:
    """The same as a file: comma-separated, with a head."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(rows(frames))
    return text.getvalue()
