"""Read the faces of a picture or a video that somebody gives: the bytes of a file in, `SeenFrame` out.

Everything happens in memory, nothing is written anywhere. Files are hostile until shown otherwise: the first bytes
choose the reader, never a name; pictures and films are decoded in a process of their own. Size, length, points and time
are bounded; see `core.domain.files`.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Literal

from core.domain.camera.seen import SeenFace, SeenFrame
from core.domain.files import MOST_BYTES, refused
from core.domain.network.rating import Rater
from core.vision.crop import SIDE, crop
from core.vision.decoder import decode_given
from core.vision.denoise import denoised
from core.vision.faces import Box, FaceFinder
from core.vision.film import frames
from core.vision.reader import FaceReader, share_of

Kind = Literal["picture", "video"]
LONGEST = 960  # pixels of the copy of a picture that is searched
SMALLEST = 0.06  # of the shorter side of a picture: people in a group
NEIGHBOURS = 6  # as many small places are searched, more must agree
MOST_FACES = 30


def kind_of(content: bytes) -> Kind:
    """What the first bytes of a file say it is; raises FileRefused for anything that is not read here."""
    if len(content) > MOST_BYTES:
        raise refused("bytes")
    if content[4:8] == b"ftyp" or content[:4] == b"\x1aE\xdf\xa3":
        return "video"
    if content[:3] == b"\xff\xd8\xff" or content[:8] == b"\x89PNG\r\n\x1a\n" or content[8:12] == b"WEBP":
        return "picture"
    raise refused("kind")


def read_file(content: bytes, rater: Rater, *, denoise: bool = False) -> Iterator[tuple[float, SeenFrame]]:
    """Every frame that is read, with how much of the file is done by then, from 0 to 1.

    Raises FileRefused, for a video perhaps after some frames.
    """
    if kind_of(content) == "picture":
        yield 1.0, read_picture(content, rater, denoise=denoise)
    else:
        yield from read_video(content, rater, denoise=denoise)


def read_picture(picture: bytes, rater: Rater, *, denoise: bool = False) -> SeenFrame:
    """Every face of an encoded picture; one of 48×48 is FER-2013's and is a face as a whole."""
    grey = decode_given(picture)
    if denoise:
        grey = denoised(grey)
    height, width = grey.shape
    if grey.shape == (SIDE, SIDE):
        boxes = [Box(0, 0, SIDE, found=True)]
    else:
        boxes = FaceFinder(LONGEST, SMALLEST, neighbours=NEIGHBOURS).find(grey)[:MOST_FACES]
    ratings = rater.rate_many(crop(grey, box) for box in boxes)
    faces = tuple(
        SeenFace(number, share_of(box, width, height), rating, rating)
        for number, (box, rating) in enumerate(zip(boxes, ratings, strict=True), 1)
    )
    lit = grey if not boxes else crop(grey, boxes[0])
    return SeenFrame(0.0, faces, float(lit.mean()) / 255)


def read_video(video: bytes, rater: Rater, *, denoise: bool = False) -> Iterator[tuple[float, SeenFrame]]:
    """Every `film.STEP` seconds of a video, as `read_file`; faces keep their numbers as in a camera's stream."""
    reader = FaceReader(rater, every=1)
    with closing(frames(video)) as decoded:
        for at, share, grey in decoded:
            yield share, reader.read(denoised(grey) if denoise else grey, at)
