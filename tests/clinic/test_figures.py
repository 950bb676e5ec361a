"""Every figure of the clinician's page equals one computed from the stored rows by other libraries, to 1e-9."""

import json
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import fisher_exact, hypergeom, norm
from sklearn.metrics import cohen_kappa_score, confusion_matrix
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from core.domain.change import VerdictKind
from core.domain.emotions import Emotion
from core.domain.threshold import LAPSE, SLOPES, THRESHOLDS
from core.services.review import Review
from tests.clinic.conftest import Clinic

WORDS = [emotion.word for emotion in Emotion]


def exactly(expected: Any) -> Any:
    """What a figure must be, to 1e-9."""
    return pytest.approx(expected, abs=1e-9, rel=0)


@pytest.fixture(scope="module")
def found(clinic: Clinic) -> Review:
    return clinic.read()


@pytest.fixture(scope="module")
def trials(clinic: Clinic) -> pd.DataFrame:
    """Every trial of a finished check, with `check` counted from 0 and `said`, the answer that counts."""
    rows = clinic.table(
        "SELECT b.id, b.started_at, t.*, s.picture_hash FROM blocks b JOIN trials t ON t.block_id = b.id "
        "JOIN stimuli s ON s.id = t.stimulus_id WHERE b.person_id = :person AND b.kind = 'check' "
        "AND b.ended_at IS NOT NULL AND NOT b.stopped AND t.void IS NULL ORDER BY b.started_at, t.number"
    )
    rows["check"] = rows["started_at"].rank(method="dense").astype(int) - 1
    rows["said"] = rows["response"].where(rows["response"] != "not_sure", rows["best_guess"])
    rows["right"] = rows["said"] == rows["target"]
    rows["network"] = [WORDS[int(np.argmax(json.loads(seen)))] for seen in rows["network_probabilities"]]
    return rows[rows["response"] != "cannot_see"]


def test_the_synthetic_patient_has_a_course_worth_looking_at(found: Review, trials: pd.DataFrame) -> None:
    assert len(found.checks) == trials["check"].nunique() >= 6
    assert found.progress.verdict.kind in {VerdictKind.BETTER, VerdictKind.CANNOT_TELL}


def test_each_check_has_its_share_and_interval_and_the_lines_beside_it(found: Review, trials: pd.DataFrame) -> None:
    for place, (check, point) in enumerate(zip(found.checks, found.progress.checks, strict=True)):
        own = trials[trials["check"] == place]
        right, shown = int(own["right"].sum()), len(own)
        assert (point.right, point.shown) == (right, shown)
        assert point.interval == exactly(proportion_confint(right, shown, method="wilson"))
        assert check.summary.network_shown == shown
        assert check.summary.network_right == (own["network"] == own["target"]).sum()


def test_the_peoples_line_is_the_mean_share_over_faces_that_ten_have_met(
    clinic: Clinic, found: Review, trials: pd.DataFrame
) -> None:
    said = clinic.table("SELECT picture_hash, response, people FROM people_answers")
    totals = said.groupby("picture_hash")["people"].sum()
    chosen = said.set_index(["picture_hash", "response"])["people"]
    for place, check in enumerate(found.checks):
        own = trials[trials["check"] == place]
        shares = [
            chosen.get((face, target), 0) / totals[face]
            for face, target in zip(own["picture_hash"], own["target"], strict=True)
            if totals.get(face, 0) >= 10
        ]
        line = check.summary.people
        assert (line is None) == (shares == [])
        if line is not None:
            assert line.share == exactly(np.mean(shares))


def test_baseline_gain_and_verdict_are_the_two_proportion_test_against_the_limit(
    found: Review, trials: pd.DataFrame
) -> None:
    verdict, counts = found.progress.verdict, trials.groupby("check")["right"].agg(["sum", "count"])
    before, latest = counts.iloc[:2].sum(), counts.iloc[-1]
    assert verdict.baseline is not None
    assert verdict.limit is not None
    assert verdict.baseline.rate == exactly(before["sum"] / before["count"])
    assert verdict.gain == exactly(latest["sum"] / latest["count"] - verdict.baseline.rate)
    z, _ = proportions_ztest([latest["sum"], before["sum"]], [latest["count"], before["count"]])
    assert (verdict.kind is VerdictKind.BETTER) == (z > verdict.limit)


def test_matrix_confusions_and_kappas_are_those_of_scikit_learn(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    whole = found.series.whole.summary
    theirs = confusion_matrix(trials["target"], trials["said"], labels=WORDS)
    assert np.array_equal(whole.matrix[:, :7], theirs)
    assert whole.person_target == exactly(cohen_kappa_score(trials["said"], trials["target"]))
    assert whole.person_network == exactly(cohen_kappa_score(trials["said"], trials["network"]))
    assert whole.network_target == exactly(cohen_kappa_score(trials["network"], trials["target"]))
    recent = trials[trials["check"] >= trials["check"].max() - 2]
    pairs = recent[~recent["right"]].groupby(["target", "said"]).size().sort_values(ascending=False)
    assert [one.count for one in found.series.recent.summary.confusions] == pairs.iloc[:3].tolist()


def test_hu_with_its_chance_lines_is_wagners_and_the_hypergeometric(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    counts = confusion_matrix(trials["target"], trials["said"], labels=WORDS)
    for one in found.series.emotions:
        hits, shown, answered = (
            counts[one.emotion, one.emotion],
            counts[one.emotion].sum(),
            counts[:, one.emotion].sum(),
        )
        assert one.hu == exactly(hits**2 / (shown * answered))
        chance, k = hypergeom(len(trials), shown, answered), np.arange(shown + 1)
        assert one.hu_chance == exactly((chance.pmf(k) * k**2).sum() / (shown * answered))
        assert one.hu_high == exactly(chance.ppf(0.95) ** 2 / (shown * answered))
        assert one.interval == exactly(proportion_confint(hits, shown, method="wilson"))


def test_hu_of_the_latest_check_has_its_bootstrap_interval(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    latest = trials[trials["check"] == trials["check"].max()]
    counts = confusion_matrix(latest["target"], latest["said"], labels=WORDS)
    random = np.random.default_rng(0)
    with_not_sure = np.hstack([counts, np.zeros((7, 1))])
    drawn = [random.multinomial(row.sum(), row / row.sum(), size=2000) for row in with_not_sure]
    means = [
        np.mean([drawn[e][i][e] ** 2 / (counts[e].sum() * max(1, sum(d[i][e] for d in drawn))) for e in range(7)])
        for i in range(2000)
    ]
    hu = np.diag(counts) ** 2 / (counts.sum(axis=1) * np.maximum(counts.sum(axis=0), 1))
    assert found.series.latest.hu == exactly(hu.mean())
    assert found.series.latest.hu_interval == exactly(np.percentile(means, [2.5, 97.5]))


def test_d_prime_and_c_pool_the_checks_without_a_missed_face(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    whole = trials.groupby("check").filter(lambda own: (own.groupby("target").size() == 6).all())
    counts = confusion_matrix(whole["target"], whole["said"], labels=WORDS)
    each = counts[0].sum()
    assert each >= 20
    for one in found.series.emotions:
        hits = counts[one.emotion, one.emotion]
        false = counts[:, one.emotion].sum() - hits
        hit, alarm = norm.ppf((hits + 0.5) / (each + 1)), norm.ppf((false + 0.5) / (6 * each + 1))
        assert one.detection is not None
        assert one.detection.d_prime == exactly(hit - alarm)
        assert one.detection.criterion == exactly(-(hit + alarm) / 2)


def test_response_times_are_medians_of_right_answers_from_200_ms_on(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    for one in found.series.emotions:
        own = trials[trials["target"] == one.emotion.word]
        slow = own[own["response_time_ms"] >= 200]
        assert one.times.median_ms == exactly(slow[slow["right"]]["response_time_ms"].median())
        assert one.times.correct == slow["right"].sum()
        assert one.times.dropped == exactly(1 - len(slow) / len(own))
        assert one.times.focus_lost == own["focus_lost"].sum()


def test_thresholds_are_posterior_means_with_the_guess_rate_of_the_neutral_faces(
    found: Review, trials: pd.DataFrame
) -> None:
    assert found.series is not None
    neutral = trials[trials["target"] == "neutral"]
    for one in (found.series.emotions[Emotion.FEAR], found.series.emotions[Emotion.SAD]):
        guess = (neutral["said"] == one.emotion.word).mean()
        own = trials[trials["target"] == one.emotion.word]
        weights = np.zeros(len(THRESHOLDS))
        for (i, at), slope in product(enumerate(THRESHOLDS), SLOPES):
            p = guess + (1 - guess - LAPSE) * expit(slope * (own["intensity"].to_numpy() - at))
            weights[i] += np.prod(np.where(own["right"], p, 1 - p))
        assert one.threshold is not None
        assert one.threshold.guess == exactly(guess)
        assert one.threshold.value == exactly((weights / weights.sum()) @ THRESHOLDS)


def test_emotions_are_compared_with_the_baseline_by_fisher_newcombe_and_holm(
    found: Review, trials: pd.DataFrame
) -> None:
    last = trials["check"].max()
    p = []
    for one in found.changes:
        own = trials[trials["target"] == one.emotion.word]
        (a, n), (b, m) = (
            (part["right"].sum(), len(part)) for part in (own[own["check"] == last], own[own["check"] < 2])
        )
        assert (one.after, one.before) == ((a, n), (b, m))
        p.append(min(1, max(6, last - 1) * fisher_exact([[a, n - a], [b, m - b]]).pvalue))
        assert one.p == exactly(p[-1])
        theirs = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff")
        assert one.interval == exactly(theirs)
    assert [one.corrected for one in found.changes] == exactly(multipletests(p, method="holm")[1])


def test_person_people_and_network_are_compared_on_the_same_faces(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    for one in found.series.compared:
        own = trials[trials["target"] == one.emotion.word]
        said = trials[trials["network"] == one.emotion.word]
        assert one.person == (own["right"].sum(), len(own))
        assert one.network == ((own["network"] == own["target"]).sum(), len(own))
        assert one.network_said == ((said["network"] == said["target"]).sum(), len(said))


def test_dose_and_learning_curve_count_minutes_of_practice(clinic: Clinic, found: Review) -> None:
    assert found.series is not None
    runs = clinic.table("SELECT kind, stopped, length, started_at, ended_at FROM blocks WHERE person_id = :person "
                        "AND task = 'recognition' ORDER BY started_at")  # fmt: skip
    runs["from"], runs["to"] = (pd.to_datetime(runs[name], format="ISO8601") for name in ("started_at", "ended_at"))
    runs["minutes"] = np.minimum((runs["to"] - runs["from"]).dt.total_seconds() / 60, runs["length"]).fillna(0)
    practices = runs[runs["kind"] == "practice"]
    checks = runs[(runs["kind"] == "check") & (runs["stopped"] == 0) & runs["to"].notna()]
    for point, began in zip(found.series.curve, checks["from"], strict=True):
        before = practices[practices["from"] < began]
        assert point.minutes == exactly(before["minutes"].sum())
        assert point.practices == len(before)
    over = practices[practices["to"].notna()]
    today = pd.Timestamp(found.at).date()
    recent = over[over["from"].dt.date > today - pd.Timedelta(weeks=4)]
    assert found.dose.minutes == exactly(recent["minutes"].sum())
    assert found.dose.days == recent["from"].dt.date.nunique()
