"""Change is called change by one limit for whole courses, and only where checks can be compared."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.stats.proportion import proportions_ztest

from core.domain.exercise.plan import Plan
from core.domain.statistics.change import (
    CheckScore,
    VerdictKind,
    course_statistics,
    faces_needed,
    limit,
    outlook,
    power,
    verdict,
)

PLAN = Plan()


def course(*right: int, blueprint: str = "one", practised: int = 100, plan: Plan | None = None) -> list[CheckScore]:
    return [CheckScore(blueprint, n, 42, practised if i > 1 else 0, plan) for i, n in enumerate(right)]


@pytest.mark.parametrize(("checks", "published"), [(3, 2.35), (6, 2.56), (12, 2.77)])
def test_without_session_variance_the_limits_are_the_published_ones(checks: int, published: float) -> None:
    """SCORING.md's |z| for checks against a baseline of one check's size; long checks, so that z is continuous."""
    assert limit(checks, 1000, session_sd=0, baseline_checks=1) == pytest.approx(published, abs=0.03)


def test_a_pooled_baseline_makes_the_looks_more_alike_and_the_limit_a_little_higher() -> None:
    assert 2.58 < limit(6, 1000, session_sd=0) < 2.65


@pytest.mark.parametrize(("checks", "better", "either"), [(6, 0.11, 0.21), (26, 0.25, 0.46)])
def test_testing_each_check_at_196_raises_the_published_false_alarms(checks: int, better: float, either: float) -> None:
    z = course_statistics(checks, 42, 0.65, session_sd=0, baseline_checks=1)
    assert (z.max(axis=1) > 1.96).mean() == pytest.approx(better, abs=0.01)
    assert (np.abs(z).max(axis=1) > 1.96).mean() == pytest.approx(either, abs=0.04)


@pytest.mark.parametrize("rate", [0.15, 0.35, 0.5, 0.65, 0.8, 0.95])
def test_an_unchanged_person_is_called_changed_in_at_most_five_of_a_hundred_courses(rate: float) -> None:
    z = course_statistics(6, 42, rate, session_sd=0.3, baseline_checks=2, courses=30_000)
    assert (np.abs(z).max(axis=1) > limit(6, 42)).mean() <= 0.052


def test_the_limit_grows_with_looks_and_is_the_same_each_time() -> None:
    assert limit(3, 42) < limit(6, 42) < limit(12, 42)
    before = limit(6, 42)
    limit.cache_clear()
    assert limit(6, 42) == before


def test_the_statistic_is_the_pooled_two_proportion_z() -> None:
    found = verdict(course(20, 24, 40), PLAN)
    z, _ = proportions_ztest([40, 44], [42, 84])
    assert found.limit is not None
    assert (found.kind is VerdictKind.BETTER) == (z > found.limit)
    assert found.gain == pytest.approx(40 / 42 - 44 / 84)


def test_a_large_gain_is_better_a_large_loss_worse_and_the_rest_cannot_be_told() -> None:
    assert verdict(course(20, 22, 42), PLAN).kind is VerdictKind.BETTER
    assert verdict(course(38, 38, 15), PLAN).kind is VerdictKind.WORSE
    assert verdict(course(20, 22, 26), PLAN).kind is VerdictKind.CANNOT_TELL


def test_rates_inside_the_band_cannot_be_told_and_those_just_outside_are_changes() -> None:
    band = verdict(course(20, 22), PLAN).band
    assert band is not None
    low, high = (round(42 * share) for share in band)
    assert verdict(course(20, 22, low), PLAN).kind is VerdictKind.CANNOT_TELL
    assert verdict(course(20, 22, high), PLAN).kind is VerdictKind.CANNOT_TELL
    assert verdict(course(20, 22, low - 1), PLAN).kind is VerdictKind.WORSE
    assert verdict(course(20, 22, high + 1), PLAN).kind is VerdictKind.BETTER


def test_a_gain_at_the_limit_is_doubted_if_five_points_come_from_practice() -> None:
    band = verdict(course(20, 22), PLAN).band
    assert band is not None
    just = verdict(course(20, 22, round(42 * band[1]) + 1), PLAN)
    assert just.kind is VerdictKind.BETTER
    assert just.if_practice_gain is VerdictKind.CANNOT_TELL
    assert verdict(course(20, 22, 42), PLAN).if_practice_gain is VerdictKind.BETTER


def test_the_baseline_is_the_first_two_checks_and_never_moves() -> None:
    early, late = verdict(course(20, 25), PLAN), verdict(course(20, 25, 30, 31, 35), PLAN)
    assert early.kind is VerdictKind.BASELINE
    assert early.baseline == late.baseline
    assert late.baseline is not None
    assert (late.baseline.right, late.baseline.shown) == (45, 84)
    assert late.baseline.difference == pytest.approx(5 / 42)


def test_without_two_checks_there_is_no_baseline() -> None:
    assert verdict([], PLAN).kind is VerdictKind.BASELINE_UNFINISHED
    one = verdict(course(20), PLAN)
    assert one.kind is VerdictKind.BASELINE_UNFINISHED
    assert one.checks == 1


def test_a_changed_blueprint_starts_a_new_baseline() -> None:
    changed = verdict([*course(20, 22, 42), *course(30, blueprint="two")], PLAN)
    assert changed.kind is VerdictKind.BASELINE_UNFINISHED
    back = verdict([*course(20, 22), *course(30, blueprint="two"), CheckScore("one", 42, 42, 100)], PLAN)
    assert back.kind is VerdictKind.BETTER


def test_no_verdict_below_the_planned_dose() -> None:
    short = verdict(course(20, 22, 42, practised=3), PLAN)
    assert short.kind is VerdictKind.BELOW_DOSE
    assert short.practices_needed == 1
    assert short.if_practice_gain is None
    assert verdict(course(20, 22, 42, practised=4), PLAN).kind is VerdictKind.BETTER
    assert verdict(course(20, 22, 30, 42, practised=4), PLAN).practices_needed == 4


def test_a_new_plan_rewrites_no_verdict_that_was_given() -> None:
    made = course(27, 27, 40, plan=PLAN)
    assert verdict(made, Plan(checks_planned=26)).kind is VerdictKind.BETTER
    assert verdict(course(27, 27, 40), Plan(checks_planned=26)).kind is VerdictKind.CANNOT_TELL
    assert verdict(made[:2], Plan(checks_planned=26)).limit == limit(26, 42), "no later check: the next one's limit"


def test_each_check_asks_for_the_practices_of_its_own_plan() -> None:
    slow = Plan(check_every=8)
    third = CheckScore("one", 40, 42, 4, PLAN)
    fourth = CheckScore("one", 40, 42, 12, slow)
    assert verdict([*course(27, 27), third, fourth], slow).kind is VerdictKind.BETTER
    assert verdict([*course(27, 27), third, replace(fourth, practised=11)], slow).practices_needed == 1


def test_more_checks_than_planned_raise_the_limit_instead_of_the_false_alarms() -> None:
    as_planned, beyond = verdict(course(*[25] * 8), PLAN), verdict(course(*[25] * 14), PLAN)
    assert as_planned.limit == limit(6, 42)
    assert beyond.limit == limit(12, 42)


def test_nobody_varies_when_everything_is_right() -> None:
    perfect = verdict(course(42, 42, 42), PLAN)
    assert perfect.kind is VerdictKind.CANNOT_TELL
    assert perfect.faces_needed is None


def test_a_planned_gain_of_fifteen_points_needs_138_faces_on_each_side() -> None:
    """SCORING.md: from 65 %, 80 % power, 5 % level."""
    assert faces_needed(0.65) == 138
    assert faces_needed(0.9) is None


def test_the_faces_needed_do_not_depend_on_the_observed_gain() -> None:
    small, large = verdict(course(27, 28, 29), PLAN), verdict(course(27, 28, 42), PLAN)
    assert small.faces_needed == large.faces_needed == faces_needed(55 / 84)
    assert (small.faces_before, small.faces_after) == (84, 42)


@pytest.mark.parametrize(("faces", "noise", "gain"), [(35, 22, 32), (70, 16, 23), (140, 11, 16)])
def test_two_checks_at_65_percent_are_as_uncertain_as_published(faces: int, noise: int, gain: int) -> None:
    """Observed differences that are noise, and true gains with 80 % power, in points: SCORING.md."""
    error = (2 * 0.65 * 0.35 / faces) ** 0.5
    z = course_statistics(1, faces, 0.65, session_sd=0, baseline_checks=1)
    assert (np.abs(z) > 1.96).mean() == pytest.approx(0.05, abs=0.02)
    assert 100 * norm.ppf(0.975) * error == pytest.approx(noise, abs=0.6)
    assert 100 * (norm.ppf(0.975) + norm.ppf(0.8)) * error == pytest.approx(gain, abs=0.6)


@pytest.mark.parametrize(("length", "session_sd", "highest"), [(138, 0.0, 1.96), (84, 0.3, 2.6), (42, 0.3, 2.0)])
def test_the_power_of_one_check_is_what_simulated_courses_find(length: int, session_sd: float, highest: float) -> None:
    random = np.random.default_rng(2)

    def logit(share: float) -> float:
        return float(np.log(share / (1 - share)))

    ability = np.array([logit(0.6), logit(0.6), logit(0.75)]) + session_sd * random.standard_normal((20_000, 3))
    right = random.binomial(length, 1 / (1 + np.exp(-ability)))
    before, after = right[:, :2].sum(axis=1), right[:, 2]
    pooled = (before + after) / (3 * length)
    z = (after / length - before / (2 * length)) / np.sqrt(pooled * (1 - pooled) * (1.5 / length))
    assert power(0.6, 0.15, length, highest, session_sd) == pytest.approx((z > highest).mean(), abs=0.01)


def test_the_textbook_plan_of_138_faces_on_each_side_has_its_80_percent() -> None:
    """`faces_needed` has as many faces before as after; a baseline twice as long finds the gain more often."""
    needed = faces_needed(0.65)
    assert needed is not None
    assert 0.8 < power(0.65, 0.15, needed, 1.96, session_sd=0) < 0.95
    with pytest.raises(ValueError, match="between 0 and 1"):
        power(0.9, 0.15, 42, 2.5)


@pytest.mark.parametrize(
    ("planned", "length", "found"), [(6, 42, 0.055), (6, 210, 0.124), (3, 42, 0.09), (1, 42, 0.22), (1, 210, 0.36)]
)
def test_fewer_planned_checks_and_longer_ones_find_more(planned: int, length: int, found: float) -> None:
    ahead = outlook(Plan(checks_planned=planned, check_length=length), None)
    assert (ahead.start, ahead.band) == (0.65, None)
    assert ahead.power == pytest.approx(found, abs=0.006)


def test_what_is_ahead_is_said_from_the_persons_own_baseline() -> None:
    known = verdict(course(20, 22), PLAN)
    ahead = outlook(PLAN, known.baseline)
    assert (ahead.start, ahead.band, ahead.limit) == (0.5, known.band, known.limit)
    assert outlook(PLAN, verdict(course(40, 40), PLAN).baseline).power is None, "no room for the gain"
