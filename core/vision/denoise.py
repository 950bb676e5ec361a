"""Take the noise of a dark room out of a picture before it is read: grey levels in, grey levels out."""

import cv2
import numpy as np
from numpy.typing import NDArray


def denoised(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`grey` ([height, width], 0–255) without what differs from pixel to pixel by chance."""
    return np.asarray(cv2.medianBlur(grey, 3), dtype=np.uint8)
