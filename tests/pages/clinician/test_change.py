"""The checks on the clinician's page, and what is said of change, equal what the stored rows give, to 1e-9."""

from math import ceil

import pandas as pd
from statsmodels.stats.proportion import proportion_confint, samplesize_proportions_2indep_onetail

from core.services.clinic.caseload import caseload
from core.services.clinic.record import Review
from pages.clinician.caseload.words import verdict_figures
from tests.pages.clinician import by_hand
from tests.pages.clinician.by_hand import exactly
from tests.pages.clinician.conftest import LATEST, DemoClinic, Pair


def test_the_synthetic_patients_are_in_the_four_states(found: Review, trials: pd.DataFrame) -> None:
    assert len(found.checks) == trials["check"].nunique() >= 5
    assert found.progress.verdict.kind is LATEST[found.code]


def test_each_check_has_its_share_and_interval_and_the_networks_beside_it(found: Review, trials: pd.DataFrame) -> None:
    for place, (check, point) in enumerate(zip(found.checks, found.progress.checks, strict=True)):
        own = trials[trials["check"] == place]
        right, shown = int(own["right"].sum()), len(own)
        assert (point.right, point.shown) == (right, shown)
        assert point.interval == exactly(proportion_confint(right, shown, method="wilson"))
        assert check.summary.network_shown == own["network"].notna().sum() < shown
        assert check.summary.network_right == (own["network"] == own["target"]).sum()


def test_the_peoples_line_is_the_mean_share_over_faces_that_ten_have_met(
    clinic: DemoClinic, found: Review, trials: pd.DataFrame
) -> None:
    spoken = by_hand.people(clinic.table("SELECT picture_hash, response, people FROM people_answers"), trials)
    lines = [check.summary.people for check in found.checks]
    assert any(lines)
    assert len(spoken) < len(trials), "of some faces too few have spoken"
    for place, line in enumerate(lines):
        own = spoken[spoken["check"] == place]
        assert (line is None) == own.empty
        if line is not None:
            assert line.share == exactly(own["share"].mean())
            assert (line.faces, line.answers) == (len(own), own["of"].sum())


def test_gain_limit_and_verdict_are_the_two_proportion_test_against_simulated_courses(
    found: Review, trials: pd.DataFrame, before: Pair, latest: Pair, highest: float
) -> None:
    verdict = found.progress.verdict
    assert verdict.baseline is not None
    assert (verdict.baseline.right, verdict.baseline.shown) == before
    assert verdict.baseline.rate == exactly(before[0] / before[1])
    assert verdict.gain == exactly(latest[0] / latest[1] - before[0] / before[1])
    assert verdict.limit == exactly(highest)
    assert verdict.kind is by_hand.called(by_hand.z(latest, before), highest, trials["check"].nunique())


def test_the_baselines_difference_is_that_of_its_two_checks(found: Review, trials: pd.DataFrame) -> None:
    first, second = trials.groupby("check")["right"].mean().iloc[:2]
    assert found.progress.verdict.baseline is not None
    assert found.progress.verdict.baseline.difference == exactly(second - first)


def test_the_band_holds_what_a_check_can_be_without_being_called_changed(
    found: Review, trials: pd.DataFrame, before: Pair, highest: float
) -> None:
    length = int(trials.groupby("check").size().max())
    assert found.progress.verdict.band == exactly(by_hand.band(length, before, highest))


def test_the_faces_needed_are_those_of_a_two_sided_test_with_80_percent_power(found: Review, before: Pair) -> None:
    needed = samplesize_proportions_2indep_onetail(0.15, before[0] / before[1], power=0.8, alpha=0.05)
    assert found.progress.verdict.faces_needed == ceil(needed)


def test_if_five_points_came_from_practice_the_same_test_is_made_without_them(
    found: Review, latest: Pair, before: Pair, highest: float
) -> None:
    without = (latest[0] - 0.05 * latest[1], latest[1])
    assert found.progress.verdict.if_practice_gain is by_hand.called(by_hand.z(without, before), highest)


def test_power_weighs_every_outcome_of_baseline_and_check(found: Review, before: Pair, highest: float) -> None:
    start = before[0] / before[1]
    assert (found.outlook.start, found.outlook.limit) == (exactly(start), exactly(highest))
    assert found.outlook.band == found.progress.verdict.band
    assert found.outlook.power == exactly(by_hand.power(start, 0.15, found.plan.check_length, highest))


def test_the_list_dates_the_verdict_by_the_latest_check(clinic: DemoClinic, trials: pd.DataFrame) -> None:
    line = next(one for one in caseload(clinic.store, clinic.token).lines if one.id == clinic.patient)
    last = pd.to_datetime(trials["started_at"], utc=True).max().tz_convert("Europe/Madrid")
    assert line.change is not None
    assert line.change.found_on == last.date().isoformat()
    assert verdict_figures(line).endswith(f" points, {last:%-d %b %Y}")
