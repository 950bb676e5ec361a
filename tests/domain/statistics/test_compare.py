"""Two matrices of one person, compared as SciPy and statsmodels would, and called changed only after Holm."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from core.domain.emotions import Emotion
from core.domain.statistics.compare import difference_interval, emotion_changes, fisher, holm


def test_the_interval_of_a_difference_is_newcombes_published_one() -> None:
    """Newcombe (1998), table II: 56/70 and 48/80, method 10."""
    low, high = difference_interval((56, 70), (48, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(("after", "before"), [((30, 42), (50, 84)), ((0, 6), (12, 12)), ((42, 42), (84, 84))])
def test_the_interval_of_a_difference_is_that_of_statsmodels(after: tuple[int, int], before: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert difference_interval(after, before) == pytest.approx(expected, abs=1e-9)


def test_nothing_shown_leaves_everything_possible() -> None:
    assert difference_interval((0, 0), (3, 6)) == (-1, 1)
    assert fisher((0, 0), (3, 6)) == 1


def test_fishers_test_is_that_of_the_lady_who_tasted_tea() -> None:
    assert fisher((3, 4), (1, 4)) == pytest.approx(34 / 70)


def test_fishers_test_is_that_of_scipy() -> None:
    for a, b in product(range(7), range(13)):
        expected = fisher_exact([[a, 6 - a], [b, 12 - b]]).pvalue
        assert fisher((a, 6), (b, 12)) == pytest.approx(expected, abs=1e-9)


def test_holms_correction_is_that_of_statsmodels() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    p = np.random.default_rng(1).random(7) ** 3
    assert holm(p.tolist()) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-9)


def matrix(*hits: int, of: int) -> np.ndarray:
    """Seven rows of `of` faces; what is no hit was called the next emotion."""
    counts = np.zeros((7, 9), dtype=np.int64)
    for emotion, right in zip(Emotion, hits, strict=True):
        counts[emotion, emotion], counts[emotion, (emotion + 1) % 7] = right, of - right
    return counts


def test_one_emotion_in_seven_must_change_much_to_be_called_changed() -> None:
    before, after = matrix(*[6] * 7, of=12), matrix(6, 6, 12, 10, 6, 6, 6, of=12)
    changes = {change.emotion: change for change in emotion_changes(before, after)}
    assert changes[Emotion.FEAR].p == pytest.approx(fisher_exact([[12, 0], [6, 6]]).pvalue)
    assert changes[Emotion.FEAR].corrected == pytest.approx(7 * changes[Emotion.FEAR].p)
    assert not any(change.called for change in changes.values())
    much = emotion_changes(matrix(*[3] * 7, of=24), matrix(3, 3, 20, 8, 3, 3, 3, of=24))
    assert [change.emotion for change in much if change.called] == [Emotion.FEAR]


def test_every_further_check_is_a_further_chance_to_be_wrong() -> None:
    before, after = matrix(*[3] * 7, of=24), matrix(3, 3, 14, 3, 3, 3, 3, of=24)
    once, often = emotion_changes(before, after), emotion_changes(before, after, looks=20)
    assert often[Emotion.FEAR].p == pytest.approx(20 * once[Emotion.FEAR].p)
    assert (once[Emotion.FEAR].called, often[Emotion.FEAR].called) == (True, False)


def test_the_interval_beside_a_corrected_p_is_corrected_as_well() -> None:
    before, after = matrix(*[3] * 7, of=24), matrix(3, 3, 14, 3, 3, 3, 3, of=24)
    for looks in (1, 20):
        [fear] = [one for one in emotion_changes(before, after, looks=looks) if one.emotion is Emotion.FEAR]
        theirs = confint_proportions_2indep(
            *fear.after, *fear.before, method="newcomb", compare="diff", alpha=0.05 / (7 * looks)
        )
        assert fear.interval == pytest.approx(theirs, abs=1e-9)


def test_emotions_of_which_nothing_may_be_said_are_never_called_changed() -> None:
    changes = emotion_changes(matrix(*[3] * 7, of=24), matrix(3, 3, 20, 8, 3, 3, 3, of=24), silent=[Emotion.FEAR])
    assert not any(change.called for change in changes)
