"""Threshold of an emotion: a logistic function of the intensity of graded faces.

Chance of a hit at intensity x: guess + (1 − guess − lapse) / (1 + exp(−slope · (x − threshold))). The guess rate is
the share of neutral faces that got this answer: a fixed 1/7 moves the threshold by up to ten points for a person who
likes the answer, or avoids it. Threshold and slope come from their posterior over a grid, flat in the threshold and
in the logarithm of the slope (Kontsevich & Tyler 1999, 10.1016/S0042-6989(98)00285-5; as in QUEST+, Watson 2017,
10.1167/17.3.10): with few faces the interval becomes wide instead of the fit absurd. Descriptive, never a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.statistics.metrics import Interval

LAPSE = 0.02
"""The share of faces missed at any strength. Wichmann & Hill (2001), 10.3758/BF03194544, let it be .00 to .06."""
FAINTEST, STRONGEST = 20, 100
LEAST_FACES = 12
THRESHOLDS = np.arange(0.0, 120.5, 0.5)
SLOPES = np.geomspace(0.03, 0.5, 25)
"""Per percent of intensity: from a rise over the whole range to one within ten points."""


@dataclass(frozen=True)
class Threshold:
    """Percent of the rendered movement at which the emotion is named half way between guessing and always: mean of
    the posterior, and its 95 % interval. What lies outside 20 to 100 was not shown: say "below 20", "above 100"."""

    value: float
    interval: Interval
    guess: float
    faces: int

    @property
    def below(self) -> bool:
        return self.value < FAINTEST

    @property
    def above(self) -> bool:
        return self.value > STRONGEST


def threshold(graded: Sequence[tuple[int, bool]], neutral: tuple[int, int]) -> Threshold | None:
    """The threshold of one emotion from its faces as (intensity in percent, named as meant).

    `neutral`: how many neutral faces got this answer, of how many. None below 12 faces, without two intensities, or
    without neutral faces.
    """
    answered, of = neutral
    if len(graded) < LEAST_FACES or len({intensity for intensity, _ in graded}) < 2 or of == 0:
        return None
    guess = min(answered / of, 1 - 2 * LAPSE)
    likelihood = np.zeros((len(THRESHOLDS), len(SLOPES)))
    for intensity in {intensity for intensity, _ in graded}:
        hits = [hit for at, hit in graded if at == intensity]
        chance = guess + (1 - guess - LAPSE) / (1 + np.exp(-SLOPES * (intensity - THRESHOLDS[:, None])))
        likelihood += sum(hits) * np.log(chance) + (len(hits) - sum(hits)) * np.log1p(-chance)
    posterior = np.exp(likelihood - likelihood.max()).sum(axis=1)
    posterior /= posterior.sum()
    low, high = (float(THRESHOLDS[np.searchsorted(posterior.cumsum(), edge)]) for edge in (0.025, 0.975))
    return Threshold(float(posterior @ THRESHOLDS), (low, high), guess, len(graded))
