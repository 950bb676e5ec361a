"""Evaluation of a network: every figure of a card, and the temperature.

Probabilities are [n, K], labels int [n] are places among the K classes, whose names come with them in order.
Figures are scikit-learn's where it has them; all chance comes from SEED.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn import metrics

from core.domain.emotions import Emotion
from core.domain.network.quality import ClassQuality, Curves, Interval, Quality
from core.domain.statistics.metrics import wilson
from core.training.calibration import RESAMPLES, SEED, calibration, perfect, resampled

POINTS = 61
FEW = 100  # faces below which resamples are too alike, and Wilson's interval of the accuracy is taken

Probabilities = NDArray[np.floating]
Labels = NDArray[np.integer]

SEVEN = tuple(emotion.word for emotion in Emotion)


def quality(
    probabilities: Probabilities, labels: Labels, temperature: float = 1.0, names: Sequence[str] = SEVEN
) -> Quality:
    """All figures of one set. `temperature` is already inside `probabilities`: `uncalibrated` is without it."""
    if len(labels) == 0 or probabilities.shape != (len(labels), len(names)):
        raise ValueError(
            f"{probabilities.shape} probabilities for {len(labels)} labels; expected ({len(labels)}, {len(names)}), "
            "not empty"
        )
    classes = np.arange(len(names))
    answers = probabilities.argmax(1)
    matrix = metrics.confusion_matrix(labels, answers, labels=classes)
    n, right = len(labels), int(np.trace(matrix))
    occurring = np.unique(labels)
    draws = np.random.default_rng(SEED).integers(n, size=(RESAMPLES, n))
    kappa = metrics.cohen_kappa_score(labels, answers) if len(set(labels) | set(answers)) > 1 else None
    unscaled = softmax(temperature * log(probabilities))
    mean, between = perfect(probabilities)
    return Quality(
        faces=n,
        right=right,
        accuracy=short(right / n),
        interval=percentiles((labels == answers)[draws].mean(1)) if n >= FEW else _short(wilson(right, n)),
        macro_f1=short(metrics.f1_score(labels, answers, labels=occurring, average="macro", zero_division=0)),
        macro_f1_interval=percentiles(_f1(labels, answers, draws, len(names))[:, occurring].mean(1)),
        kappa=None if kappa is None else short(kappa),
        classes=_classes(probabilities, labels, names),
        matrix=tuple(tuple(row) for row in matrix.tolist()),
        calibration=calibration(probabilities, labels, draws),
        uncalibrated=calibration(unscaled, labels, draws),
        perfect=short(mean),
        perfect_range=between,
    )


def _classes(probabilities: Probabilities, labels: Labels, names: Sequence[str]) -> tuple[ClassQuality, ...]:
    classes, answers = np.arange(len(names)), probabilities.argmax(1)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(labels, answers, labels=classes, zero_division=0)
    counts = metrics.multilabel_confusion_matrix(labels, answers, labels=classes)
    rows = []
    for i, name in enumerate(names):
        (rejected, false), (missed, hit) = counts[i].tolist()
        both = hit + missed > 0 and rejected + false > 0
        truth, score = labels == i, probabilities[:, i]
        rows.append(
            ClassQuality(
                name=name,
                faces=hit + missed,
                precision=short(precision[i]),
                recall=short(recall[i]),
                specificity=short(rejected / max(rejected + false, 1)),
                f1=short(f1[i]),
                accuracy=short((hit + rejected) / len(labels)),
                precision_interval=_short(wilson(hit, hit + false)),
                recall_interval=_short(wilson(hit, hit + missed)),
                average_precision=short(metrics.average_precision_score(truth, score)) if both else None,
                auc=short(metrics.roc_auc_score(truth, score)) if both else None,
            )
        )
    return tuple(rows)


def _f1(labels: Labels, answers: Labels, draws: NDArray[np.integer], k: int) -> NDArray[np.float64]:
    """F1 of every resample and class, 2 × hits / (faces + answers): [resamples, k]."""
    cells = resampled(labels * k + answers, draws, k * k).reshape(-1, k, k)
    hits = np.diagonal(cells, axis1=1, axis2=2)
    return np.asarray(2 * hits / np.maximum(cells.sum(1) + cells.sum(2), 1))


def curves(probabilities: Probabilities, labels: Labels, names: Sequence[str] = SEVEN) -> tuple[Curves, ...]:
    """Precision-recall and ROC of each class against the rest; none for a class without faces, or alone."""
    drawn = []
    for i, name in enumerate(names):
        truth, score = labels == i, probabilities[:, i]
        if truth.any() and not truth.all():
            precision, recall, _ = metrics.precision_recall_curve(truth, score)
            false, true, _ = metrics.roc_curve(truth, score)
            drawn.append(Curves(name, _thinned(recall[::-1], precision[::-1]), _thinned(false, true)))
    return tuple(drawn)


def _thinned(x: NDArray[np.floating], y: NDArray[np.floating]) -> tuple[tuple[float, float], ...]:
    """At most POINTS of a curve's own points, about equally far apart along it, both ends among them."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    chosen = np.unique(np.searchsorted(length, np.linspace(0, length[-1], POINTS)).clip(max=len(x) - 1))
    return tuple((round(float(x[i]), 4), round(float(y[i]), 4)) for i in chosen)


def fit_temperature(logits: NDArray[np.floating], truth: NDArray[np.number]) -> float:
    """The T from 0.25 to 4 for which softmax(logits / T) makes `truth` likeliest.

    `truth`: labels int [n], or for each face a distribution, float [n, K]. Guo et al. 2017, arXiv 1706.04599.
    """
    target = np.eye(logits.shape[1])[truth] if truth.ndim == 1 else truth

    def loss(logarithm: float) -> float:
        return -float((target * log(softmax(logits / np.exp(logarithm)))).sum(1).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(np.log(0.25), np.log(4)), method="bounded").x))


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Along the last axis, safe for large numbers."""
    powers = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def log(probabilities: Probabilities) -> NDArray[np.float64]:
    """Natural logarithms; nothing below 1e-12 is told apart."""
    return np.log(np.maximum(probabilities.astype(np.float64), 1e-12))


def percentiles(values: NDArray[np.floating]) -> Interval:
    """The range of the middle 95 % of `values`."""
    low, high = np.percentile(values, (2.5, 97.5))
    return short(low), short(high)


def short(value: float) -> float:
    """A figure as a card keeps it."""
    return round(float(value), 6)


def _short(pair: Interval) -> Interval:
    return short(pair[0]), short(pair[1])
