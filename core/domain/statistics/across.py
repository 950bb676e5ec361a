"""Mean across people, with its interval; nothing where there are too few people to show it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from core.domain.statistics.metrics import Interval

FEWEST = 5
"""What fewer people than this are behind is not shown to anybody who may not know who they are."""


@dataclass(frozen=True)
class PeopleMean:
    """The mean over `people`, with its 95 % interval."""

    people: int
    mean: float
    interval: Interval


def across(rates: Sequence[float]) -> PeopleMean | None:
    """The mean of one rate for each person, from 0 to 1; None with fewer than FEWEST people.

    The interval is mean ± t(n − 1, .975) · SD / √n (Student 1908), held within 0 and 1. It says how sure the mean of
    all such people is: every person counts alike, however many faces they saw.
    """
    if len(rates) < FEWEST:
        return None
    from scipy.stats import t

    mean = fmean(rates)
    half = float(t.ppf(0.975, len(rates) - 1)) * stdev(rates) / sqrt(len(rates))
    return PeopleMean(len(rates), mean, (max(0.0, mean - half), min(1.0, mean + half)))
