"""Emotion differentiation: how far the feelings of one valence are told apart over a person's check-ins.

Ratings have the shape (check-ins × words), 0 to 4, words of one valence. A description, not a test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.domain.feelings.check_in import CheckIn

LEAST_ENTRIES = 20
"""Check-ins with a feeling of the valence, from which on an estimate is shown."""
WINDOW = 30
"""Check-ins in each of two windows that are compared."""
SD = {10: 0.17, 20: 0.12, 30: 0.09}
"""Of one estimate of four words, by check-ins; simulated (tests/domain/feelings/test_granularity.py)."""
LEAST_DIFFERENCE = 0.25
"""Of two windows, from which on they are called different: 1.96 · SD[30] · √2."""
_DRAWS, _AT_ONCE = 1000, 100
_LEAST_SPREAD = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Granularity:
    """An estimate, 0 (all rise and fall together) to 1 (each by itself), with its interval of 95 %."""

    value: float
    low: float
    high: float
    entries: int


@dataclass(frozen=True)
class GranularityChange:
    """The first WINDOW check-ins against the latest."""

    first: Granularity
    last: Granularity

    @property
    def different(self) -> bool:
        return abs(self.last.value - self.first.value) > LEAST_DIFFERENCE


def icc(ratings: ArrayLike) -> Floats:
    """ICC(C,1), two-way, consistency, of one word: (MSR − MSE) / (MSR + (k − 1) MSE); NaN without any spread.

    `ratings`: (…, check-ins, words); the result has the shape of what stands before. Shrout & Fleiss (1979),
    10.1037/0033-2909.86.2.420, ICC(3,1).
    """
    table = np.asarray(ratings, float)
    n, k = table.shape[-2:]
    rows, columns = table.mean(-1, keepdims=True), table.mean(-2, keepdims=True)
    whole = table.mean((-2, -1), keepdims=True)
    msr = k * ((rows - whole) ** 2).sum((-2, -1)) / (n - 1)
    mse = ((table - rows - columns + whole) ** 2).sum((-2, -1)) / ((n - 1) * (k - 1))
    spread = msr + (k - 1) * mse
    return np.where(spread > _LEAST_SPREAD, (msr - mse) / np.where(spread > _LEAST_SPREAD, spread, 1), np.nan)


def differentiation(ratings: ArrayLike) -> Floats:
    """1 − ICC(C,1), the ICC held within 0 to 1; shapes as in `icc`."""
    return 1 - np.clip(icc(ratings), 0, 1)


def rated(check_ins: Sequence[CheckIn], words: Sequence[str]) -> Floats:
    """The ratings of check-ins in which one of `words` was felt and all were asked (check-ins × words)."""
    rows = [[entry.ratings[word] for word in words] for entry in check_ins if all(w in entry.ratings for w in words)]
    table = np.asarray(rows, float).reshape(-1, len(words))
    return table[(table > 0).any(1)]


def granularity(ratings: ArrayLike) -> Granularity | None:
    """The estimate, its interval by bootstrap over check-ins (percentiles); None with fewer than LEAST_ENTRIES, or
    where nothing varies."""
    table = np.asarray(ratings, float)
    return _granularity(table.tobytes(), len(table)) if len(table) >= LEAST_ENTRIES else None


@lru_cache(maxsize=512)
def _granularity(ratings: bytes, n: int) -> Granularity | None:
    table = np.frombuffer(ratings).reshape(n, -1)
    value = differentiation(table)
    if np.isnan(value):
        return None
    rng = np.random.default_rng(0)  # the same figure at every visit
    drawn = [differentiation(table[rng.integers(n, size=(_AT_ONCE, n))]) for _ in range(_DRAWS // _AT_ONCE)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Granularity(float(value), float(low), float(high), n)


def granularity_change(ratings: ArrayLike) -> GranularityChange | None:
    """The first against the latest WINDOW check-ins, oldest first; None before there are two windows."""
    table = np.asarray(ratings, float)
    if len(table) < 2 * WINDOW:
        return None
    first, last = granularity(table[:WINDOW]), granularity(table[-WINDOW:])
    return None if first is None or last is None else GranularityChange(first, last)
