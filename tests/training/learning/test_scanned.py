"""Whole epochs under JAX: the same faces, changed and mixed as on the processor, and the same network in the end.

KERAS_BACKEND=jax python -m pytest tests/training/learning
"""

import os
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.training.augment import Augmentation
from core.training.checkpoint import TrainingError, best_network
from core.training.data import Labelled
from core.training.learning.batches import FaceBatch, batches, faces_of
from core.training.learning.mixing import Mixing, mix
from core.training.loop import train
from core.training.networks.teachers import STRONG
from tests.training.tiny import TINY, bars

pytestmark = pytest.mark.skipif(os.environ.get("KERAS_BACKEND") != "jax", reason="of JAX: set KERAS_BACKEND=jax")
PLAN = replace(TINY, changes=STRONG, mixing=Mixing(0.2, 1.0), epochs=4)


def smooth(n: int) -> Labelled:
    rng = np.random.default_rng(3)
    coarse = rng.integers(0, 256, (n, 9, 9)).astype(np.uint8)
    pictures = np.array([cv2.resize(one, (48, 48), interpolation=cv2.INTER_CUBIC) for one in coarse])
    return Labelled(pictures, np.arange(n) % 7)


FACES = smooth(70).faces(smooth(70).unvoted())


def batch(**changes: object) -> FaceBatch:
    plan = replace(TINY, batch=70, **{"changes": None, "mixing": None} | changes)  # type: ignore[arg-type]
    return next(batches(plan, FACES, np.random.default_rng(5), lambda _: 0.1))


@pytest.mark.parametrize(
    ("changes", "most", "mean"),
    [
        ({}, 0, 0),
        ({"changes": Augmentation()}, 0, 0),
        ({"changes": Augmentation(shift=0.1, rotation=20, zoom=0.2, shear=0.1)}, 4, 0.6),
        ({"changes": Augmentation(contrast=0.5, brightness=40)}, 1, 0.05),
        ({"changes": Augmentation(cutout=(6, 18))}, 1, 0.01),
        ({"mixing": Mixing(0.4, 1.0, often=1.0)}, 1, 0.01),
        ({"changes": STRONG, "mixing": Mixing(0.2, 1.0)}, 6, 0.8),
    ],
)
def test_faces_are_changed_and_mixed_as_on_the_processor(changes: dict[str, object], most: int, mean: float) -> None:
    from core.training.learning.scanned import as_arrays, prepared

    planned = batch(**changes)
    pictures = faces_of(planned, FACES)
    targets = {head: goal[planned.rows] for head, goal in FACES.goals.items()}
    if planned.mixes is not None:
        pictures, targets = mix(pictures, targets, planned.mixes)
    found, goals = prepared(FACES.pictures, FACES.goals, as_arrays(planned))
    off = np.abs(np.asarray(found).astype(int) - pictures)
    assert np.asarray(found).dtype == np.uint8
    assert off.max() <= most
    assert off.mean() <= mean
    for head, target in targets.items():
        np.testing.assert_allclose(np.asarray(goals[head]), target, atol=1e-6)


def test_a_network_learns_the_same_by_epochs_as_by_batches_and_goes_on_where_it_was(tmp_path: Path) -> None:
    chosen_on = bars(14, seed=1).faces()

    def run(name: str, whole: bool, epochs: int = 4) -> list[float]:
        done = train(
            replace(PLAN, changes=None),
            FACES,
            chosen_on,
            tmp_path / name,
            seed=2,
            epochs=epochs,
            whole_epochs=whole,
            say=lambda _: None,
        )
        return [row["loss"] for row in done.history]

    assert run("epochs", True) == pytest.approx(run("batches", False), rel=1e-3)
    run_out = [best_network(PLAN, tmp_path / name)[0].get_weights() for name in ("epochs", "batches")]
    for mine, other in zip(*run_out, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-2, atol=1e-3)


def test_changed_faces_are_learnt_by_epochs(tmp_path: Path) -> None:
    plan = replace(PLAN, epochs=12, mixing=None, changes=Augmentation(rotation=5, contrast=0.2))
    learnt = bars(56).faces(bars(56).unvoted())
    done = train(plan, learnt, bars(14, seed=1).faces(), tmp_path, whole_epochs=True, say=lambda _: None)
    assert done.history[-1]["loss"] < 0.8 * done.history[0]["loss"]


def test_a_loss_that_is_no_number_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.loop.cosine", lambda highest, share: 1e30)
    with pytest.raises(TrainingError, match=r"the loss became .* in epoch 1, by step 5"):
        train(PLAN, FACES, bars(14, seed=1).faces(), tmp_path, whole_epochs=True, say=lambda _: None)
