"""What a network is trained on: faces with, for each head, a distribution over the seven emotions."""

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.votes import COLUMN
from core.training.loop import Faces


def labelled(pictures: NDArray[np.uint8], labels: NDArray[np.integer], heads: int = 1) -> Faces:
    """Faces uint8 [n, 48, 48] whose label, int [n], is the whole truth for each head."""
    sure = np.eye(len(Emotion), dtype=np.float32)[labels]
    return Faces(pictures, np.repeat(sure[:, None], heads, axis=1))


def voted(pictures: NDArray[np.uint8], labels: NDArray[np.integer], votes: NDArray[np.integer]) -> Faces:
    """As `labelled` with two heads, the second trained on FER+'s `votes`, int [n, 10], in their file's order.

    Contempt, unknown and "not a face" are no emotion of ours: what remains is scaled to one, and where nothing
    remains the label stands.
    """
    faces = labelled(pictures, labels, heads=2)
    ours = votes[:, [COLUMN[emotion] for emotion in Emotion]].astype(np.float32)
    total = ours.sum(1)
    some = total > 0
    faces.targets[some, 1] = ours[some] / total[some, None]
    return faces


def together(first: Faces, second: Faces, times: int) -> Faces:
    """`first`, and `second` repeated `times` times: its weight in every epoch."""
    return Faces(
        np.concatenate([first.pictures, *[second.pictures] * times]),
        np.concatenate([first.targets, *[second.targets] * times]),
    )
