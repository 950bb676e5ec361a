"""Heat map of a network's evidence: class activation maps in, a small square of bytes out.

A network that averages its evidence over all places and adds nothing afterwards says exactly what each place gave to
each answer (class activation maps, Zhou et al. 2016, arXiv 1512.04150). Softmax does not see what is added to all
answers alike, so the evidence for one answer counts as far as it exceeds the mean over the answers.
"""

import numpy as np
from numpy.typing import NDArray


def heat(maps: NDArray[np.float32], answer: int) -> bytes:
    """How much each place spoke for `answer`: `maps` is float [side, side, answers], the result side² bytes row by
    row, 255 where it spoke most, 0 where it spoke for something else."""
    spoke = np.maximum(maps[..., answer] - maps.mean(axis=-1), 0)
    most = float(spoke.max())
    shares = spoke / most if most > 0 else spoke
    return bytes(np.rint(255 * shares).astype(np.uint8))
