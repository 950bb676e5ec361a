"""Face crop: from any served picture to what the network sees, 48×48 grey levels, an upright face filling the square.

`prepare` takes the bytes of a WebP, PNG or JPEG picture and returns uint8 [48, 48]. A picture that is 48×48
already is FER-2013's and passes through untouched but for colour.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.decoder import decode
from core.vision.boxes import Box, Grey
from core.vision.faces import find_portrait

SIDE = 48


def crop(grey: Grey, box: Box) -> NDArray[np.uint8]:
    """What `box` encloses, turned upright, as uint8 [48, 48]; beyond the picture its edge goes on."""
    if box.turn == 0 and box == box.inside(*reversed(grey.shape)):
        cut = grey[box.top : box.top + box.side, box.left : box.left + box.side]
        method = cv2.INTER_AREA if box.side > SIDE else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(cut, (SIDE, SIDE), interpolation=method), dtype=np.uint8)
    scale = SIDE / box.side
    part, left, top = _part(grey, box)
    if scale < 1:  # reduced first: a turn alone would skip points
        size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
        across, down = size[0] / part.shape[1], size[1] / part.shape[0]
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    else:
        across = down = 1.0
    x, y = box.centre
    centre = (x - left) * across - 0.5, (y - top) * down - 0.5
    there = cv2.getRotationMatrix2D(centre, box.turn, max(1.0, scale))
    there[:, 2] = there[:, 2] + (SIDE - 1) / 2 - np.array(centre)
    method = cv2.INTER_LINEAR if scale < 1 else cv2.INTER_CUBIC
    upright = cv2.warpAffine(part, there, (SIDE, SIDE), flags=method, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(upright, dtype=np.uint8)


def _part(grey: Grey, box: Box) -> tuple[Grey, int, int]:
    """What of a picture lies around `box`, however it is turned; its left and top."""
    (x, y), reach = box.centre, 0.75 * box.side + 2
    height, width = grey.shape
    left, top = (min(max(0, int(at - reach)), length - 1) for at, length in ((x, width), (y, height)))
    right, bottom = max(left + 1, int(x + reach) + 1), max(top + 1, int(y + reach) + 1)
    return grey[top:bottom, left:right], left, top


def prepare(picture: bytes) -> NDArray[np.uint8]:
    """The 48×48 face of an encoded picture of any size; raises ValueError on a broken one."""
    grey = decode(picture)
    return grey if grey.shape == (SIDE, SIDE) else crop(grey, find_portrait(grey))
