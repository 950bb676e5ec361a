"""What a run keeps and when: by time, whole at its end, whatever ends it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.training.checkpoint import BEST, CHECKPOINT, TrainingProgress, best_network, read
from core.training.learning.keeper import Averaged, Keeper, values
from core.training.loop import train
from core.training.schedule import cosine
from tests.training.tiny import TINY, bars

LEARNT = bars(28).faces(bars(28).unvoted())
CHOSEN_ON = bars(14, seed=1).faces()


class PowerCut(Exception):
    """Stands for a kill, after which nothing is written any more."""


def compiled() -> Any:
    model = TINY.build()
    model.compile("sgd", {"label": "mse", "crowd": "mse"})
    model.optimizer.build(model.trainable_variables)
    return model


def progress(epoch: int, best: float = 0.0) -> TrainingProgress:
    row = {"epoch": epoch, "validation": best}
    return TrainingProgress("tiny", 1, epoch=epoch, best=best, history=[row])


@pytest.mark.slow
def test_the_first_epoch_is_written_then_what_there_is_once_a_minute_and_the_last(tmp_path: Path) -> None:
    now, written = [0.0], []
    with Keeper(tmp_path, compiled(), clock=lambda: now[0]) as keeper:
        for epoch, seconds in enumerate((10, 30, 59, 71, 100, 131, 140), 1):
            now[0] = seconds
            keeper.epoch(progress(epoch))
            written.append(read(tmp_path / CHECKPOINT).epoch)
    assert written == [1, 1, 1, 4, 4, 6, 6]
    assert read(tmp_path / CHECKPOINT).epoch == 7
    assert not (tmp_path / BEST).exists()


@pytest.mark.slow
def test_the_best_is_kept_as_it_was_and_the_network_goes_on_as_it_is(tmp_path: Path) -> None:
    model = compiled()
    kernel = model.get_layer("conv").kernel
    with Keeper(tmp_path, model, clock=lambda: 0.0) as keeper:
        keeper.epoch(progress(1))
        kernel.assign(np.full(kernel.shape, 2.0))
        keeper.better(progress(2, 0.5))
        kernel.assign(np.full(kernel.shape, 3.0))
        keeper.epoch(progress(2, 0.5))
        kernel.assign(np.full(kernel.shape, 4.0))
        with pytest.raises(PowerCut):
            raise PowerCut
    found, run = best_network(TINY, tmp_path)
    assert (found.get_layer("conv").get_weights()[0] == 2).all()
    assert (run.epoch, run.chosen) == (2, 2)
    assert (np.asarray(kernel) == 3).all()


def test_an_interrupted_run_has_all_but_the_epoch_that_was_running_and_goes_on_as_if_nothing_had_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = replace(TINY, epochs=4)

    def run(out: Path) -> TrainingProgress:
        return train(plan, LEARNT, CHOSEN_ON, out, seed=1, say=lambda _: None)

    looked = []

    def interrupted(highest: float, share: float) -> float:
        looked.append(share)
        if len(looked) == 6:  # two steps an epoch: the second of the third
            raise KeyboardInterrupt
        return plain(highest, share)

    plain = cosine
    monkeypatch.setattr("core.training.loop.cosine", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "cut")
    monkeypatch.undo()
    assert read(tmp_path / "cut" / CHECKPOINT).epoch == 2
    assert read(tmp_path / "cut" / BEST).epoch <= 2
    cut, whole = run(tmp_path / "cut"), run(tmp_path / "whole")
    assert [row["loss"] for row in cut.history] == pytest.approx([row["loss"] for row in whole.history])
    for mine, other in zip(
        *(best_network(plan, tmp_path / one)[0].get_weights() for one in ("cut", "whole")), strict=True
    ):
        np.testing.assert_allclose(mine, other, rtol=1e-4, atol=1e-5)


def test_averaged_weights_are_copies_and_the_own_ones_come_back() -> None:
    import keras

    model = TINY.build()
    optimizer = keras.optimizers.SGD(0.1, use_ema=True)
    optimizer.build(model.trainable_variables)
    model.compile(optimizer, {"label": "mse", "crowd": "mse"})
    own = values(model.trainable_variables)
    kept = optimizer._model_variables_moving_average
    for average in kept:
        average.assign(np.full(average.shape, 7.0))
    with Averaged(model):
        assert all((one == 7).all() for one in values(model.trainable_variables))
        for variable in model.trainable_variables:
            variable.assign(np.zeros(variable.shape))
        assert all((one == 7).all() for one in values(kept))
    for now, then in zip(values(model.trainable_variables), own, strict=True):
        np.testing.assert_array_equal(now, then)


def test_a_run_says_what_it_was_trained_with(tmp_path: Path) -> None:
    import keras

    found = train(TINY, LEARNT, CHOSEN_ON, tmp_path, epochs=1, say=lambda _: None).software
    assert list(found.values()) == [1]
    assert next(iter(found)).startswith(f"{keras.backend.backend()} ")
    assert f"and keras {keras.__version__} on a" in next(iter(found))
