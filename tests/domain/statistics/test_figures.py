"""A person's figures, emotion by emotion, against scikit-learn, statsmodels and slow computations."""

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Answer, Response, Stimulus, Trial
from core.domain.statistics.figures import emotion_figures, hu_intervals, matrix_of, mean_hu

AT = datetime(2026, 11, 21, tzinfo=UTC)


def check(seed: int, missed: int = 0) -> list[Trial]:
    """42 faces, six an emotion at graded strength; answers are right in half of the cases."""
    random = np.random.default_rng(seed)
    faces = [(emotion, level) for emotion in Emotion for level in (40, 60, 60, 80, 80, 100)]
    trials = []
    for number, (emotion, level) in enumerate(faces, start=1):
        said = emotion if random.random() < 0.5 else Emotion(int(random.integers(7)))
        response = Response.CANNOT_SEE if number <= missed else Response[said.name]
        stimulus = Stimulus(number, f"{number:064d}", emotion, intensity=None if emotion is Emotion.NEUTRAL else level)
        answer = Answer(response, float(random.integers(100, 3000)), AT, AT)
        trials.append(Trial(number, stimulus, None, answer))
    return trials


CHECKS = [check(seed) for seed in range(4)]


def test_each_emotion_has_its_shares_with_intervals() -> None:
    figures = emotion_figures(CHECKS)
    trials = [trial for one in CHECKS for trial in one]
    for found in figures:
        own = [t for t in trials if t.stimulus.target is found.emotion]
        said = [t for t in trials if t.answer and t.answer.scored is found.emotion]
        right = sum(t.answer is not None and t.answer.scored is found.emotion for t in own)
        assert (found.shown, found.right, found.answered) == (24, right, len(said))
        assert found.interval == pytest.approx(proportion_confint(right, 24, method="wilson"), abs=1e-9)
        assert found.hu == pytest.approx(right**2 / (24 * len(said)), abs=1e-9)


def test_d_prime_pools_the_checks_in_which_no_face_was_missed() -> None:
    figures = emotion_figures([*CHECKS, check(9, missed=1)])
    counts = matrix_of([trial for one in CHECKS for trial in one])
    for found in figures:
        hits = counts[found.emotion, found.emotion]
        false = counts[:, found.emotion].sum() - hits
        hit, alarm = norm.ppf((hits + 0.5) / 25), norm.ppf((false + 0.5) / 145)
        assert found.detection is not None
        assert found.detection.d_prime == pytest.approx(hit - alarm, abs=1e-9)
        assert found.detection.criterion == pytest.approx(-(hit + alarm) / 2, abs=1e-9)
    assert all(found.detection is None for found in emotion_figures(CHECKS[:3]))


def test_response_times_are_of_the_emotions_own_faces() -> None:
    fear = emotion_figures(CHECKS)[Emotion.FEAR]
    answers = [t.answer for one in CHECKS for t in one if t.stimulus.target is Emotion.FEAR and t.answer]
    slow = [a.response_time_ms for a in answers if a.response_time_ms >= 200]
    correct = [a.response_time_ms for a in answers if a.response_time_ms >= 200 and a.scored is Emotion.FEAR]
    assert fear.times.median_ms == pytest.approx(np.median(correct), abs=1e-9)
    assert fear.times.dropped == pytest.approx(1 - len(slow) / 24, abs=1e-9)


def test_a_threshold_needs_graded_faces_and_takes_the_guess_rate_from_the_neutral_ones() -> None:
    figures = emotion_figures(CHECKS)
    assert figures[Emotion.NEUTRAL].threshold is None
    counts = matrix_of([trial for one in CHECKS for trial in one])
    fear = figures[Emotion.FEAR].threshold
    assert fear is not None
    assert fear.guess == pytest.approx(counts[Emotion.NEUTRAL, Emotion.FEAR] / 24, abs=1e-9)
    assert fear.faces == 24


def test_the_interval_of_hu_is_a_bootstrap_of_the_faces_of_each_emotion() -> None:
    counts = matrix_of(CHECKS[0])
    mean, each = hu_intervals(counts)
    random = np.random.default_rng(0)
    drawn = [random.multinomial(6, row[:8] / 6, size=2000) for row in counts]
    hu = np.array(
        [[drawn[e][i][e] ** 2 / (6 * max(1, sum(row[i][e] for row in drawn))) for e in range(7)] for i in range(2000)]
    )
    assert mean == pytest.approx(np.percentile(hu.mean(axis=1), [2.5, 97.5]), abs=1e-9)
    assert each[2] == pytest.approx(np.percentile(hu[:, 2], [2.5, 97.5]), abs=1e-9)
    assert mean[0] < (mean_hu(counts) or 0) < mean[1]


def test_wagners_example_has_its_published_mean() -> None:
    """Wagner (1993): Hu .444, .375, .75, .444 for happy, sad, angry, fear; its rows in our columns."""
    example = np.zeros((7, 9), dtype=np.int64)
    order = [Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY, Emotion.FEAR]
    example[np.ix_(order, order)] = [[4, 1, 0, 1], [0, 3, 2, 1], [0, 0, 6, 0], [2, 0, 0, 4]]
    assert mean_hu(example) == pytest.approx(np.mean([4 / 9, 0.375, 0.75, 4 / 9]), abs=1e-9)


def test_nothing_shown_has_no_figures() -> None:
    nothing = np.zeros((7, 9), dtype=np.int64)
    assert mean_hu(nothing) is None
    assert hu_intervals(nothing) == ((0, 1), ((0, 1),) * 7)
    assert all(found.shown == 0 and found.detection is None for found in emotion_figures([]))
