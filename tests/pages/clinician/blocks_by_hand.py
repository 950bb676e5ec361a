"""Change between blocks of checks once more, from counts of faces, by NumPy and SciPy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import harmonic_mean

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.special import expit, logit
from scipy.stats import t

from core.domain.statistics.change import VerdictKind

Floats = NDArray[np.float64]
Checks = Sequence[tuple[int, int]]
"""(named as meant, shown) of each check of a block."""
COURSES, ROOM = 20_000, 0.9


@dataclass(frozen=True)
class Compared:
    """A block against the one before."""

    before: float
    after: float
    se: float
    day_sd: float

    @property
    def gain(self) -> float:
        return self.after - self.before

    @property
    def z(self) -> float:
        return self.gain / self.se


def compared(before: Checks, after: Checks) -> Compared:
    """The moderated t: σ0 = .2 logits, worth 10 degrees of freedom."""
    first, second = ([right / shown for right, shown in block] for block in (before, after))
    k = len(first) + len(second)
    n = harmonic_mean([shown for _, shown in (*before, *after)])
    p = min(max((sum(first) + sum(second)) / k, 0.5 / (n * k)), 1 - 0.5 / (n * k))
    rss = sum(sum((share - np.mean(block)) ** 2 for share in block) for block in (first, second))
    noise = p * (1 - p) / n
    variance = (10 * (noise + (0.2 * p * (1 - p)) ** 2) + rss) / (10 + k - 2)
    se = sqrt(variance * (1 / len(first) + 1 / len(second)))
    day_sd = sqrt(max(0.0, variance - noise)) / (p * (1 - p))
    return Compared(float(np.mean(first)), float(np.mean(second)), float(se), float(day_sd))


def mean_of(block: Checks) -> tuple[float, tuple[float, float]]:
    """Mean share of a block with its 95 % interval."""
    shares = np.array([right / shown for right, shown in block])
    n, k = harmonic_mean([shown for _, shown in block]), len(block)
    p = min(max(shares.mean(), 0.5 / (n * k)), 1 - 0.5 / (n * k))
    expected = p * (1 - p) / n + (0.2 * p * (1 - p)) ** 2
    free = 10 + k - 1
    variance = (10 * expected + ((shares - shares.mean()) ** 2).sum()) / free
    low, high = t.interval(0.95, free, loc=shares.mean(), scale=sqrt(variance / k))
    return float(shares.mean()), (max(0.0, float(low)), min(1.0, float(high)))


@cache
def limits(length: int, baseline: int, middle: int, end: int) -> tuple[tuple[float, float], ...]:
    """(better, worse) of each look: the largest over five rates that 5 and 2.5 % of unchanged courses exceed, a tenth
    of them at the middle; days of .3 logits, correlated .3 from one check to the next."""
    looks = []
    for rate in (0.35, 0.5, 0.65, 0.8, 0.9):
        random = np.random.default_rng(0)
        days = random.standard_normal((COURSES, baseline + middle + end))
        days[:, 1:] *= sqrt(1 - 0.3**2)
        ability = logit(rate) + 0.3 * lfilter([1], [1, -0.3], days, axis=1)
        shares = random.binomial(length, expit(ability)) / length
        parts = np.split(shares, [baseline, baseline + middle], axis=1)
        looks.append([_z(parts[0], part, length) for part in parts[1:] if part.shape[1]])
    better, worse = (_spent([[sign * one for one in of] for of in looks], alpha) for sign, alpha in _SIDES)
    return tuple(zip(better, worse, strict=True))


_SIDES = ((1, 0.05), (-1, 0.025))


def _z(before: Floats, after: Floats, n: int) -> Floats:
    b, a = before.shape[1], after.shape[1]
    p = np.clip((before.sum(axis=1) + after.sum(axis=1)) / (a + b), 0.5 / (n * (a + b)), 1 - 0.5 / (n * (a + b)))
    rss = b * before.var(axis=1) + a * after.var(axis=1)
    variance = (10 * (p * (1 - p) / n + (0.2 * p * (1 - p)) ** 2) + rss) / (8 + a + b)
    found: Floats = (after.mean(axis=1) - before.mean(axis=1)) / np.sqrt(variance * (1 / a + 1 / b))
    return found


def _spent(looks: list[list[Floats]], alpha: float) -> list[float]:
    """One limit for each look: those who were called at the middle are not called again."""
    every = len(looks[0])
    allowed = [alpha / 10, alpha] if every == 2 else [alpha]
    first = max(float(np.sort(one[0])[-1 - int(allowed[0] * COURSES)]) for one in looks)
    if every == 1:
        return [first]
    second = []
    for middle, end in looks:
        still = middle <= first
        second.append(float(np.sort(end[still])[-1 - (int(allowed[1] * COURSES) - int((~still).sum()))]))
    return [first, max(second)]


def called(
    before: Checks, after: Checks, edges: tuple[float, float], last: bool, needs_room: bool = True
) -> VerdictKind:
    """What a look says."""
    right, shown = (sum(part) for part in zip(*before, strict=True))
    z = compared(before, after).z
    if needs_room and right >= ROOM * shown:
        return VerdictKind.NO_ROOM
    if z > edges[0]:
        return VerdictKind.BETTER
    if z < -edges[1]:
        return VerdictKind.WORSE
    return VerdictKind.COULD_NOT_TELL if last else VerdictKind.CANNOT_TELL
