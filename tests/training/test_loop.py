"""The training loop: what a run leaves behind, and what becomes of it when it is cut short."""

import resource
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.training.loop import BEST, CHECKPOINT, Progress, TrainingError, best_network, train
from core.training.networks import Recipe
from tests.training.tiny import TINY, bars


class Killed(Exception):
    """Stands for a kill between two epochs."""


def run(out: Path, recipe: Recipe = TINY, *, seed: int = 1, killed_after: int = 99) -> Progress:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == killed_after:
            raise Killed

    return train(recipe, bars(56).faces(), bars(28, seed=1).faces(), out, seed=seed, say=say)


def arrays(path: Path) -> dict[str, np.ndarray]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files if name != "progress"}


def test_a_network_learns_what_can_be_learnt(tmp_path: Path) -> None:
    history = run(tmp_path, replace(TINY, epochs=12)).history
    assert history[-1]["loss"] < 0.8 * history[0]["loss"]


def test_a_resumed_run_ends_where_an_uninterrupted_one_does(tmp_path: Path) -> None:
    whole = run(tmp_path / "whole")
    with pytest.raises(Killed):
        run(tmp_path / "cut", killed_after=1)
    resumed = run(tmp_path / "cut")
    assert [row["loss"] for row in resumed.history] == pytest.approx([row["loss"] for row in whole.history])
    expected = arrays(tmp_path / "whole" / CHECKPOINT)
    for name, found in arrays(tmp_path / "cut" / CHECKPOINT).items():
        np.testing.assert_allclose(found, expected[name], rtol=1e-5, atol=1e-6, err_msg=name)


def test_a_finished_run_is_not_trained_further(tmp_path: Path) -> None:
    run(tmp_path)
    before = (tmp_path / CHECKPOINT).read_bytes()
    assert run(tmp_path).epoch == TINY.epochs
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_when_the_minutes_are_over_one_last_epoch_ends_the_schedule(tmp_path: Path) -> None:
    progress = train(TINY, bars(56).faces(), bars(28).faces(), tmp_path, epochs=50, minutes=0.0001)
    assert (progress.epoch, progress.share) == (2, 1)


def test_the_best_network_is_the_one_that_scored_best(tmp_path: Path) -> None:
    progress = run(tmp_path, replace(TINY, epochs=4))
    validation = bars(28, seed=1)
    logits = np.asarray(best_network(TINY, tmp_path).predict_on_batch(validation.pictures[..., None]))
    assert np.mean(logits[:, 0].argmax(1) == validation.labels) == pytest.approx(progress.best)


def test_a_loss_that_is_no_number_ends_the_run_and_names_the_last_good_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        run(tmp_path, killed_after=1)
    before = (tmp_path / CHECKPOINT).read_bytes()
    with pytest.raises(TrainingError, match=r"loss became .* lower the learning rate .* after epoch 1"):
        run(tmp_path, replace(TINY, epochs=9, learning_rate=1e30))
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_a_full_disk_ends_the_run_and_keeps_the_last_good_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        run(tmp_path, killed_after=1)
    before = (tmp_path / CHECKPOINT).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(TrainingError, match=r"could not be written .* after epoch 1"):
            run(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / CHECKPOINT).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [BEST, CHECKPOINT]


def test_another_seed_does_not_continue_a_run(tmp_path: Path) -> None:
    run(tmp_path)
    with pytest.raises(TrainingError, match="seed 1, this run asks for 2"):
        run(tmp_path, seed=2)


def test_a_file_that_is_no_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / CHECKPOINT).write_bytes(b"half a file")
    with pytest.raises(TrainingError, match=r"checkpoint\.npz is no checkpoint .* delete it"):
        run(tmp_path)


def test_without_a_trained_network_there_is_no_best_one(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="train the network first"):
        best_network(TINY, tmp_path)
