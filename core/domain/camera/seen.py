"""Frames as a network saw them: the faces of a camera or a film, where they are, what it says of each."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from core.domain.emotions import Emotion


@dataclass(frozen=True)
class SeenFace:
    """One face of a frame."""

    id: int
    """The same for the same face from frame to frame."""
    box: tuple[float, float, float, float]
    """Left, top, width and height, each a share of the frame's."""
    probabilities: tuple[float, ...]
    """Seven in the order of `Emotion`, smoothed over the frames before."""
    raw: tuple[float, ...]
    """The same of this frame alone."""

    @property
    def top(self) -> Emotion:
        return Emotion(self.probabilities.index(max(self.probabilities)))


@dataclass(frozen=True)
class SeenFrame:
    """What a network saw in one frame."""

    at: float
    """When it was taken, in seconds of a clock that only goes forward."""
    faces: tuple[SeenFace, ...]
    """Largest first."""
    light: float
    """Mean grey level of the largest face, of the frame if there is none, 0 (black) to 1."""


@dataclass(frozen=True)
class FileReading:
    """What was seen in a file: one frame of a picture, or every fifth of a second of a video."""

    kind: Literal["picture", "video"]
    frames: tuple[SeenFrame, ...]


COLUMNS = (
    *("time_s", "face", "left", "top", "width", "height", "emotion"),
    *(f"p_{emotion.word}" for emotion in Emotion),
    *(f"raw_{emotion.word}" for emotion in Emotion),
)


def rows(frames: Iterable[SeenFrame]) -> Iterator[list[str | int | float]]:
    """A row under COLUMNS for each face of each frame; `p_` is smoothed, `raw_` of the frame alone, `emotion` the top
    of `p_`; places are shares of the frame."""
    for frame in frames:
        for face in frame.faces:
            values = (*face.probabilities, *face.raw)
            place = (round(share, 4) for share in face.box)
            yield [round(frame.at, 3), face.id, *place, face.top.word, *(round(p, 4) for p in values)]


def as_csv(frames: Iterable[SeenFrame]) -> str:
    """The same as a file: comma-separated, with a head."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(rows(frames))
    return text.getvalue()
