"""Every measure against a published example or an independent library."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.stats import binomtest, hypergeom, norm
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.proportion import proportion_confint

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response, Stimulus, Trial
from core.domain.statistics.metrics import (
    confusion_matrix,
    detection,
    hits_of,
    hu_chance,
    kappa,
    kappa_of,
    log_linear_detection,
    people_line,
    response_times,
    times_shown,
    unbiased_hit_rates,
    wilson,
)

A, D, F, H = Emotion.ANGRY, Emotion.DISGUST, Emotion.FEAR, Emotion.HAPPY


def test_the_confusion_matrix_keeps_not_sure_and_missed_in_columns_of_their_own() -> None:
    matrix = confusion_matrix([A, A, A, F, F, H], [A, D, Response.NOT_SURE, None, Response.CANNOT_SEE, Response.HAPPY])
    assert matrix.shape == (7, 9)
    assert matrix[A].tolist() == [1, 1, 0, 0, 0, 0, 0, 1, 0]
    assert matrix[F].tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert matrix[H, H] == 1
    assert matrix.sum() == 6


def test_missing_faces_are_not_errors_and_not_sure_is_no_hit() -> None:
    matrix = confusion_matrix([A, A, A, F], [A, Response.NOT_SURE, None, Response.CANNOT_SEE])
    assert times_shown(matrix).tolist() == [2, 0, 0, 0, 0, 0, 0]
    assert hits_of(matrix)[A] == (1, 2)
    assert hits_of(matrix)[F] == (0, 0)


def test_targets_and_responses_must_pair() -> None:
    with pytest.raises(ValueError, match="zip"):
        confusion_matrix([A, A], [A])


def test_the_unbiased_hit_rate_reproduces_wagners_example() -> None:
    """Rows happy, sad, angry, fear: SCORING.md's fixture of Wagner (1993)."""
    hu = unbiased_hit_rates([[4, 1, 0, 1], [0, 3, 2, 1], [0, 0, 6, 0], [2, 0, 0, 4]])
    assert hu.round(3).tolist() == [0.444, 0.375, 0.75, 0.444]


def test_the_unbiased_hit_rate_is_undefined_if_never_shown_and_zero_if_never_answered() -> None:
    hu = unbiased_hit_rates(confusion_matrix([A, A], [D, D]))
    assert hu[A] == 0
    assert math.isnan(hu[D])
    assert math.isnan(hu[H])


@pytest.mark.parametrize(("items", "mean"), [(3, 0.056), (5, 0.042), (10, 0.031), (20, 0.026)])
def test_chance_of_hu_for_a_random_responder_is_the_published_one(items: int, mean: float) -> None:
    targets = [emotion for emotion in Emotion for _ in range(items)]
    random = np.random.default_rng(1)
    chances = [
        hu_chance(confusion_matrix(targets, [Emotion(n) for n in random.integers(0, 7, len(targets))]))[0]
        for _ in range(400)
    ]
    assert np.mean(chances) == pytest.approx(mean, abs=0.002)


def test_chance_of_hu_is_the_mean_over_all_orders_of_the_same_answers() -> None:
    """Two faces each of A and D, answers A A A D: of A's two faces, 2 hits with probability 1/2, else 1."""
    mean, high = hu_chance(confusion_matrix([A, A, D, D], [A, A, A, D]))
    assert mean[A] == pytest.approx(0.5 * 4 / 6 + 0.5 * 1 / 6)
    assert high[A] == pytest.approx(4 / 6)
    assert math.isnan(mean[H])


def test_chance_of_hu_is_scipys_hypergeometric_and_what_permuting_gives() -> None:
    random = np.random.default_rng(4)
    targets = np.repeat(np.arange(7), 12)
    given = random.choice(8, targets.size, p=[0.25, 0.05, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1])
    answers = [Response.NOT_SURE if one == 7 else Emotion(int(one)) for one in given]
    mean, high = hu_chance(confusion_matrix([Emotion(int(one)) for one in targets], answers))
    for emotion in Emotion:
        answered = int((given == emotion).sum())
        chance = hypergeom(targets.size, 12, answered)
        k = np.arange(13)
        assert mean[emotion] == pytest.approx((chance.pmf(k) * k**2).sum() / (12 * answered), abs=1e-9)
        assert high[emotion] == pytest.approx(chance.ppf(0.95) ** 2 / (12 * answered), abs=1e-9)
        orders = random.permuted(np.tile(given, (5000, 1)), axis=1)
        hits = ((orders == emotion) & (targets == emotion)).sum(axis=1)
        assert mean[emotion] == pytest.approx((hits**2).mean() / (12 * answered), abs=0.004)


def test_chance_of_hu_ignores_missed_faces_and_is_nothing_for_what_was_never_answered() -> None:
    targets, responses = [A, A, D, D, F], [A, D, D, Response.NOT_SURE, None]
    mean, high = hu_chance(confusion_matrix(targets, responses))
    again = hu_chance(confusion_matrix(targets[:4], responses[:4]))
    assert np.array_equal(mean[[A, D]], again[0][[A, D]])
    assert math.isnan(mean[F])
    never = hu_chance(confusion_matrix([A, D], [A, A]))
    assert (never[0][D], never[1][D]) == (0, 0)
    assert high[A] == 1 / 2


@pytest.mark.parametrize(("right", "shown"), [(0, 6), (1, 6), (6, 6), (27, 42), (138, 200)])
def test_wilsons_interval_agrees_with_scipy_and_statsmodels(right: int, shown: int) -> None:
    theirs = binomtest(right, shown).proportion_ci(0.95, "wilson")
    assert wilson(right, shown) == pytest.approx((theirs.low, theirs.high))
    assert wilson(right, shown, 0.9) == pytest.approx(proportion_confint(right, shown, 0.1, "wilson"))


def test_nothing_is_known_of_a_proportion_of_nothing() -> None:
    assert wilson(0, 0) == (0, 1)


def test_detection_is_the_log_linear_z_difference() -> None:
    found = log_linear_detection(15, 20, 6, 120)
    hit, false = norm.ppf(15.5 / 21), norm.ppf(6.5 / 121)
    assert found.d_prime == pytest.approx(hit - false)
    assert found.criterion == pytest.approx(-(hit + false) / 2)


def test_detection_stays_finite_for_a_perfect_person() -> None:
    found = detection(np.eye(7, 9, dtype=np.int64) * 20, F)
    assert found is not None
    assert found.d_prime == pytest.approx(norm.ppf(20.5 / 21) - norm.ppf(0.5 / 121))


def test_detection_is_withheld_below_twenty_faces_or_with_unequal_numbers() -> None:
    matrix = np.eye(7, 9, dtype=np.int64) * 20
    assert detection(np.eye(7, 9, dtype=np.int64) * 19, F) is None
    matrix[H, H] = 21
    assert detection(matrix, F) is None


def test_with_three_faces_a_random_responder_would_seem_to_detect() -> None:
    """Why twenty faces are asked for: the bias of +.25 at n = 3 that SCORING.md states."""
    random = np.random.default_rng(2)
    hits, false_alarms = random.binomial(3, 1 / 7, 4000), random.binomial(18, 1 / 7, 4000)
    bias = np.mean(
        [log_linear_detection(int(h), 3, int(f), 18).d_prime for h, f in zip(hits, false_alarms, strict=True)]
    )
    assert bias == pytest.approx(0.25, abs=0.03)


def test_kappa_agrees_with_scikit_learn() -> None:
    random = np.random.default_rng(3)
    first = random.integers(0, 7, 60)
    second = np.where(random.random(60) < 0.6, first, random.integers(0, 8, 60))
    assert kappa(first.tolist(), second.tolist()) == pytest.approx(cohen_kappa_score(first, second))


def test_kappa_has_the_interval_of_its_asymptotic_error() -> None:
    first, second = [0] * 35 + [1] * 65, [0] * 25 + [1] * 10 + [0] * 15 + [1] * 50
    found = kappa_of(first, second)
    assert found is not None
    assert found.value == pytest.approx(0.468, abs=5e-4)
    assert found.interval == pytest.approx((0.291, 0.646), abs=5e-4)
    same = kappa_of([1, 2], [1, 2])
    assert same is not None
    assert (same.value, same.interval) == (1, None)


def test_kappa_is_none_without_faces_or_when_both_say_one_thing_only() -> None:
    assert kappa([], []) is None
    assert kappa([2, 2], [2, 2]) is None
    assert kappa([2, 2], [3, 3]) == 0


def test_kappa_needs_as_many_ratings_from_both() -> None:
    with pytest.raises(ValueError, match="2 and 1 ratings"):
        kappa([1, 2], [1])


def timed(ms: float, response: Response = Response.ANGRY, focus_lost: bool = False) -> Trial:
    at = datetime(2026, 11, 3, tzinfo=UTC)
    return Trial(1, Stimulus(1, "x", A), answer=Answer(response, ms, at, at, focus_lost=focus_lost))


def test_response_times_are_of_right_answers_that_were_not_too_fast() -> None:
    trials = [timed(150), timed(200), timed(900), timed(1000), timed(5000, Response.SAD, focus_lost=True)]
    times = response_times([*trials, Trial(6, Stimulus(1, "x", A)), Trial(7, Stimulus(1, "x", A), void="reload")])
    assert times.median_ms == 900
    assert times.correct == 3
    assert times.dropped == pytest.approx(1 / 5)
    assert times.focus_lost == 1


def test_response_times_of_nothing_are_none() -> None:
    times = response_times([])
    assert times.median_ms is None
    assert times.dropped == 0


def test_the_peoples_line_weighs_faces_equally_and_says_its_denominator() -> None:
    line = people_line([(7, 10), None, (30, 40), (0, 0)])
    assert line is not None
    assert line.share == pytest.approx((0.7 + 0.75) / 2)
    assert (line.faces, line.answers) == (2, 50)


def test_without_rated_faces_there_is_no_peoples_line() -> None:
    assert people_line([None, (0, 0)]) is None
