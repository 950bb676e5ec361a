"""The strength from which on an emotion is named, against a slow computation and against people of known threshold."""

import numpy as np
import pytest
from scipy.special import expit

from core.domain.statistics.threshold import LAPSE, SLOPES, THRESHOLDS, threshold

LEVELS = (20, 40, 60, 80, 100)


def answers(at: float, slope: float, guess: float, each: int, seed: int = 0) -> list[tuple[int, bool]]:
    """Faces of a person who follows the formula."""
    random = np.random.default_rng(seed)
    chance = {level: guess + (1 - guess - LAPSE) * expit(slope * (level - at)) for level in LEVELS}
    return [(level, bool(random.random() < chance[level])) for level in LEVELS for _ in range(each)]


def test_the_threshold_is_the_posterior_mean_computed_face_by_face() -> None:
    graded = answers(55, 0.1, 0.1, each=4)
    weights = np.zeros(len(THRESHOLDS))
    for i, at in enumerate(THRESHOLDS):
        for slope in SLOPES:
            chances = [0.1 + (1 - 0.1 - LAPSE) * expit(slope * (level - at)) for level, _ in graded]
            weights[i] += np.prod([p if hit else 1 - p for p, (_, hit) in zip(chances, graded, strict=True)])
    weights /= weights.sum()
    found = threshold(graded, (2, 20))
    assert found is not None
    assert found.value == pytest.approx(np.sum(weights * THRESHOLDS), abs=1e-9)
    low, high = found.interval
    inside = (low <= THRESHOLDS) & (high >= THRESHOLDS)
    assert 0.95 <= weights[inside].sum() < 0.97


@pytest.mark.parametrize("true", [35, 50, 70, 90])
def test_many_faces_find_the_true_threshold(true: float) -> None:
    found = threshold(answers(true, 0.12, 0.05, each=400), (50, 1000))
    assert found is not None
    assert found.value == pytest.approx(true, abs=2)
    assert found.interval[0] <= true <= found.interval[1]


@pytest.mark.parametrize("guess", [0.0, 0.4])
def test_a_guess_rate_of_one_in_seven_for_everybody_would_be_off(guess: float) -> None:
    graded = answers(60, 0.08, guess, each=400)
    own, fixed = threshold(graded, (round(1000 * guess), 1000)), threshold(graded, (143, 1000))
    assert own is not None
    assert fixed is not None
    assert abs(own.value - 60) < 2 < 4 < abs(fixed.value - 60)


def test_always_and_never_lie_outside_what_was_shown() -> None:
    always = threshold([(level, True) for level in LEVELS for _ in range(10)], (0, 20))
    never = threshold([(level, False) for level in LEVELS for _ in range(10)], (0, 20))
    assert always is not None
    assert never is not None
    assert (always.below, always.above) == (True, False)
    assert (never.below, never.above) == (False, True)


def test_few_faces_give_a_wide_interval_and_too_few_none() -> None:
    few, many = threshold(answers(60, 0.1, 0.1, each=3), (1, 10)), threshold(answers(60, 0.1, 0.1, each=60), (1, 10))
    assert few is not None
    assert many is not None
    assert few.interval[1] - few.interval[0] > 2 * (many.interval[1] - many.interval[0])
    assert threshold([(60, True)] * 11, (1, 10)) is None
    assert threshold([(60, True)] * 20, (1, 10)) is None
    assert threshold(answers(60, 0.1, 0.1, each=60), (0, 0)) is None
