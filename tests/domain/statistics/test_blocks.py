"""Blocks of checks are compared by a moderated t, and its limits hold for whole courses of unchanged people."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm, ttest_ind
from statsmodels.stats.weightstats import DescrStatsW

from core.domain.exercise.presets import PRESETS, CourseDesign
from core.domain.statistics.block_limits import (
    RATES,
    course_limits,
    looks,
    right_answers,
    shipped_limits,
    simulated_limits,
)
from core.domain.statistics.block_verdict import DayCount, block_verdict
from core.domain.statistics.blocks import ChangeNorm, block_mean, compare_blocks
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course_power import course_power, learning_curve
from core.domain.statistics.metrics import wilson

CASES = json.loads((Path(__file__).parent / "blocks.json").read_text(encoding="utf-8"))["cases"]
STANDARD = PRESETS["standard"].design
LIMITS = course_limits(STANDARD)


def days(right: list[int], shown: int = 21) -> list[DayCount]:
    return [DayCount(one, shown) for one in right]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
@pytest.mark.parametrize("look", ["middle", "end"])
def test_the_published_cases_come_out(case: dict[str, Any], look: str) -> None:
    limits = LIMITS.end if look == "end" else LIMITS.middle
    assert limits is not None
    found, expected = block_verdict(days(case["baseline"]), days(case[look]), limits, False), case[f"at_{look}"]
    assert found.kind == expected["kind"]
    low, high = found.interval
    figures = [found.before, found.after, found.gain, found.se, found.z, found.day_sd, low, high]
    names = ("before", "after", "gain", "se", "z", "day_sd", "low", "high")
    assert figures == pytest.approx([expected[name] for name in names], abs=1e-4)


@pytest.mark.parametrize("name", PRESETS)
def test_the_limits_that_ship_are_those_that_a_simulation_finds(name: str) -> None:
    design = PRESETS[name].design
    shipped, found = shipped_limits()[design], simulated_limits(design)
    for look in ("middle", "end"):
        ours, theirs = getattr(shipped, look), getattr(found, look)
        assert (ours is None) == (theirs is None)
        if ours is not None:
            assert (ours.better, ours.worse) == pytest.approx((theirs.better, theirs.worse), abs=1e-4)


def test_another_seed_gives_nearly_the_same_limits() -> None:
    other = simulated_limits(STANDARD, seed=7)
    assert other.end.better == pytest.approx(LIMITS.end.better, abs=0.05)
    assert other.end.worse == pytest.approx(LIMITS.end.worse, abs=0.05)


def test_limits_of_the_checks_that_were_made_are_the_same_each_time_and_near_the_planned_ones() -> None:
    made = CourseDesign(21, 6, 2, 12)
    assert simulated_limits(made) == simulated_limits(made)
    assert course_limits(made).end.better == pytest.approx(LIMITS.end.better, abs=0.1)


def test_without_a_norm_the_statistic_is_the_t_test_of_the_shares() -> None:
    """Two blocks of equal length, nothing borrowed from others: Student's pooled t."""
    before, after = np.array([12, 14, 11, 13, 15, 12]), np.array([15, 16, 17, 14, 16, 18])
    found = compare_blocks(before, after, 21, 21, ChangeNorm(day_sd=0.2, worth=0.0))
    assert float(found.z) == pytest.approx(ttest_ind(after / 21, before / 21).statistic)


def test_many_people_at_once_come_out_as_one_by_one() -> None:
    right = right_answers(STANDARD, np.full(23, 0.6), 0.3, 0.3, 50, 3)
    together = looks(right, STANDARD)
    for row, z in zip(right, together, strict=True):
        alone = block_verdict(days(row[:7].tolist()), days(row[9:].tolist()), LIMITS.end, True)
        assert alone.z == pytest.approx(z[1])


@pytest.mark.parametrize("seed", range(4))
def test_the_interval_leaves_out_zero_exactly_where_a_change_is_called(seed: int) -> None:
    for row in right_answers(STANDARD, np.linspace(0.3, 0.75, 23), 0.4, 0.2, 200, seed):
        found = block_verdict(days(row[:7].tolist()), days(row[9:].tolist()), LIMITS.end, True)
        low, high = found.interval
        assert (low > 0) == (found.kind is VerdictKind.BETTER)
        assert (high < 0) == (found.kind is VerdictKind.WORSE)
        assert low < found.gain < high


def test_faces_that_were_not_seen_take_weight_and_no_share() -> None:
    full = block_verdict(days([12] * 7), days([16] * 14), LIMITS.end, True)
    fewer = block_verdict([DayCount(12, 21)] * 7, [DayCount(16, 21)] * 13 + [DayCount(15, 20)], LIMITS.end, True)
    assert fewer.faces_after == full.faces_after - 1
    assert fewer.se == pytest.approx(full.se, rel=0.03)


def test_a_baseline_that_is_all_right_or_all_wrong_gives_figures_and_no_warning() -> None:
    assert block_verdict(days([0] * 7), days([0] * 14), LIMITS.end, True).z == 0
    assert block_verdict(days([21] * 7), days([21] * 14), LIMITS.end, True).kind is VerdictKind.NO_ROOM


def test_what_cannot_be_told_in_the_middle_may_be_told_later_and_at_the_end_could_not() -> None:
    before, same = days([12, 14, 11, 13, 15, 12, 13]), days([13, 14])
    assert LIMITS.middle is not None
    assert block_verdict(before, same, LIMITS.middle, last=False).kind is VerdictKind.CANNOT_TELL
    assert block_verdict(before, same, LIMITS.end, last=True).kind is VerdictKind.COULD_NOT_TELL


@pytest.mark.parametrize("rate", RATES)
def test_an_unchanged_person_is_called_better_in_few_courses_even_where_days_go_together(rate: float) -> None:
    found = course_power(STANDARD, rate, 0.0, day_sd=0.3, correlation=0.3, courses=4000)
    assert found.better_if_unchanged.low <= 0.05
    assert found.worse_if_unchanged.low <= 0.025


def test_a_gain_of_fifteen_points_is_found_in_four_of_five_courses() -> None:
    found = course_power(STANDARD, 0.65, 0.15, day_sd=0.3)
    assert found.found.share >= 0.81
    assert (found.found.low, found.found.high) == wilson(round(found.found.share * 10_000), 10_000)


def test_a_gain_that_takes_weeks_is_found_a_little_less_often() -> None:
    curve = learning_curve(STANDARD, 3)
    assert curve.shape == (23,)
    assert (curve[:7] == 0).all()
    assert curve[-1] == pytest.approx(1)
    slow = course_power(STANDARD, 0.65, 0.15, 0.3, shape=curve).found.share
    at_once = course_power(STANDARD, 0.65, 0.15, 0.3).found.share
    assert at_once - 0.06 < slow < at_once


def test_a_rate_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        course_power(STANDARD, 0.9, 0.2, 0.3)


def test_without_a_norm_the_interval_of_a_block_is_student_s() -> None:
    right, shown = [13, 15, 12, 16, 14, 14, 11], [21] * 7
    found = block_mean(right, shown, ChangeNorm(day_sd=0.2, worth=0))
    assert found.interval == pytest.approx(DescrStatsW(np.array(right) / 21).tconfint_mean(), abs=1e-9)
    assert found.mean == pytest.approx(95 / 147)


def test_with_a_norm_worth_everything_it_is_that_of_its_variance() -> None:
    found = block_mean([13, 15, 12], [21] * 3, ChangeNorm(day_sd=0.2, worth=1e9))
    p = 40 / 63
    se = ((p * (1 - p) / 21 + (0.2 * p * (1 - p)) ** 2) / 3) ** 0.5
    assert found.interval == pytest.approx((p - norm.ppf(0.975) * se, p + norm.ppf(0.975) * se), abs=1e-6)


def test_the_interval_of_a_block_stays_within_nothing_and_all() -> None:
    assert block_mean([21, 21], [21, 21]).interval[1] == 1
    assert block_mean([0, 0], [21, 21]).interval[0] == 0
