"""The next plan follows the person's own confusions, says why, and leaves the checks alone."""

from dataclasses import replace

import numpy as np
from statsmodels.stats.proportion import proportion_confint

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan, blueprint
from core.domain.patient.suggestion import ConfusedPair, Strength, suggest

ANGRY, DISGUST, FEAR, HAPPY, SAD, SURPRISE, NEUTRAL = Emotion


def matrix(each: int = 12, right: int = 9, **confused: int) -> np.ndarray:
    """`each` faces an emotion, `right` of them named; `fear_surprise=7`: so many went there instead. What is over was
    not sure."""
    counts = np.zeros((7, 9), dtype=np.int64)
    np.fill_diagonal(counts[:, :7], right)
    counts[:, 7] = each - right
    for pair, count in confused.items():
        target, response = map(Emotion.from_word, pair.split("_"))
        counts[target] = 0
        counts[target, target], counts[target, response] = each - count, count
    return counts


def test_what_is_mixed_up_more_often_than_by_chance_is_practised_together() -> None:
    found = suggest(matrix(fear_surprise=7, disgust_angry=6), Plan())
    assert found.pairs == (ConfusedPair(FEAR, SURPRISE, 7, 12), ConfusedPair(DISGUST, ANGRY, 6, 12))
    assert found.plan.emotions == (ANGRY, DISGUST, FEAR, SURPRISE)
    assert found.added == ()


def test_a_pair_counts_from_where_wilsons_interval_leaves_one_in_seven() -> None:
    assert proportion_confint(4, 12, method="wilson")[0] < 1 / 7 < proportion_confint(5, 12, method="wilson")[0]
    assert suggest(matrix(fear_surprise=4), Plan()).pairs == ()
    assert suggest(matrix(fear_surprise=5), Plan()).pairs == (ConfusedPair(FEAR, SURPRISE, 5, 12),)


def test_the_least_well_named_join_until_there_are_four_to_choose_from() -> None:
    counts = matrix(fear_surprise=6)
    counts[SAD, [SAD, NEUTRAL]] = 6, 3
    found = suggest(counts, Plan())
    assert found.plan.emotions == (FEAR, SAD, SURPRISE, NEUTRAL)
    assert found.added == (SAD, NEUTRAL)


def test_without_confusions_all_seven_are_practised() -> None:
    found = suggest(matrix(), replace(Plan(), emotions=(ANGRY, FEAR)))
    assert found.pairs == ()
    assert found.plan.emotions == tuple(Emotion)


def test_faces_become_fainter_when_it_is_easy_and_clearer_when_it_is_hard() -> None:
    easy, hard = suggest(matrix(right=10), Plan()), suggest(matrix(right=5), Plan())
    assert (easy.strength, easy.plan.practice_intensities) == (Strength.FAINTER, (20, 100))
    assert (hard.strength, hard.plan.practice_intensities) == (Strength.CLEARER, (60, 100))
    assert suggest(matrix(right=9), Plan()).strength is Strength.SAME
    assert suggest(matrix(right=10), Plan(), graded=False).plan == Plan()
    narrow = replace(Plan(), practice_intensities=(100, 100))
    assert suggest(matrix(right=5), narrow).plan.practice_intensities == (100, 100)
    assert suggest(matrix(right=10), narrow).plan.practice_intensities == (80, 100)


def test_the_checks_stay_comparable_whatever_is_suggested() -> None:
    found = suggest(matrix(right=10, fear_surprise=7), Plan())
    assert found.plan != Plan()
    assert blueprint(found.plan, "1", "en", "phone") == blueprint(Plan(), "1", "en", "phone")


def test_too_few_faces_suggest_nothing() -> None:
    found = suggest(matrix(each=5, right=2), Plan())
    assert not found.enough
    assert found.plan == Plan()
