"""The figures on a card, against scikit-learn and against cases that can be worked out by hand."""

import numpy as np
import pytest
from sklearn import metrics

from core.domain.emotions import Emotion
from core.training.data import Fer2013, Rendered
from core.training.evaluate import calibration_error, fit_temperature, quality, shares, softmax

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 7, 400)
LOGITS = RNG.normal(size=(400, 7)) + 2 * np.eye(7)[LABELS]
PROBABILITIES = softmax(LOGITS)


def test_the_figures_are_scikit_learns() -> None:
    found = quality(PROBABILITIES, LABELS)
    answers = PROBABILITIES.argmax(1)
    precision, recall, f1, faces = metrics.precision_recall_fscore_support(LABELS, answers)
    assert found.accuracy == metrics.accuracy_score(LABELS, answers)
    assert found.kappa == pytest.approx(metrics.cohen_kappa_score(LABELS, answers))
    assert found.macro_f1 == pytest.approx(f1.mean())
    assert np.array_equal(found.matrix, metrics.confusion_matrix(LABELS, answers))
    for emotion in Emotion:
        row = found.of(emotion)
        assert (row.faces, row.emotion) == (faces[emotion], emotion.word)
        assert (row.precision, row.recall, row.f1) == pytest.approx((precision[emotion], recall[emotion], f1[emotion]))
        others = emotion != LABELS
        assert row.specificity == pytest.approx(np.mean(answers[others] != emotion))
        assert row.accuracy == pytest.approx(np.mean((answers == emotion) == (emotion == LABELS)))


def test_an_emotion_that_never_occurs_has_rates_of_zero() -> None:
    found = quality(np.eye(7)[[3, 3]], np.array([3, 3]))
    assert found.of(Emotion.FEAR).precision == found.of(Emotion.FEAR).recall == 0
    assert found.kappa is None


def test_no_faces_are_refused() -> None:
    with pytest.raises(ValueError, match="not empty"):
        quality(np.empty((0, 7)), np.empty(0, int))


def test_calibration_error_is_the_gap_between_sure_and_right() -> None:
    sure = np.full((10, 7), 0.2 / 6)
    sure[:, 0] = 0.8
    labels = np.array([0] * 6 + [1] * 4)
    assert calibration_error(sure, labels) == pytest.approx(0.2)


def test_temperature_undoes_overconfidence() -> None:
    fair = RNG.normal(size=(4000, 7)) * 2
    labels = np.array([RNG.choice(7, p=p) for p in softmax(fair)])
    assert fit_temperature(3 * fair, labels) == pytest.approx(3, rel=0.1)


def test_the_error_before_is_that_without_the_temperature() -> None:
    served = quality(softmax(LOGITS / 2), LABELS, temperature=2)
    assert served.ece_before == pytest.approx(quality(PROBABILITIES, LABELS).ece)


def test_a_test_is_given_again_without_images_of_training() -> None:
    pictures = RNG.integers(0, 256, (6, 48, 48)).astype(np.uint8)
    pictures[5] = pictures[0]
    usages = np.array(["Training"] * 3 + ["PrivateTest"] * 3)
    tests = Fer2013(pictures, np.arange(6).astype(np.int8), usages).tests("PrivateTest")
    assert [len(test.labels) for test in tests.values()] == [3, 2]


def test_a_missing_split_is_named() -> None:
    faces = Fer2013(np.zeros((2, 48, 48), np.uint8), np.zeros(2, np.int8), np.array(["Training", "Test"]))
    with pytest.raises(ValueError, match="no PublicTest faces, only Test, Training"):
        faces.split("PublicTest")


def test_rendered_faces_are_counted_in_each_of_their_groups() -> None:
    faces = Rendered(np.zeros((3, 48, 48), np.uint8), np.array([0, 1, 1]), [("a", "b"), ("a",), ("b",)])
    found = shares(np.eye(7)[[0, 1, 0]], faces)
    assert [(share.group, share.faces, share.right) for share in found] == [("a", 2, 2), ("b", 2, 1)]
