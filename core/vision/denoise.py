"""Denoising of a picture of a dark room before it is read: grey levels in, grey levels out.

A median of three takes single broken points, a narrow bell what differs from point to point by chance; faces are
reduced to 48×48 afterwards, which loses little of them. tests/bench/noise.py measures what it does.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH = 1.2  # standard deviation of the bell, in pixels


def denoised(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`grey` ([height, width], 0–255), smoothed."""
    return np.asarray(cv2.GaussianBlur(cv2.medianBlur(grey, 3), (0, 0), WIDTH), dtype=np.uint8)
