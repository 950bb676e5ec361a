"""What the two heads of a network learn from labels and votes."""

import numpy as np

from core.domain.emotions import Emotion
from core.training.data import Labelled, together

FACES = Labelled(np.zeros((3, 48, 48), np.uint8), np.array([Emotion.SAD, Emotion.HAPPY, Emotion.FEAR]))
VOTES = np.array([[2, 0, 0, 6, 0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 0, 0, 0, 5, 2, 3], [-1] * 10])


def test_votes_are_shared_out_among_our_seven_emotions() -> None:
    targets = FACES.voted(VOTES).targets
    assert targets[0, 0].argmax() == Emotion.SAD
    assert targets[0, 1, Emotion.SAD] == 0.75
    assert targets[0, 1, Emotion.NEUTRAL] == 0.25


def test_without_votes_for_any_of_them_the_label_stands() -> None:
    targets = FACES.voted(VOTES).targets
    assert np.array_equal(targets[1:, 1], targets[1:, 0])


def test_faces_can_weigh_more_than_once() -> None:
    assert len(together(FACES.faces(2), FACES.faces(2), times=2)) == 9
