"""Face crop: from any served picture to what the network sees, 48×48 grey levels, the face filling the square.

`prepare` takes the bytes of a WebP, PNG or JPEG picture and returns uint8 [48, 48]. A picture that is 48×48
already is FER-2013's and passes through untouched but for colour. Nothing larger than `MOST_PIXELS` is ever
decoded: the size is read from the header first.
"""

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from core.domain.files import MOST_PIXELS
from core.vision.faces import Box, find_face

SIDE = 48
FORMATS = ("WEBP", "PNG", "JPEG")


class TooManyPixels(ValueError):
    """The head of a picture says that it is larger than what is decoded."""


def decode(picture: bytes) -> NDArray[np.uint8]:
    """The grey levels of an encoded picture, [height, width], upright as its EXIF says; raises ValueError saying what
    is wrong with it, TooManyPixels if that is its size."""
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            return np.asarray(ImageOps.exif_transpose(image).convert("L"), dtype=np.uint8)
    except Image.DecompressionBombError as error:
        raise TooManyPixels(
            f"the picture of {len(picture)} bytes says it is larger than {MOST_PIXELS:,} pixels: make it smaller"
        ) from error
    except UnidentifiedImageError:
        raise ValueError(f"{len(picture)} bytes that are no picture: expected one of {', '.join(FORMATS)}") from None
    except (OSError, SyntaxError) as error:
        raise ValueError(
            f"the picture of {len(picture)} bytes is broken ({error}): save it again as PNG or JPEG"
        ) from error


def crop(grey: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """What `box` encloses, as uint8 [48, 48]."""
    cut = grey[box.top : box.top + box.side, box.left : box.left + box.side]
    shrinks = box.side > SIDE
    return np.asarray(
        cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC),
        dtype=np.uint8,
    )


def prepare(picture: bytes) -> NDArray[np.uint8]:
    """The 48×48 face of an encoded picture of any size; raises ValueError on a broken one."""
    grey = decode(picture)
    return grey if grey.shape == (SIDE, SIDE) else crop(grey, find_face(grey))
