"""How often a network is right, how sure it may be believed, and the temperature that makes the two agree.

Probabilities are [n, 7], labels int [n], in the order of `Emotion`. ECE: Guo et al. 2017 (arXiv 1706.04599), 15
equal bins of the top probability.
"""

import numpy as np
from numpy.typing import NDArray

from core.domain.card import ClassQuality, Quality, Share
from core.domain.emotions import Emotion
from core.domain.metrics import kappa, wilson
from core.training.data import Rendered

BINS = 15

Probabilities = NDArray[np.floating]
Labels = NDArray[np.integer]


def quality(probabilities: Probabilities, labels: Labels, temperature: float = 1.0) -> Quality:
    """All figures of one set. `temperature` is already inside `probabilities`: `ece_before` is without it."""
    if len(labels) == 0 or probabilities.shape != (len(labels), len(Emotion)):
        raise ValueError(
            f"{probabilities.shape} probabilities for {len(labels)} labels; expected ({len(labels)}, 7), not empty"
        )
    answers = probabilities.argmax(1)
    matrix = np.zeros((len(Emotion), len(Emotion)), int)
    np.add.at(matrix, (labels, answers), 1)
    n, right = int(matrix.sum()), int(np.trace(matrix))
    classes = tuple(_class(matrix, emotion) for emotion in Emotion)
    return Quality(
        faces=n,
        right=right,
        accuracy=right / n,
        interval=wilson(right, n),
        macro_f1=float(np.mean([row.f1 for row in classes])),
        kappa=kappa(labels.tolist(), answers.tolist()),
        ece_before=calibration_error(softmax(temperature * _log(probabilities)), labels),
        ece=calibration_error(probabilities, labels),
        classes=classes,
        matrix=tuple(tuple(int(count) for count in row) for row in matrix),
    )


def _class(matrix: NDArray[np.integer], emotion: Emotion) -> ClassQuality:
    n = int(matrix.sum())
    hit = int(matrix[emotion, emotion])
    missed = int(matrix[emotion].sum()) - hit
    false = int(matrix[:, emotion].sum()) - hit
    return ClassQuality(
        emotion=emotion.word,
        faces=hit + missed,
        precision=_rate(hit, hit + false),
        recall=_rate(hit, hit + missed),
        specificity=_rate(n - hit - missed - false, n - hit - missed),
        f1=_rate(2 * hit, 2 * hit + false + missed),
        accuracy=(n - false - missed) / n,
    )


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def shares(probabilities: Probabilities, served: Rendered) -> tuple[Share, ...]:
    """For every group, in order of first appearance, how many of its faces are named as intended."""
    right = probabilities.argmax(1) == served.labels
    counted = []
    for name in dict.fromkeys(name for groups in served.groups for name in groups):
        member = np.array([name in groups for groups in served.groups])
        n, hits = int(member.sum()), int(right[member].sum())
        counted.append(Share(name, n, hits, wilson(hits, n)))
    return tuple(counted)


def calibration_error(probabilities: Probabilities, labels: Labels) -> float:
    """Expected calibration error: the mean gap between how sure and how often right, weighted by bin size."""
    sure = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=right - sure, minlength=BINS)
    return float(np.abs(gaps).sum() / len(labels))


def fit_temperature(logits: NDArray[np.floating], labels: Labels) -> float:
    """The T from 0.25 to 4 for which softmax(logits / T) makes `labels` likeliest, to the nearest half per cent."""
    rows = np.arange(len(labels))
    tried = np.geomspace(0.25, 4, 601)
    return float(max(tried, key=lambda t: _log(softmax(logits / t)[rows, labels]).mean()))


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Along the last axis, safe for large numbers."""
    powers = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def _log(probabilities: Probabilities) -> NDArray[np.float64]:
    return np.log(np.maximum(probabilities.astype(np.float64), 1e-12))
