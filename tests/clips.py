"""Films for Chromium's fake camera, made of the built-in faces in a temporary folder.

A `Clip` is a short y4m film that Chromium plays round and round. It reads each frame from the file when it is due, so
a test changes what the camera sees by writing another scene into the same file: `clip.show("fear")`.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.stimuli.builtin import FOLDER

WIDTH, HEIGHT = 640, 480
PERSON, SECOND = "310", "208"
"""Two of the role "practice"; test_expression.py would fail on one that the shipped network cannot read."""
EMPTY, TWO, DARK = "nobody", "two", "dark"
_WANDERS = ((0, 0), (1, 0), (1, 1), (0, 1))  # pixels, because nobody sits still
_FRAME = b"FRAME\n"


@dataclass(frozen=True)
class Clip:
    """A film at `path`, of `rate` frames a second; small and slow, so that busy machines can test with it, too."""

    path: Path
    rate: int = 10
    width: int = WIDTH // 2
    height: int = HEIGHT // 2

    def show(self, scene: str) -> None:
        """Play `scene` from now on: an emotion's word, EMPTY, TWO or DARK."""
        head = f"YUV4MPEG2 W{self.width} H{self.height} F{self.rate}:1 Ip A1:1 C420mpeg2\n".encode()
        frames = (_FRAME + self._planes(picture(scene, shift)).tobytes() for shift in _WANDERS)
        content = head + b"".join(frames)
        if self.path.exists():
            with self.path.open("r+b") as file:  # in place: the browser keeps the file open
                file.write(content)
        else:
            self.path.write_bytes(content)

    def _planes(self, bgr: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """As y4m wants it: luminance, then both colours at half the size."""
        small = cv2.resize(bgr, (self.width, self.height), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2YUV_I420), np.uint8)

    @property
    def arguments(self) -> list[str]:
        """What makes Chromium take this film for a camera."""
        return ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={self.path}"]


def picture(scene: str, shift: tuple[int, int] = (0, 0)) -> NDArray[np.uint8]:
    """One frame of `scene`, uint8 [HEIGHT, WIDTH, 3] in OpenCV's order of colours."""
    room = np.full((HEIGHT, WIDTH, 3), (176, 182, 186), np.uint8)
    room[:, :, 0] -= np.linspace(0, 40, WIDTH, dtype=np.uint8)[None, :]
    if scene == TWO:
        _put(room, face(PERSON, "neutral"), 290, (20 + shift[0], 100 + shift[1]))
        _put(room, face(SECOND, "neutral"), 290, (330 + shift[0], 100 + shift[1]))
    elif scene != EMPTY:
        emotion = "neutral" if scene == DARK else scene
        _put(room, face(PERSON, emotion), 384, (128 + shift[0], 60 + shift[1]))
    return np.asarray(room * 0.06, np.uint8) if scene == DARK else room


def face(person: str, emotion: str) -> NDArray[np.uint8]:
    """A built-in face at its full strength, 384×384 pixels in OpenCV's order of colours."""
    strength = "000" if emotion == "neutral" else "100"
    found = cv2.imread(str(FOLDER / person / f"{emotion}_{strength}.webp"))
    assert found is not None, f"{person} shows no {emotion}"
    return np.asarray(found, np.uint8)


def _put(room: NDArray[np.uint8], what: NDArray[np.uint8], side: int, place: tuple[int, int]) -> None:
    left, top = place
    small = cv2.resize(what, (side, side), interpolation=cv2.INTER_AREA)
    room[top : top + side, left : left + side] = small[: HEIGHT - top, : WIDTH - left]
