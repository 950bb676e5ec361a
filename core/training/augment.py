"""Small lawful changes of a training face: what leaves the emotion as it is.

Mirror, rotation, zoom, shift, contrast, brightness and one blanked square, drawn from the generator that is handed
in: the same generator state gives the same pictures.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

ROTATION = 12.0  # degrees either way
ZOOM = 0.15  # of the size, either way
SHIFT = 0.08  # of the side, either way
CONTRAST = 0.3  # of the grey levels' spread, either way
BRIGHTNESS = 25.0  # grey levels either way
CUTOUT = (6, 18)  # side of the blanked square in pixels, for half of the faces


def augment(faces: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A changed copy of `faces` (uint8 [n, side, side]), of the same shape."""
    n, side = len(faces), int(faces.shape[1])
    angle = rng.uniform(-ROTATION, ROTATION, n)
    zoom = rng.uniform(1 - ZOOM, 1 + ZOOM, n)
    shift = rng.uniform(-SHIFT * side, SHIFT * side, (n, 2))
    contrast = rng.uniform(1 - CONTRAST, 1 + CONTRAST, n)
    brightness = rng.uniform(-BRIGHTNESS, BRIGHTNESS, n)
    mirror = rng.random(n) < 0.5
    cut = rng.random(n) < 0.5
    hole = rng.integers(CUTOUT[0], CUTOUT[1], n, endpoint=True)
    corner = rng.integers(-CUTOUT[0], side, (n, 2))
    changed = np.empty((n, side, side), np.float32)
    middle = ((side - 1) / 2, (side - 1) / 2)
    for i in range(n):
        face = faces[i, :, ::-1] if mirror[i] else faces[i]
        turn = cv2.getRotationMatrix2D(middle, angle[i], zoom[i])
        turn[:, 2] += shift[i]
        changed[i] = cv2.warpAffine(np.ascontiguousarray(face), turn, (side, side), borderMode=cv2.BORDER_REPLICATE)
    mean = changed.mean(axis=(1, 2), keepdims=True)
    changed = (changed - mean) * contrast[:, None, None] + mean + brightness[:, None, None]
    for i in np.flatnonzero(cut).tolist():
        top, left = corner[i]
        changed[i, max(top, 0) : top + hole[i], max(left, 0) : left + hole[i]] = mean[i, 0, 0]
    return np.asarray(np.clip(changed, 0, 255), dtype=np.uint8)
