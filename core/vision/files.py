"""Read the faces of a picture or a video that somebody gives: the bytes of a file in, `SeenFrame` out.

Everything happens in memory, nothing is written anywhere. Files are hostile until shown otherwise: the first bytes
choose the reader (`core.media.kinds`), never a name; pictures and films are decoded in a process of their own. Size,
length, points and time are bounded; see `core.domain.files`.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.config import Detector
from core.domain.camera.seen import SeenFace, SeenFrame
from core.domain.network.rating import Rater
from core.media.decoder import decode_given, decoder
from core.media.kinds import kind_of
from core.media.picture import READ_AT
from core.vision.boxes import Box, share_of
from core.vision.crop import SIDE, crop
from core.vision.denoise import denoised
from core.vision.faces import picture_finder
from core.vision.film import frames
from core.vision.reader import FaceReader

MOST_FACES = 30
SHOWN = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")  # formats that every browser shows


def read_file(
    content: bytes, rater: Rater, *, denoise: bool = False, detector: Detector | None = None
) -> Iterator[tuple[float, SeenFrame]]:
    """Every frame that is read, with how much of the file is done by then, from 0 to 1.

    Raises FileRefused, for a video perhaps after some frames.
    """
    if kind_of(content) == "picture":
        yield from _read_pictures(content, rater, denoise=denoise, detector=detector)
    else:
        yield from read_video(content, rater, denoise=denoise, detector=detector)


def _read_pictures(
    picture: bytes, rater: Rater, *, denoise: bool, detector: Detector | None
) -> Iterator[tuple[float, SeenFrame]]:
    """The frame of a picture, or those of one that moves, as of a video."""
    with decoder() as own:
        decoded = own.decode(picture, "every")
    greys = [(at, denoised(grey) if denoise else grey) for at, grey in decoded.frames]
    if len(greys) == 1:
        preview = b"" if decoded.form in SHOWN else _preview(decoded.frames[0][1])
        yield 1.0, replace(_read_grey(greys[0][1], rater, detector), pictures=decoded.pictures, preview=preview)
        return
    reader = FaceReader(rater, every=1, detector=detector)
    ends = [*(at for at, _ in greys[1:]), decoded.lasts]
    for number, ((at, grey), end) in enumerate(zip(greys, ends, strict=True), 1):
        seen = reader.read(grey, at)
        yield number / len(greys), replace(seen, lasts=end - at, pictures=decoded.pictures)


def _preview(grey: NDArray[np.uint8]) -> bytes:
    scale = min(1.0, READ_AT / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    return cv2.imencode(".jpg", small)[1].tobytes()


def read_picture(picture: bytes, rater: Rater, *, denoise: bool = False) -> SeenFrame:
    """Every face of an encoded picture; where one of 48×48 shows a face it is FER-2013's, and a face as a whole."""
    grey = decode_given(picture)
    return _read_grey(denoised(grey) if denoise else grey, rater)


def _read_grey(grey: NDArray[np.uint8], rater: Rater, detector: Detector | None = None) -> SeenFrame:
    height, width = grey.shape
    boxes = picture_finder(detector).find(grey)[:MOST_FACES]
    if boxes and grey.shape == (SIDE, SIDE):
        boxes = [Box(0, 0, SIDE, found=True)]
    ratings = rater.rate_many(crop(grey, box) for box in boxes)
    faces = tuple(
        SeenFace(number, share_of(box, width, height), rating, rating)
        for number, (box, rating) in enumerate(zip(boxes, ratings, strict=True), 1)
    )
    lit = grey if not boxes else crop(grey, boxes[0])
    return SeenFrame(0.0, faces, float(lit.mean()) / 255)


def read_video(
    video: bytes, rater: Rater, *, denoise: bool = False, detector: Detector | None = None
) -> Iterator[tuple[float, SeenFrame]]:
    """Every `film.STEP` seconds of a video, as `read_file`; faces keep their numbers as in a camera's stream."""
    reader = FaceReader(rater, every=1, detector=detector)
    with closing(frames(video)) as decoded:
        for frame in decoded:
            seen = reader.read(denoised(frame.grey) if denoise else frame.grey, frame.at)
            yield frame.share, replace(seen, lasts=frame.lasts, damaged=frame.damaged)
