"""Calibration of a network's probabilities: expected calibration error, with what chance does to it.

ECE: Guo et al. 2017 (arXiv 1706.04599), 15 equal bins of the top probability. A resample is a row of `draws`,
int [resamples, n], places of the faces drawn with replacement.
"""

import numpy as np
from numpy.typing import NDArray

from core.domain.network.quality import Bin, Calibration, Interval

BINS = 15
RESAMPLES = 1000
SEED = 20131


def calibration(
    probabilities: NDArray[np.floating], labels: NDArray[np.integer], draws: NDArray[np.integer]
) -> Calibration:
    """The mean gap between how sure `probabilities` [n, K] are and how often right on `labels` [n], by size of bin, its
    bins, and its interval over resamples."""
    sure, bins = _binned(probabilities)
    right = (probabilities.argmax(1) == labels).astype(np.float64)
    faces, sum_sure, sum_right = (np.bincount(bins, weights, BINS) for weights in (None, sure, right))
    error = float(np.abs(sum_right - sum_sure).sum() / len(labels))
    errors = np.abs(resampled(bins, draws, BINS, right - sure)).sum(1) / len(labels)
    low, high = np.percentile(errors, (2.5, 97.5)) - errors.mean() + error
    return Calibration(
        error=round(error, 6),
        interval=(round(max(float(low), 0.0), 6), round(float(high), 6)),
        bins=tuple(
            Bin(int(n), round(float(s / max(n, 1)), 4), round(float(r / max(n, 1)), 4))
            for n, s, r in zip(faces, sum_sure, sum_right, strict=True)
        ),
    )


def perfect(probabilities: NDArray[np.floating]) -> tuple[float, Interval]:
    """The error a network with these confidences shows by chance alone if each of them is true: mean, 95 % range."""
    sure, bins = _binned(probabilities)
    hits = np.random.default_rng(SEED).random((RESAMPLES, len(sure))) < sure
    gaps = np.stack([np.bincount(bins, hit - sure, BINS) for hit in hits])
    errors = np.abs(gaps).sum(1) / len(sure)
    low, high = np.percentile(errors, (2.5, 97.5))
    return float(errors.mean()), (round(float(low), 6), round(float(high), 6))


def resampled(
    places: NDArray[np.integer],
    draws: NDArray[np.integer],
    size: int,
    weights: NDArray[np.floating] | None = None,
) -> NDArray[np.float64]:
    """Counts of `places` (0 to `size` - 1), or sums of `weights`, in every resample: [resamples, size]."""
    flat = places[draws] + size * np.arange(len(draws))[:, None]
    chosen = None if weights is None else weights[draws].ravel()
    return np.bincount(flat.ravel(), chosen, size * len(draws)).reshape(-1, size).astype(np.float64)


def _binned(probabilities: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The top probability of each face, and its bin."""
    sure = probabilities.max(1).astype(np.float64)
    return sure, np.minimum((sure * BINS).astype(np.int64), BINS - 1)
