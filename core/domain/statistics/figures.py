"""Figures by emotion over checks of one blueprint: hit rate, Hu with bootstrap, d′ and c, times, threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Trial
from core.domain.statistics.metrics import (
    LEAST_FOR_DETECTION,
    MISSED,
    Counts,
    Detection,
    Interval,
    ResponseTimes,
    Shares,
    column,
    confusion_matrix,
    detection,
    hits_of,
    hu_chance,
    response_times,
    times_shown,
    unbiased_hit_rates,
    wilson,
)
from core.domain.statistics.result import counted
from core.domain.statistics.threshold import Threshold, threshold

DRAWS = 2000


@dataclass(frozen=True)
class EmotionFigures:
    """One emotion over the checks: `right` of `shown`."""

    emotion: Emotion
    shown: int
    right: int
    interval: Interval
    answered: int
    """How often it was the answer."""
    hu: float
    """NaN below LEAST_FOR_DETECTION faces, as are `hu_chance` and `hu_high`: the interval of six holds the truth in 86
    of 100."""
    hu_interval: Interval
    hu_chance: float
    """Mean of Hu when the same answers fall on the faces at random."""
    hu_high: float
    """95th percentile of the same."""
    detection: Detection | None
    """None below 20 faces."""
    times: ResponseTimes
    threshold: Threshold | None
    """None without graded faces."""


def matrix_of(trials: Sequence[Trial]) -> Counts:
    """7 × 9 counts (`metrics.confusion_matrix`) of the trials that are not void."""
    valid = [trial for trial in trials if trial.void is None]
    return confusion_matrix([t.stimulus.target for t in valid], [counted(t) for t in valid])


def emotion_figures(checks: Sequence[Sequence[Trial]]) -> tuple[EmotionFigures, ...]:
    """Each emotion over all `checks`, pooled. d′ and c pool the checks in which no face was missed: they need every
    emotion equally often."""
    trials = [trial for check in checks for trial in check if trial.void is None]
    matrix = matrix_of(trials)
    hu, (_, spread) = unbiased_hit_rates(matrix), hu_intervals(matrix)
    chance, high = hu_chance(matrix)
    complete = sum(one for one in map(matrix_of, checks) if not one[:, MISSED].any())
    equal = np.zeros_like(matrix) + complete
    return tuple(
        EmotionFigures(
            emotion=emotion,
            shown=shown,
            right=right,
            interval=wilson(right, shown),
            answered=int(matrix[:, emotion].sum()),
            hu=float(hu[emotion]) if shown >= LEAST_FOR_DETECTION else nan,
            hu_interval=spread[emotion],
            hu_chance=float(chance[emotion]) if shown >= LEAST_FOR_DETECTION else nan,
            hu_high=float(high[emotion]) if shown >= LEAST_FOR_DETECTION else nan,
            detection=detection(equal, emotion),
            times=response_times([trial for trial in trials if trial.stimulus.target is emotion]),
            threshold=_threshold(trials, emotion, matrix),
        )
        for emotion, (right, shown) in zip(Emotion, hits_of(matrix), strict=True)
    )


def mean_hu(matrix: ArrayLike) -> float | None:
    """The mean of Hu over the emotions that were shown; None if none was."""
    hu = unbiased_hit_rates(matrix)
    return None if np.isnan(hu).all() else float(np.nanmean(hu))


def hu_intervals(matrix: ArrayLike, draws: int = DRAWS) -> tuple[Interval, tuple[Interval, ...]]:
    """95 % percentile bootstrap of the mean Hu, and of each emotion's: the faces of each emotion are drawn again.

    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13. Seeded, so a matrix always gets the same
    intervals. (0, 1) where nothing was shown. At 0 or at 1 throughout it has no width: that is the bootstrap's limit.
    """
    counts = np.asarray(matrix)[:, :MISSED]
    shown = counts.sum(axis=1)
    random = np.random.default_rng(0)
    rows = [random.multinomial(n, row / n, size=draws) for n, row in zip(shown, counts, strict=True) if n]
    if not rows:
        return (0.0, 1.0), ((0.0, 1.0),) * len(Emotion)
    seen = np.flatnonzero(shown)
    answered = np.sum(rows, axis=0)
    hits = np.stack([row[:, emotion] for row, emotion in zip(rows, seen, strict=True)], axis=1)
    hu = hits**2 / (shown[seen] * np.maximum(answered[:, seen], 1))
    each = dict(zip(seen.tolist(), map(_middle_95, hu.T), strict=True))
    return _middle_95(hu.mean(axis=1)), tuple(each.get(int(emotion), (0.0, 1.0)) for emotion in Emotion)


def _middle_95(values: Shares) -> Interval:
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def _threshold(trials: Sequence[Trial], emotion: Emotion, matrix: Counts) -> Threshold | None:
    """From the faces that say how strong they are; neutral has no strength, and gives the guess rate."""
    if emotion is Emotion.NEUTRAL:
        return None
    graded = [
        (trial.stimulus.intensity, counted(trial) is emotion)
        for trial in trials
        if trial.stimulus.target is emotion and trial.stimulus.intensity and column(counted(trial)) != MISSED
    ]
    neutral = int(matrix[Emotion.NEUTRAL, emotion]), int(times_shown(matrix)[Emotion.NEUTRAL])
    return threshold(graded, neutral)
