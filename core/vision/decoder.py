"""Encoded pictures to grey levels: ours at once, those that somebody gives in a process of its own that can be ended.

    python -m core.vision.decoder SECONDS < PICTURE     writes width, height and the grey levels

A small file can ask for hours or gigabytes: a progressive JPEG repeats a scan a thousand times, a PNG has one column.
"""

import io
import struct
import subprocess
import sys

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from core.domain.files import MOST_DECODING, MOST_PIXELS, MOST_SIDE, refused
from core.vision.confined import WHERE, command, confine, leave, refusal_of

FORMATS = ("WEBP", "PNG", "JPEG")
_SIZE = struct.Struct(">II")


class Undecodable(ValueError):
    """What is wrong with a picture; `name` is that of a refusal in `core.domain.files`."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def decode(picture: bytes) -> NDArray[np.uint8]:
    """The grey levels of an encoded picture, [height, width], upright as its EXIF says; raises Undecodable. Nothing
    larger than `MOST_PIXELS` is decoded: the size is read from the head first."""
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            if max(image.size) > MOST_SIDE:
                found = f"the picture of {len(picture)} bytes says it is {image.width}×{image.height}"
                raise Undecodable("side", f"{found}: no side may be longer than {MOST_SIDE:,} pixels")
            return np.asarray(ImageOps.exif_transpose(image).convert("L"), dtype=np.uint8)
    except Image.DecompressionBombError as error:
        found = f"the picture of {len(picture)} bytes says it is larger than {MOST_PIXELS:,} pixels"
        raise Undecodable("pixels", f"{found}: make it smaller") from error
    except UnidentifiedImageError:
        expected = f"expected one of {', '.join(FORMATS)}"
        raise Undecodable("broken", f"{len(picture)} bytes that are no picture: {expected}") from None
    except (OSError, SyntaxError) as error:
        found = f"the picture of {len(picture)} bytes is broken ({error})"
        raise Undecodable("broken", f"{found}: save it again as PNG or JPEG") from error


def decode_given(picture: bytes) -> NDArray[np.uint8]:
    """As `decode`, for what may be hostile: within `MOST_DECODING` and `confined.MOST_MEMORY`; raises FileRefused."""
    alone = command("core.vision.decoder", MOST_DECODING)
    try:
        done = subprocess.run(alone, input=picture, capture_output=True, timeout=6 * MOST_DECODING, **WHERE)
    except subprocess.TimeoutExpired as error:
        raise refused("work") from error
    if done.returncode:
        raise refusal_of(done.returncode)
    width, height = _SIZE.unpack_from(done.stdout)
    return np.frombuffer(done.stdout, np.uint8, offset=_SIZE.size).reshape(height, width)


def main() -> None:
    confine(float(sys.argv[1]))
    try:
        grey = decode(sys.stdin.buffer.read())
    except Undecodable as error:
        leave(error.name)
    sys.stdout.buffer.write(_SIZE.pack(grey.shape[1], grey.shape[0]) + grey.tobytes())


if __name__ == "__main__":
    main()
