"""Faces mixed with others of their batch: the target says exactly what is in the picture."""

import numpy as np
import pytest

from core.training.learning.mixing import Mixing, draw_mixes, mix

N = 400
GREYS = np.arange(N) % 2 * 200  # black and light grey faces in turn
FACES = np.repeat(GREYS.astype(np.uint8), 48 * 48).reshape(N, 48, 48)
TARGETS = {
    "label": np.eye(2, dtype=np.float32)[np.arange(N) % 2],
    "crowd": np.eye(8, dtype=np.float32)[np.arange(N) % 2],
}


def mixed(mixing: Mixing, seed: int = 0) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    return mix(FACES, TARGETS, draw_mixes(N, 48, np.random.default_rng(seed), mixing))


@pytest.mark.parametrize("mixing", [Mixing(mixup=0.4), Mixing(cutmix=1.0), Mixing(0.2, 1.0, often=1.0)], ids=str)
def test_targets_sum_to_one_and_are_the_share_of_the_picture(mixing: Mixing) -> None:
    faces, targets = mixed(mixing)
    for head in ("label", "crowd"):
        np.testing.assert_allclose(targets[head].sum(1), 1, atol=1e-6)
        assert targets[head].dtype == np.float32
        assert (targets[head] >= 0).all()
        light = faces.mean(axis=(1, 2)) / 200
        np.testing.assert_allclose(targets[head][:, 1], light, atol=0.0026)
    assert faces.dtype == np.uint8


def test_as_many_faces_are_mixed_as_asked() -> None:
    for often in (0.0, 0.5, 1.0):
        targets = mixed(Mixing(mixup=1.0, cutmix=1.0, often=often))[1]["label"]
        changed = (targets != TARGETS["label"]).any(axis=1).mean()
        assert changed == pytest.approx(often / 2, abs=0.06), "half of the partners are of the same kind"


def test_of_both_kinds_half_shine_through_and_half_are_cut() -> None:
    faces, _ = mixed(Mixing(mixup=1.0, cutmix=1.0, often=1.0))
    kinds = [len(np.unique(face)) == 1 and np.unique(face)[0] not in (0, 200) for face in faces]
    cut = [len(np.unique(face)) == 2 for face in faces]
    assert sum(kinds) == pytest.approx(N / 4, abs=0.08 * N)
    assert sum(cut) == pytest.approx(N / 4, abs=0.08 * N)


def test_a_cut_is_one_rectangle_of_the_other_face() -> None:
    faces, _ = mixed(Mixing(cutmix=1.0, often=1.0))
    for face, own in zip(faces, GREYS, strict=True):
        rows, columns = np.nonzero(face != own)
        if len(rows):
            inside = face[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
            assert (inside != own).all() or len(rows) > 0.5 * 48 * 48


def test_the_same_generator_state_mixes_the_same_and_the_faces_stay() -> None:
    before = FACES.copy()
    first, again, other = mixed(Mixing(0.2, 1.0)), mixed(Mixing(0.2, 1.0)), mixed(Mixing(0.2, 1.0), seed=1)
    assert np.array_equal(first[0], again[0])
    assert not np.array_equal(first[0], other[0])
    assert np.array_equal(FACES, before)
    assert np.array_equal(first[1]["label"], again[1]["label"])


def test_mixing_is_told_in_words() -> None:
    assert str(Mixing(0.2, 1.0)) == "mixup 0.2 or CutMix 1 for 50% of the faces"
    assert str(Mixing(cutmix=1.0, often=1.0)) == "CutMix 1 for 100% of the faces"
