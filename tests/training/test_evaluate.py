"""The figures on a card, against scikit-learn, against cases worked out by hand, and against Surya & Liu's table."""

import numpy as np
import pytest
from sklearn import metrics

from core.domain.emotions import Emotion
from core.domain.statistics.metrics import wilson
from core.training.calibration import calibration, perfect
from core.training.evaluate import curves, fit_temperature, quality, softmax

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 7, 400)
LOGITS = RNG.normal(size=(400, 7)) + 2 * np.eye(7)[LABELS]
PROBABILITIES = softmax(LOGITS)
THREE = ("angry", "happy", "sad")


def answering(matrix: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Sure answers, and labels, whose confusion matrix is `matrix`."""
    k = len(matrix)
    cells = [(label, answer) for label in range(k) for answer in range(k) for _ in range(matrix[label][answer])]
    labels, answers = np.array(cells).T
    return np.eye(k)[answers], labels


def test_a_small_table_has_the_figures_that_a_hand_gets() -> None:
    found = quality(*answering([[3, 1, 0], [1, 5, 0], [0, 2, 0]]), names=THREE)
    assert (found.faces, found.right, found.matrix) == (12, 8, ((3, 1, 0), (1, 5, 0), (0, 2, 0)))
    assert found.accuracy == pytest.approx(8 / 12, abs=1e-6)
    happy = found.of("happy")
    assert (happy.precision, happy.recall, happy.specificity) == pytest.approx((5 / 8, 5 / 6, 3 / 6), abs=1e-6)
    assert (happy.f1, happy.accuracy) == pytest.approx((10 / 14, 8 / 12), abs=1e-6)
    assert found.of("sad").precision == found.of("sad").recall == found.of("sad").f1 == 0
    assert found.macro_f1 == pytest.approx((6 / 8 + 10 / 14 + 0) / 3, abs=1e-6)
    chance = (4 * 4 + 6 * 8 + 2 * 0) / 144
    assert found.kappa == pytest.approx((8 / 12 - chance) / (1 - chance), abs=1e-6)
    assert happy.recall_interval == pytest.approx(wilson(5, 6), abs=1e-6)


def test_surya_and_liu_s_printed_classes_obey_these_definitions() -> None:
    """Specificity, F1 and accuracy of a class follow from precision, recall and its faces on PrivateTest."""
    printed = {  # faces, precision, recall, specificity, F1, accuracy
        "angry": (491, 0.604, 0.603, 0.937, 0.603, 0.892),
        "disgust": (55, 0.719, 0.418, 0.997, 0.529, 0.989),
        "fear": (528, 0.563, 0.405, 0.946, 0.471, 0.866),
        "happy": (879, 0.877, 0.911, 0.959, 0.894, 0.947),
        "sad": (594, 0.529, 0.598, 0.894, 0.561, 0.845),
        "surprise": (416, 0.778, 0.776, 0.971, 0.777, 0.948),
        "neutral": (626, 0.635, 0.698, 0.915, 0.665, 0.877),
    }
    assert sum(row[0] for row in printed.values()) == 3589
    assert sum(round(faces * recall) for faces, _, recall, *_ in printed.values()) == pytest.approx(2449, abs=2)
    for name, (faces, precision, recall, specificity, f1, accuracy) in printed.items():
        hit = round(faces * recall)
        false = round(hit / precision) - hit
        matrix = [[hit, faces - hit], [false, 3589 - faces - false]]
        row = quality(*answering(matrix), names=(name, "rest")).of(name)
        assert (row.precision, row.recall, row.specificity, row.f1, row.accuracy) == pytest.approx(
            (precision, recall, specificity, f1, accuracy), abs=1.5e-3
        )


def test_the_figures_are_scikit_learns() -> None:
    found = quality(PROBABILITIES, LABELS)
    answers = PROBABILITIES.argmax(1)
    assert found.kappa == pytest.approx(metrics.cohen_kappa_score(LABELS, answers), abs=1e-6)
    assert np.array_equal(found.matrix, metrics.confusion_matrix(LABELS, answers))
    for emotion in Emotion:
        row = found.of(emotion)
        assert row.auc == pytest.approx(metrics.roc_auc_score(emotion == LABELS, PROBABILITIES[:, emotion]), abs=1e-6)


def test_intervals_lie_around_their_figures_and_are_as_wide_as_theory_says() -> None:
    found = quality(PROBABILITIES, LABELS)
    for interval, value in (
        (found.interval, found.accuracy),
        (found.macro_f1_interval, found.macro_f1),
        (found.calibration.interval, found.calibration.error),
    ):
        assert interval[0] < value < interval[1]
    assert found.interval == pytest.approx(wilson(found.right, found.faces), abs=0.01)
    assert quality(PROBABILITIES, LABELS) == found


def test_few_faces_all_right_leave_room_for_doubt() -> None:
    assert quality(*answering([[2, 0], [0, 2]]), names=("angry", "happy")).interval == pytest.approx(
        wilson(4, 4), abs=1e-6
    )


def test_an_emotion_that_never_occurs_has_rates_of_zero_and_no_curve() -> None:
    found = quality(np.eye(7)[[3, 3]], np.array([3, 3]))
    fear = found.of(Emotion.FEAR)
    assert fear.precision == fear.recall == 0
    assert fear.average_precision is fear.auc is found.kappa is None
    assert found.macro_f1 == 1
    assert curves(np.eye(7)[[3, 3]], np.array([3, 3])) == ()


def test_six_and_four_classes_are_measured_alike() -> None:
    for k in (6, 4):
        names = tuple(emotion.word for emotion in list(Emotion)[:k])
        found = quality(softmax(LOGITS[:, :k]), LABELS % k, names=names)
        assert (found.names, len(found.matrix)) == (names, k)


@pytest.mark.parametrize("shape", [(0, 7), (2, 6)])
def test_no_faces_and_another_number_of_classes_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"expected \(\d, 7\), not empty"):
        quality(np.ones(shape), np.zeros(shape[0], int))


def test_calibration_error_is_the_gap_between_sure_and_right() -> None:
    sure = np.full((10, 7), 0.2 / 6)
    sure[:, 0] = 0.8
    labels = np.array([0] * 6 + [1] * 4)
    found = calibration(sure, labels, np.arange(10)[None])
    assert found.error == pytest.approx(0.2)
    assert [(one.faces, one.sure, one.right) for one in found.bins if one.faces] == [(10, 0.8, 0.6)]
    assert len(found.bins) == 15


def test_a_perfectly_calibrated_network_is_not_told_from_one() -> None:
    fair = softmax(RNG.normal(size=(3000, 7)) * 2)
    labels = np.array([RNG.choice(7, p=p) for p in fair])
    found = quality(fair, labels)
    assert found.could_be_perfect
    assert found.perfect_range[0] < found.perfect < found.perfect_range[1]
    assert not quality(softmax(3 * np.log(fair)), labels).could_be_perfect


def test_chance_alone_makes_the_error_that_theory_gives_one_bin() -> None:
    sure = np.tile([0.7, 0.3], (500, 1))
    mean, _ = perfect(sure)
    assert mean == pytest.approx(np.sqrt(2 / np.pi * 0.7 * 0.3 / 500), rel=0.05)


def test_temperature_undoes_overconfidence() -> None:
    fair = RNG.normal(size=(4000, 7)) * 2
    labels = np.array([RNG.choice(7, p=p) for p in softmax(fair)])
    assert fit_temperature(3 * fair, labels) == pytest.approx(3, rel=0.1)
    assert fit_temperature(3 * fair, softmax(fair)) == pytest.approx(3, rel=0.01)


def test_the_error_before_is_that_without_the_temperature() -> None:
    served = quality(softmax(LOGITS / 2), LABELS, temperature=2)
    assert served.uncalibrated.error == pytest.approx(quality(PROBABILITIES, LABELS).calibration.error)


def test_curves_are_short_and_keep_their_ends_and_their_area() -> None:
    for curve in curves(PROBABILITIES, LABELS):
        truth, score = Emotion.from_word(curve.name) == LABELS, PROBABILITIES[:, Emotion.from_word(curve.name)]
        assert (curve.roc[0], curve.roc[-1]) == ((0, 0), (1, 1))
        assert (curve.precision_recall[0][0], curve.precision_recall[-1][0]) == (0, 1)
        assert max(len(curve.roc), len(curve.precision_recall)) <= 101
        assert metrics.auc(*np.array(curve.roc).T) == pytest.approx(metrics.roc_auc_score(truth, score), abs=0.01)
