"""Read the faces of a picture or a video that somebody gives: the bytes of a file in, `SeenFrame` out.

Everything happens in memory, nothing is written anywhere. Files are hostile until shown otherwise: the first bytes
choose the reader, never a name, and of video containers only MP4 and WebM are opened, because others (playlists)
make a reader fetch further files. Size, length, points and time are bounded; see `core.domain.files`.
"""

import io
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.domain.camera.seen import SeenFace, SeenFrame
from core.domain.files import MOST_BYTES, MOST_SECONDS, MOST_VIDEO_PIXELS, MOST_WORK, refused
from core.domain.network.rating import Rater
from core.vision.crop import SIDE, crop
from core.vision.decoder import decode_given
from core.vision.denoise import denoised
from core.vision.faces import Box, FaceFinder
from core.vision.reader import FaceReader, share_of

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

Kind = Literal["picture", "video"]
STEP = 0.2  # seconds from one frame of a video that is read to the next
LONGEST = 960  # pixels of the copy of a picture that is searched
SMALLEST = 0.06  # of the shorter side of a picture: people in a group
NEIGHBOURS = 6  # as many small places are searched, more must agree
MOST_FACES = 30
READ_AT = 1280  # pixels of the longer side to which a frame of a video is reduced
MOST_FRAMES = int(120 * MOST_SECONDS)  # a file may claim that a million frames lie in one second
CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9", "mpeg4"}


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
    """Every `STEP` seconds of a video, as `read_file`; faces keep their numbers as in a camera's stream."""
    reader, next_at, done, ends = FaceReader(rater, every=1), 0.0, 0.0, monotonic() + MOST_WORK
    for at, share, frame in _frames(video, ends):
        if at < next_at:
            continue
        grey = _grey(frame)
        done, next_at = max(done, share), at + STEP - 0.001
        yield done, reader.read(denoised(grey) if denoise else grey, at)
    if next_at == 0:
        raise refused("empty")


def _frames(video: bytes, ends: float) -> Iterator[tuple[float, float, "VideoFrame"]]:
    """Every frame with its time in seconds from the first one, and how much of the file lies before it."""
    import av  # 30 MB that no other page needs

    file = io.BytesIO(video)
    container_format = "mp4" if video[4:8] == b"ftyp" else "webm"
    try:
        options = {"enable_drefs": "0"}  # a film that refers to other files stays without them
        with av.open(file, "r", format=container_format, options=options, metadata_errors="replace") as container:
            if not container.streams.video:
                raise refused("empty")
            stream = container.streams.video[0]
            context = stream.codec_context
            if context is None or context.name not in CODECS:
                raise refused("codec")
            if context.width * context.height > MOST_VIDEO_PIXELS:
                raise refused("wide")
            length = (container.duration or 0) / 1_000_000
            if length > MOST_SECONDS + 1:
                raise refused("long")
            context.options = {"max_pixels": str(MOST_VIDEO_PIXELS)}
            context.thread_count = 1
            first = None
            for number, frame in enumerate(container.decode(stream)):
                if monotonic() > ends:
                    raise refused("work")
                if frame.time is None:
                    continue
                first = frame.time if first is None else first
                at = frame.time - first
                if at > MOST_SECONDS + 1 or number > MOST_FRAMES:
                    raise refused("long")
                yield at, min(1.0, at / length if length else file.tell() / len(video)), frame
    except (av.error.FFmpegError, UnicodeError) as error:
        raise refused("broken") from error


def _grey(frame: "VideoFrame") -> NDArray[np.uint8]:
    """The grey levels of a frame, upright and reduced."""
    scale = min(1.0, READ_AT / max(frame.width, frame.height))
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (frame.width, frame.height))
    grey = frame.to_ndarray(format="gray", width=width, height=height)
    return np.ascontiguousarray(np.rot90(grey, round(frame.rotation / 90)), dtype=np.uint8)
