"""Overlay over the mirrored picture of a camera: faces outlined, seven bars, a ring that fills, a number.

Pictures are uint8 [height, width, 3] in OpenCV's order of colours and are drawn on in place. Text is set once, with
the product's own font, and then only blended.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.config import DATA
from core.domain.camera.seen import SeenFace, SeenFrame
from core.domain.emotions import Emotion
from pages.shared.palette import DARK

FONT = DATA / "fonts" / "atkinson-hyperlegible-next-latin-normal.woff2"
_BOLD = 600  # of the font's 200 to 800
_SHADE = 0.35  # of the picture that shines through behind bars and numbers
_AROUND = 0.72  # radius of the ring, as a share of the face's side

Picture = NDArray[np.uint8]


def _colour(hexadecimal: str) -> tuple[int, int, int]:
    red, green, blue = (int(hexadecimal[place : place + 2], 16) for place in (1, 3, 5))
    return blue, green, red


_INK, _ACCENT, _PAPER, _LINE = (_colour(name) for name in (DARK.ink, DARK.accent, DARK.paper, DARK.line))
_EMOTIONS = [_colour(DARK.emotions[emotion]) for emotion in Emotion]


@dataclass(frozen=True)
class Ring:
    """The ring around a face that is held."""

    count: int | None
    """Seconds left to be counted down, if any."""
    filled: float
    """How much has been held, 0 to 1."""


@dataclass(frozen=True)
class Overlay:
    """What is drawn over the mirrored picture."""

    words: tuple[str, ...] | None = None
    """The seven emotions, for bars, in the person's language; None where bars would give an answer away."""
    large: bool = False
    """For a small screen, where the picture is shown at half its size."""

    def draw(self, picture: Picture, seen: SeenFrame, ring: Ring | None = None) -> Picture:
        """`picture` itself, with all that there is to draw."""
        height, width = picture.shape[:2]
        stroke = max(2, width // 240)
        alone = len(seen.faces) == 1
        if ring is not None and alone:
            _ring(picture, seen.faces[0], ring.filled, 2 * stroke)
        else:
            for face in seen.faces:
                _outline(picture, face, stroke)
        if ring is not None and ring.count is not None:
            size = height // 6
            _stamp(picture, _panel((str(ring.count),), size), (width - size) // 2, 8)
        if self.words is None:
            return picture
        row = max(12, width // 18 if self.large else height // 16)
        _bars(picture, self.words, seen.faces[0].probabilities if alone else (0.0,) * 7, row)
        return picture


def mirrored(picture: Picture) -> Picture:
    """As in a mirror: what moves left moves left."""
    return np.ascontiguousarray(picture[:, ::-1])


def _outline(picture: Picture, face: SeenFace, stroke: int) -> None:
    left, top, right, bottom = _corners(picture, face)
    cv2.rectangle(picture, (left, top), (right, bottom), _PAPER, stroke + 2, cv2.LINE_AA)
    cv2.rectangle(picture, (left, top), (right, bottom), _ACCENT, stroke, cv2.LINE_AA)


def _ring(picture: Picture, face: SeenFace, filled: float, stroke: int) -> None:
    left, top, right, bottom = _corners(picture, face)
    centre, radius = ((left + right) // 2, (top + bottom) // 2), round(_AROUND * (right - left))
    cv2.circle(picture, centre, radius, _PAPER, stroke + 2, cv2.LINE_AA)
    cv2.circle(picture, centre, radius, _INK, stroke // 2, cv2.LINE_AA)
    if filled > 0:
        cv2.ellipse(picture, centre, (radius, radius), -90, 0, 360 * min(filled, 1), _ACCENT, stroke, cv2.LINE_AA)


def _bars(picture: Picture, words: tuple[str, ...], shares: tuple[float, ...], row: int) -> None:
    """Seven rows at the lower left: the word, and a bar of its colour."""
    panel = _panel(words, row)
    top = picture.shape[0] - panel.ink.shape[0]
    _stamp(picture, panel, 0, top)
    start, end = panel.words_end + row // 2, panel.ink.shape[1] - row // 2
    for place, (share, colour) in enumerate(zip(shares, _EMOTIONS, strict=True)):
        middle = top + row // 2 + place * row + row // 2
        cv2.line(picture, (start, middle), (end, middle), _LINE, max(2, row // 8))
        cv2.line(picture, (start, middle), (start + round((end - start) * share), middle), colour, max(4, row // 2))


@dataclass(frozen=True)
class _Panel:
    """Words on a dark ground through which the picture shines: the ground with the words, how much of the picture and
    of the ground is seen at each place, and where the words end."""

    ink: Picture
    picture_share: NDArray[np.float32]
    ink_share: NDArray[np.float32]
    words_end: int


@cache
def _panel(words: tuple[str, ...], row: int) -> _Panel:
    """One word: a square of `row` pixels. Several: rows of `row` pixels, with room for bars beside them."""
    single = len(words) == 1
    font = ImageFont.truetype(str(FONT), round((0.8 if single else 0.72) * row))
    font.set_variation_by_axes([_BOLD])
    margin = row // 2
    end = margin + max(round(font.getlength(word)) for word in words)
    size = (row, row) if single else (end + 5 * row, (len(words) + 1) * row)
    image = Image.new("L", size)
    pen = ImageDraw.Draw(image)
    for place, word in enumerate(words):
        where = (margin, row // 2) if single else (margin, margin + place * row + row // 2)
        pen.text(where, word, fill=255, font=font, anchor="mm" if single else "lm")
    text = np.asarray(image, np.float32) / 255
    ground = np.array(_PAPER) + text[..., None] * (np.array(_INK) - np.array(_PAPER))
    shines = np.asarray(_SHADE * (1 - text), np.float32)
    return _Panel(np.ascontiguousarray(ground, np.uint8), shines, 1 - shines, end)


def _stamp(picture: Picture, panel: _Panel, left: int, top: int) -> None:
    across, down = panel.ink.shape[1::-1]
    place = picture[top : top + down, left : left + across]
    if place.shape == panel.ink.shape:  # a picture too small for words goes without
        place[:] = cv2.blendLinear(place, panel.ink, panel.picture_share, panel.ink_share)


def _corners(picture: Picture, face: SeenFace) -> tuple[int, int, int, int]:
    height, width = picture.shape[:2]
    left, top, across, down = face.box
    return round(left * width), round(top * height), round((left + across) * width), round((top + down) * height)
