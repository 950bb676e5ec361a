"""Psychometric function of naming an emotion, and a belief over its two unknowns.

    P(right | x) = γ + (1 − γ − λ) · logistic(s · (x − θ))        x: strength in percent

θ is the threshold and s the slope; γ = 1/7 is chance with seven answers, λ the share of slips (Wichmann & Hill 2001,
10.3758/BF03194544). The belief is a grid over θ × s that Bayes' rule updates face by face, as in QUEST+ (Watson 2017,
10.1167/17.3.10), and it forgets: people learn, and an old answer says less of today.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]
"""57 thresholds × 3 slopes."""

GUESS, LAPSE = 1 / 7, 0.03
FORGET = 0.02
"""How much of a belief goes with each answer: about 50 faces are remembered."""
SPREAD = 26.0
"""Standard deviation of thresholds before anything was answered, in percent."""
_THRESHOLDS = np.arange(0.0, 141.0, 2.5)  # above 100: not named even at full strength
_SLOPES = np.array([0.03, 0.06, 0.12])


@cache
def chances(strength: int) -> Grid:
    """P(right) at a strength in percent, for each threshold and slope."""
    logit = _SLOPES[None, :] * (strength - _THRESHOLDS[:, None])
    return np.asarray(GUESS + (1 - GUESS - LAPSE) / (1 + np.exp(-logit)), dtype=np.float64)


@cache
def prior(mean: float) -> Grid:
    """The belief before any answer: thresholds normal around `mean` percent, slopes alike. Sums to 1."""
    weights = np.exp(-0.5 * ((_THRESHOLDS - mean) / SPREAD) ** 2)
    return np.repeat((weights / weights.sum())[:, None], len(_SLOPES), axis=1) / len(_SLOPES)


def updated(belief: Grid, mean: float, likelihood: Grid) -> Grid:
    """The belief after an answer of this likelihood; `mean` is that of its prior, to which it forgets."""
    after = ((1 - FORGET) * belief + FORGET * prior(mean)) * likelihood
    return np.asarray(after / after.sum(), dtype=np.float64)


def threshold(belief: Grid) -> tuple[float, float]:
    """Mean and standard deviation of the threshold, in percent."""
    weights = belief.sum(axis=1)
    mean = float(weights @ _THRESHOLDS)
    return mean, float(np.sqrt(weights @ (_THRESHOLDS - mean) ** 2))


def two_answers(right: Grid, rival_share: float) -> Grid:
    """P(right) where only the target and one rival can be answered, which draws `rival_share` of all errors: Luce's
    choice rule, P / (P + (1 − P) · share)."""
    return np.asarray(right / (right + (1 - right) * rival_share), dtype=np.float64)
