"""Changes of a training face."""

import numpy as np
import pytest

from core.training.augment import Augmentation, augment
from tests.training.tiny import bars

ALL = Augmentation(rotation=12, zoom=0.15, shift=0.08, shear=0.1, contrast=0.3, brightness=25, cutout=(6, 18))


def test_the_same_generator_state_gives_the_same_pictures() -> None:
    faces = bars(14).pictures
    first, second = (augment(faces, np.random.default_rng(3), ALL) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, augment(faces, np.random.default_rng(4), ALL))


def test_the_faces_themselves_stay_as_they_were() -> None:
    faces = bars(14).pictures
    before = faces.copy()
    changed = augment(faces, np.random.default_rng(0), ALL)
    assert np.array_equal(faces, before)
    assert changed.shape == faces.shape
    assert changed.dtype == np.uint8


def test_a_face_keeps_its_middle_in_the_middle() -> None:
    face = np.zeros((200, 48, 48), np.uint8)
    face[:, 20:28, 20:28] = 255
    mean = augment(face, np.random.default_rng(0), ALL).astype(float).mean(axis=0)
    rows, columns = np.indices(mean.shape)
    weight = mean - mean.min()
    assert abs((rows * weight).sum() / weight.sum() - 23.5) < 1.5
    assert abs((columns * weight).sum() / weight.sum() - 23.5) < 1.5


def test_without_changes_a_face_is_at_most_mirrored() -> None:
    faces = bars(40).pictures
    changed = augment(faces, np.random.default_rng(0), Augmentation())
    mirrored = [np.array_equal(new, old[:, ::-1]) for new, old in zip(changed, faces, strict=True)]
    same = [np.array_equal(new, old) for new, old in zip(changed, faces, strict=True)]
    assert all(a or b for a, b in zip(mirrored, same, strict=True))
    assert any(mirrored)
    assert any(same)


@pytest.mark.parametrize("changes", [Augmentation(shear=0.3), Augmentation(rotation=30), Augmentation(brightness=60)])
def test_each_change_changes_faces(changes: Augmentation) -> None:
    faces = bars(20).pictures
    plain = augment(faces, np.random.default_rng(0), Augmentation())
    assert not np.array_equal(augment(faces, np.random.default_rng(0), changes), plain)


def test_changes_are_told_in_words() -> None:
    assert str(Augmentation(rotation=10, zoom=0.1)) == "rotation 10°, zoom 0.1, mirror"


def test_grey_levels_are_those_of_exact_arithmetic_rounded_once() -> None:
    faces = bars(60).pictures
    plain = augment(faces, np.random.default_rng(5), Augmentation(rotation=9)).astype(float)
    rng = np.random.default_rng(5)
    for size in (60, 60, (60, 2), 60):
        rng.random(size)
    rng.random(60)
    mean = plain.mean(axis=(1, 2), keepdims=True)
    exact = (plain - mean) * rng.uniform(0.6, 1.4, (60, 1, 1)) + mean + rng.uniform(-30, 30, (60, 1, 1))
    found = augment(faces, np.random.default_rng(5), Augmentation(rotation=9, contrast=0.4, brightness=30))
    assert np.abs(found - np.clip(exact, 0, 255)).max() <= 0.5 + 1e-4


def test_half_of_the_faces_lose_a_square_of_their_mean_grey() -> None:
    faces = np.repeat(bars(7).pictures, 100, axis=0)
    changes = Augmentation(cutout=(6, 18))
    whole = augment(faces, np.random.default_rng(2), Augmentation())
    changed = augment(faces, np.random.default_rng(2), changes)
    lost = (whole != changed).any(axis=(1, 2))
    assert 0.4 < lost.mean() < 0.55
    for before, after in zip(whole[lost], changed[lost], strict=True):
        filled = after[before != after]
        assert (filled == round(before.mean())).all()
        assert len(filled) <= 18 * 18
