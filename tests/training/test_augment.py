"""Changes of a training face."""

import numpy as np

from core.training.augment import augment
from tests.training.tiny import bars


def test_the_same_generator_state_gives_the_same_pictures() -> None:
    faces = bars(14).pictures
    first, second = (augment(faces, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, augment(faces, np.random.default_rng(4)))


def test_the_faces_themselves_stay_as_they_were() -> None:
    faces = bars(14).pictures
    before = faces.copy()
    changed = augment(faces, np.random.default_rng(0))
    assert np.array_equal(faces, before)
    assert changed.shape == faces.shape
    assert changed.dtype == np.uint8


def test_a_face_keeps_its_middle_in_the_middle() -> None:
    face = np.zeros((200, 48, 48), np.uint8)
    face[:, 20:28, 20:28] = 255
    mean = augment(face, np.random.default_rng(0)).astype(float).mean(axis=0)
    rows, columns = np.indices(mean.shape)
    weight = mean - mean.min()
    assert abs((rows * weight).sum() / weight.sum() - 23.5) < 1.5
    assert abs((columns * weight).sum() / weight.sum() - 23.5) < 1.5
