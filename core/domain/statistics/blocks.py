"""Change between two blocks of checks: the difference of their mean shares against the person's own ups and downs.

Arrays of right and shown faces have the checks along their last axis, so that one call compares one person's blocks
(shape: checks) or those of many (shape: people × checks).
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

NORM = Path(__file__).parents[3] / "data/norms/change.json"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ChangeNorm:
    """What is assumed of everybody."""

    day_sd: float
    """Of one person's ability from day to day, in logits."""
    worth: float
    """Degrees of freedom that `day_sd` is worth beside the person's own checks."""


@lru_cache(maxsize=1)
def change_norm() -> ChangeNorm:
    """The norm that ships."""
    content = json.loads(NORM.read_text(encoding="utf-8"))
    return ChangeNorm(content["day_sd"]["value"], content["day_sd_worth"]["value"])


@dataclass(frozen=True)
class BlockEstimate:
    """The block after against the block before: each field a number, or an array where many people are compared."""

    before: Floats
    """Mean share of faces named as meant."""
    after: Floats
    se: Floats
    """Standard error of `gain`."""
    day_sd: Floats
    """Of the person from day to day, in logits, drawn towards the norm's."""

    @property
    def gain(self) -> Floats:
        return self.after - self.before

    @property
    def z(self) -> Floats:
        return self.gain / self.se


def compare_blocks(
    before: ArrayLike, after: ArrayLike, shown_before: ArrayLike, shown_after: ArrayLike, norm: ChangeNorm | None = None
) -> BlockEstimate:
    """The estimate from right answers and shown faces of each check.

    A moderated t (Smyth 2004, 10.2202/1544-6115.1027): v = (d0 v0 + RSS) / (d0 + K − 2) with RSS the squares of the
    checks around the mean of their block and v0 = p(1 − p)/n + (σ0 p(1 − p))², the variance of a check of n faces of
    somebody whose ability varies by σ0; se = √(v (1/k_b + 1/k_a)). n is the harmonic mean of the faces shown.
    """
    norm = norm or change_norm()
    shown_b, shown_a = np.asarray(shown_before, dtype=np.float64), np.asarray(shown_after, dtype=np.float64)
    shares_b, shares_a = np.asarray(before) / shown_b, np.asarray(after) / shown_a
    k_b, k_a = shares_b.shape[-1], shares_a.shape[-1]
    k = k_b + k_a
    shown_b, shown_a = np.broadcast_to(shown_b, shares_b.shape), np.broadcast_to(shown_a, shares_a.shape)
    n = k / ((1 / shown_b).sum(axis=-1) + (1 / shown_a).sum(axis=-1))
    mean_b, mean_a = shares_b.mean(axis=-1), shares_a.mean(axis=-1)
    p = np.clip((k_b * mean_b + k_a * mean_a) / k, 0.5 / (n * k), 1 - 0.5 / (n * k))
    pq = p * (1 - p)
    within = pq / n
    expected = within + (norm.day_sd * pq) ** 2
    rss = ((shares_b - mean_b[..., None]) ** 2).sum(axis=-1) + ((shares_a - mean_a[..., None]) ** 2).sum(axis=-1)
    variance = (norm.worth * expected + rss) / (norm.worth + k - 2)
    return BlockEstimate(
        before=mean_b,
        after=mean_a,
        se=np.sqrt(variance * (1 / k_b + 1 / k_a)),
        day_sd=np.sqrt(np.clip(variance - within, 0, None)) / pq,
    )


@dataclass(frozen=True)
class BlockMean:
    """The mean share of the checks of one block, with its 95 % interval."""

    mean: float
    interval: tuple[float, float]


def block_mean(right: ArrayLike, shown: ArrayLike, norm: ChangeNorm | None = None) -> BlockMean:
    """Of one block alone, from right answers and shown faces of each check, by the variance of `compare_blocks`:

    v = (d0 v0 + RSS) / (d0 + k − 1); mean ± t(.975; d0 + k − 1) √(v/k), within 0 and 1.
    """
    from scipy.stats import t  # pages that show no block need no SciPy

    norm = norm or change_norm()
    faces = np.asarray(shown, dtype=np.float64)
    shares = np.asarray(right) / faces
    k = shares.size
    n, mean = k / (1 / faces).sum(), shares.mean()
    p = np.clip(mean, 0.5 / (n * k), 1 - 0.5 / (n * k))
    expected = p * (1 - p) / n + (norm.day_sd * p * (1 - p)) ** 2
    free = norm.worth + k - 1
    variance = (norm.worth * expected + ((shares - mean) ** 2).sum()) / free
    reach = t.ppf(0.975, free) * np.sqrt(variance / k)
    return BlockMean(float(mean), (max(0.0, float(mean - reach)), min(1.0, float(mean + reach))))
