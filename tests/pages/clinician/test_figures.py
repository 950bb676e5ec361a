"""The figures by emotion and over time on the clinician's page equal those computed from the stored rows, to 1e-9."""

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import fisher_exact, hypergeom, norm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from core.domain.emotions import Emotion
from core.domain.statistics.course_parts import CoursePart
from core.domain.statistics.threshold import LAPSE, SLOPES, THRESHOLDS
from core.services.clinic.record import Review
from tests.pages.clinician import by_hand
from tests.pages.clinician.by_hand import counts_of, exactly, hu, hu_intervals
from tests.pages.clinician.conftest import NOW, DemoClinic


def test_hu_with_its_chance_lines_is_wagners_and_the_hypergeometric(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    counts = counts_of(trials)
    _, intervals = hu_intervals(counts)
    for one in found.series.emotions:
        hits, shown, answered = (
            counts[one.emotion, one.emotion],
            counts[one.emotion].sum(),
            counts[:, one.emotion].sum(),
        )
        assert (one.right, one.shown, one.answered) == (hits, shown, answered)
        assert one.hu == exactly(hits**2 / (shown * answered))
        assert one.hu_interval == exactly(intervals[one.emotion])
        chance, k = hypergeom(len(trials), shown, answered), np.arange(shown + 1)
        assert one.hu_chance == exactly((chance.pmf(k) * k**2).sum() / (shown * answered))
        assert one.hu_high == exactly(chance.ppf(0.95) ** 2 / (shown * answered))
        assert one.interval == exactly(proportion_confint(hits, shown, method="wilson"))


def test_the_learning_curve_has_the_share_of_each_check_with_its_interval(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    for point, (_, own) in zip(found.series.curve, trials.groupby("check"), strict=True):
        right = int(own["right"].sum())
        assert (point.right, point.shown) == (right, len(own))
        assert point.interval == exactly(proportion_confint(right, len(own), method="wilson"))
        assert point.hu is None, "too few faces"
    assert found.series.latest == found.series.curve[-1]


def test_before_and_since_the_baseline_each_stands_alone_with_hu_from_20_faces_of_an_emotion_on(
    found: Review, trials: pd.DataFrame
) -> None:
    (first, before), (second, since) = found.blocks
    assert (first, second) == (CoursePart.BASELINE, None)
    for series, own in ((before, trials[trials["check"] < 2]), (since, trials[trials["check"] >= 2])):
        counts = counts_of(own)
        for one in series.emotions:
            assert (one.right, one.shown) == (counts[one.emotion, one.emotion], counts[one.emotion].sum())
            if one.shown < 20:
                assert np.isnan(one.hu)
            else:
                assert one.hu == exactly(hu(counts)[one.emotion])
                assert one.hu_interval == exactly(hu_intervals(counts)[1][one.emotion])
    assert found.told_apart is not None
    if counts.sum(axis=1).min() < 20:
        assert found.told_apart.hu is None
    else:
        assert found.told_apart.hu == exactly(hu(counts).mean())
        assert found.told_apart.hu_interval == exactly(hu_intervals(counts)[0])


def test_d_prime_and_c_pool_the_checks_without_a_missed_face(found: Review, trials: pd.DataFrame) -> None:
    assert found.series is not None
    whole = trials.groupby("check").filter(lambda own: (own.groupby("target").size() == 6).all())
    counts = counts_of(whole)
    each = counts[0].sum()
    assert each >= 20
    for one in found.series.emotions:
        hits = counts[one.emotion, one.emotion]
        false = counts[:, one.emotion].sum() - hits
        hit, alarm = norm.ppf((hits + 0.5) / (each + 1)), norm.ppf((false + 0.5) / (6 * each + 1))
        assert one.detection is not None
        assert one.detection.d_prime == exactly(hit - alarm)
        assert one.detection.criterion == exactly(-(hit + alarm) / 2)


def test_response_times_are_medians_of_right_answers_from_200_ms_on(found: Review, answered: pd.DataFrame) -> None:
    assert found.series is not None
    for one in found.series.emotions:
        own = answered[answered["target"] == one.emotion.word]
        slow = own[own["response_time_ms"] >= 200]
        right = slow[slow["right"]]["response_time_ms"]
        assert one.times.median_ms == (None if right.empty else exactly(right.median()))
        assert one.times.correct == slow["right"].sum()
        assert one.times.dropped == exactly(1 - len(slow) / len(own))
        assert one.times.focus_lost == own["focus_lost"].sum()


def test_thresholds_are_posterior_means_with_the_guess_rate_of_the_neutral_faces(
    found: Review, trials: pd.DataFrame
) -> None:
    assert found.series is not None
    neutral = trials[trials["target"] == "neutral"]
    assert found.series.emotions[Emotion.NEUTRAL].threshold is None
    for one in found.series.emotions[:-1]:
        guess = (neutral["said"] == one.emotion.word).mean()
        own = trials[trials["target"] == one.emotion.word]
        apart = own["intensity"].to_numpy() - THRESHOLDS[:, None, None]
        p = guess + (1 - guess - LAPSE) * expit(SLOPES[:, None] * apart)
        weights = np.prod(np.where(own["right"], p, 1 - p), axis=2).sum(axis=1)
        weights /= weights.sum()
        below = np.cumsum(weights)
        assert one.threshold is not None
        assert one.threshold.guess == exactly(guess)
        assert one.threshold.faces == len(own)
        assert one.threshold.value == exactly(weights @ THRESHOLDS)
        assert one.threshold.interval == exactly([THRESHOLDS[below >= edge][0] for edge in (0.025, 0.975)])


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
        looks = max(6, last - 1)
        p.append(min(1, looks * fisher_exact([[a, n - a], [b, m - b]]).pvalue))
        assert one.p == exactly(p[-1])
        theirs = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff", alpha=0.05 / (7 * looks))
        assert one.interval == exactly(theirs)
    assert [one.corrected for one in found.changes] == exactly(multipletests(p, method="holm")[1])


def test_person_people_and_network_are_compared_on_the_same_faces(
    clinic: DemoClinic, found: Review, trials: pd.DataFrame
) -> None:
    assert found.series is not None
    spoken = by_hand.people(clinic.table("SELECT picture_hash, response, people FROM people_answers"), trials)
    for one in found.series.compared:
        own = trials[trials["target"] == one.emotion.word]
        said = trials[trials["network"] == one.emotion.word]
        told = spoken[spoken["target"] == one.emotion.word]
        assert one.person == (own["right"].sum(), len(own))
        assert one.network == ((own["network"] == own["target"]).sum(), own["network"].notna().sum())
        assert one.network_said == ((said["network"] == said["target"]).sum(), len(said))
        assert one.people is not None
        assert one.people.share == exactly(told["share"].mean())
        assert (one.people.faces, one.people.answers) == (len(told), told["of"].sum())


def test_the_dose_counts_minutes_and_days_of_practice_also_before_each_check(clinic: DemoClinic, found: Review) -> None:
    assert found.series is not None
    runs = by_hand.timed(clinic.table(by_hand.RUNS))
    practices = runs[runs["kind"] == "practice"]
    checks = runs[(runs["kind"] == "check") & (runs["stopped"] == 0) & runs["to"].notna()]
    for point, began in zip(found.series.curve, checks["from"], strict=True):
        before = practices[practices["from"] < began]
        assert point.minutes == exactly(before["minutes"].sum())
        assert point.practices == ((before["stopped"] == 0) & before["to"].notna()).sum()
    recent = by_hand.practices(runs, NOW)
    assert found.dose.minutes == exactly(recent["minutes"].sum())
    assert found.dose.days == recent["from"].dt.date.nunique()
