"""How often a network is right, how sure it may be believed, and the temperature that makes the two agree.

Probabilities are [n, 7], labels int [n], in the order of `Emotion`. ECE: Guo et al. 2017 (arXiv 1706.04599), 15
equal bins of the top probability. Interval: Wilson 1927, 95 %. Kappa: Cohen 1960.
"""

import math

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.card import ClassQuality, Quality

BINS = 15
Z = 1.959964  # the normal distribution's 97.5 % point

Probabilities = NDArray[np.floating]
Labels = NDArray[np.integer]


def quality(probabilities: Probabilities, labels: Labels, temperature: float = 1.0) -> Quality:
    """All figures of one set. `temperature` is the one already inside `probabilities`: `ece_before` is without it."""
    if len(labels) == 0 or probabilities.shape != (len(labels), len(Emotion)):
        raise ValueError(
            f"{probabilities.shape} probabilities for {len(labels)} labels; expected ({len(labels)}, 7), not empty"
        )
    matrix = np.zeros((len(Emotion), len(Emotion)), int)
    np.add.at(matrix, (labels, probabilities.argmax(1)), 1)
    n, right = int(matrix.sum()), int(np.trace(matrix))
    classes = tuple(_class(matrix, emotion) for emotion in Emotion)
    chance = float((matrix.sum(0) * matrix.sum(1)).sum()) / n**2
    return Quality(
        faces=n,
        right=right,
        accuracy=right / n,
        interval=wilson(right, n),
        macro_f1=float(np.mean([row.f1 for row in classes])),
        kappa=(right / n - chance) / (1 - chance) if chance < 1 else 0.0,
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


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of `right` of `n`."""
    rate, square = right / n, Z**2 / n
    middle = (rate + square / 2) / (1 + square)
    half = Z * math.sqrt(rate * (1 - rate) / n + square / (4 * n)) / (1 + square)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def calibration_error(probabilities: Probabilities, labels: Labels) -> float:
    """Expected calibration error: the mean gap between how sure and how often right, weighted by bin size."""
    sure = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=right - sure, minlength=BINS)
    return float(np.abs(gaps).sum() / len(labels))


def fit_temperature(logits: NDArray[np.floating], labels: Labels) -> float:
    """The temperature T for which softmax(logits / T) gives `labels` the highest likelihood, 0.25 to 4."""
    from scipy.optimize import minimize_scalar

    def surprise(log_temperature: float) -> float:
        scaled = softmax(logits / math.exp(log_temperature))
        return -float(_log(scaled[np.arange(len(labels)), labels]).mean())

    return math.exp(float(minimize_scalar(surprise, bounds=(-math.log(4), math.log(4)), method="bounded").x))


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Along the last axis, safe for large numbers."""
    powers = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def also_in(pictures: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """For each of `pictures` [n, 48, 48] whether the very same picture is among `others`."""
    seen = {picture.tobytes() for picture in others}
    return np.array([picture.tobytes() in seen for picture in pictures], bool)


def _log(probabilities: Probabilities) -> NDArray[np.float64]:
    return np.log(np.maximum(probabilities.astype(np.float64), 1e-12))
