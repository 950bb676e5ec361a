"""Face crop: from any served picture to what the network sees, 48×48 grey levels, the face filling the square.

`prepare` takes the bytes of a WebP, PNG or JPEG picture and returns uint8 [48, 48]. A picture that is 48×48
already is FER-2013's and passes through untouched but for colour.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.decoder import decode
from core.vision.faces import Box, find_face

SIDE = 48


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
