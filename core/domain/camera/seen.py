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
    lasts: float = 0.0
    """Seconds until the next frame that was read, or the end; 0 of a camera and of a picture."""
    damaged: bool = False
    """The file is damaged where this frame stands: it may not show what was filmed."""
    pictures: int = 1
    """How many pictures lie in the picture's file: of one that does not move only the main one is read."""
    preview: bytes = b""
    """A grey JPEG of what was read, of a picture whose format not every browser shows."""


@dataclass(frozen=True)
class FileReading:
    """What was seen in a file: one frame of a picture, or every fifth of a second of a video or a moving picture."""

    kind: Literal["picture", "video"]
    frames: tuple[SeenFrame, ...]

    @property
    def moves(self) -> bool:
        return self.kind == "video" or len(self.frames) > 1

    @property
    def seconds(self) -> float:
        return sum(frame.lasts for frame in self.frames)

    @property
    def damaged(self) -> float:
        """Seconds in which the file is damaged."""
        return sum(frame.lasts for frame in self.frames if frame.damaged)

    @property
    def unread(self) -> int:
        """How many pictures lie in the file beside those that were read."""
        return 0 if self.kind == "video" or not self.frames else self.frames[0].pictures - len(self.frames)

    def shown(self) -> dict[int, dict[Emotion, float]]:
        """Face to emotion to the seconds in which it was the network's first answer, longest first; faces as they
        came."""
        found: dict[int, dict[Emotion, float]] = {}
        for frame in self.frames:
            for face in frame.faces:
                of_face = found.setdefault(face.id, {})
                of_face[face.top] = of_face.get(face.top, 0.0) + frame.lasts
        return {face: dict(sorted(of.items(), key=lambda one: -one[1])) for face, of in found.items()}


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
