"""The training loop: what a run leaves behind, and what becomes of it when it is cut short."""

import resource
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.training.checkpoint import BEST, CHECKPOINT, TrainingError, TrainingProgress, begin_with, best_network
from core.training.learning.mixing import Mixing
from core.training.loop import Teachers, rate_many, train
from core.training.networks.registry import protocol
from core.training.protocol import Protocol
from tests.training.tiny import TINY, bars

LEARNT = bars(56).faces(bars(56).unvoted())
CHOSEN_ON = bars(28, seed=1).faces()


class Killed(Exception):
    """Stands for a kill between two epochs."""


def run(out: Path, plan: Protocol = TINY, *, seed: int = 1, killed_after: int = 99) -> TrainingProgress:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == killed_after:
            raise Killed

    return train(plan, LEARNT, CHOSEN_ON, out, seed=seed, say=say)


def arrays(path: Path) -> list[np.ndarray]:
    """All that Keras keeps in a checkpoint: the weights, and what the optimiser has summed up."""
    import keras

    kept = keras.saving.KerasFileEditor(str(path)).weights_dict
    assert set(kept) == {"layers", "optimizer"}
    found: list[np.ndarray] = keras.tree.flatten(kept)
    return found


def test_a_network_learns_what_can_be_learnt(tmp_path: Path) -> None:
    history = run(tmp_path, replace(TINY, epochs=12)).history
    assert history[-1]["loss"] < 0.8 * history[0]["loss"]


@pytest.mark.slow
@pytest.mark.parametrize("mixing", [None, Mixing(0.2, 1.0)], ids=["plain", "mixed"])
def test_a_resumed_run_ends_where_an_uninterrupted_one_does(tmp_path: Path, mixing: Mixing | None) -> None:
    plan = replace(TINY, mixing=mixing)
    whole = run(tmp_path / "whole", plan)
    with pytest.raises(Killed):
        run(tmp_path / "cut", plan, killed_after=1)
    resumed = run(tmp_path / "cut", plan)
    assert [row["loss"] for row in resumed.history] == pytest.approx([row["loss"] for row in whole.history])
    pairs = zip(arrays(tmp_path / "cut" / CHECKPOINT), arrays(tmp_path / "whole" / CHECKPOINT), strict=True)
    for found, expected in pairs:
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.slow
def test_a_finished_run_is_not_trained_further(tmp_path: Path) -> None:
    run(tmp_path)
    before = (tmp_path / CHECKPOINT).read_bytes()
    assert run(tmp_path).epoch == TINY.epochs
    assert (tmp_path / CHECKPOINT).read_bytes() == before


@pytest.mark.slow
def test_when_the_minutes_are_over_one_last_epoch_ends_the_schedule(tmp_path: Path) -> None:
    progress = train(TINY, LEARNT, CHOSEN_ON, tmp_path, epochs=50, minutes=0.0001)
    assert progress.epoch == 2
    assert progress.share == pytest.approx(1)


@pytest.mark.slow
def test_the_best_network_is_the_one_that_scored_best(tmp_path: Path) -> None:
    progress = run(tmp_path, replace(TINY, epochs=4))
    validation = bars(28, seed=1)
    network, whole = best_network(TINY, tmp_path)
    right = rate_many(network, validation.pictures)["label"].argmax(1) == validation.labels
    assert right.mean() == pytest.approx(progress.best, abs=1e-4)
    assert len(whole.history) == 4


@pytest.mark.slow
def test_a_loss_that_is_no_number_ends_the_run_and_names_the_last_good_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Killed):
        run(tmp_path, killed_after=1)
    before = (tmp_path / CHECKPOINT).read_bytes()
    monkeypatch.setattr("core.training.loop.cosine", lambda highest, share: 1e30)
    with pytest.raises(TrainingError, match=r"loss became .* a --rate below 0\.1 .* after epoch 1"):
        run(tmp_path, replace(TINY, epochs=9))
    assert (tmp_path / CHECKPOINT).read_bytes() == before


@pytest.mark.slow
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


@pytest.mark.slow
def test_another_seed_does_not_continue_a_run(tmp_path: Path) -> None:
    run(tmp_path)
    with pytest.raises(TrainingError, match="seed 1, this run asks for 2"):
        run(tmp_path, seed=2)


def test_another_rate_other_faces_and_other_options_do_not_continue_a_run(tmp_path: Path) -> None:
    run(tmp_path)
    with pytest.raises(TrainingError, match=r"rate 0\.1, this run asks for 0\.2: ask for the same"):
        run(tmp_path, replace(TINY, optimiser=replace(TINY.optimiser, rate=0.2)))
    with pytest.raises(TrainingError, match=r"learnt '56 faces, SHA-256 .* asks for '28 faces"):
        train(TINY, bars(28).faces(bars(28).unvoted()), CHOSEN_ON, tmp_path, seed=1)
    with pytest.raises(TrainingError, match=r"balance None, this run asks for 1\.0"):
        train(TINY, LEARNT, CHOSEN_ON, tmp_path, seed=1, options={"balance": 1.0})


@pytest.mark.slow
def test_a_schedule_that_has_ended_is_not_gone_on_with_at_a_rate_of_zero(tmp_path: Path) -> None:
    run(tmp_path)
    before = (tmp_path / CHECKPOINT).read_bytes()
    with pytest.raises(TrainingError, match=r"ended after 2 epochs.* --begin-with .* another --out"):
        run(tmp_path, replace(TINY, epochs=3))
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match=r"file/seed-1 cannot be made .*: choose another --out"):
        run(tmp_path / "file" / "seed-1")


def test_a_file_that_is_no_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / CHECKPOINT).write_bytes(b"half a file")
    with pytest.raises(TrainingError, match=r"checkpoint\.keras is no checkpoint .* delete it"):
        run(tmp_path)


def test_without_a_trained_network_there_is_no_best_one(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="train the network first"):
        best_network(TINY, tmp_path)


@pytest.mark.slow
def test_a_run_begins_with_what_fits_of_another(tmp_path: Path) -> None:
    run(tmp_path)
    fresh, trained = TINY.build(), best_network(TINY, tmp_path)[0]
    begin_with(fresh, TINY, tmp_path)
    for mine, theirs in zip(fresh.weights, trained.weights, strict=True):
        np.testing.assert_array_equal(mine.numpy(), theirs.numpy())


def test_a_network_of_another_kind_is_nothing_to_begin_with(tmp_path: Path) -> None:
    run(tmp_path)
    with pytest.raises(TrainingError, match="no layer of tiny fits"):
        begin_with(protocol("trejo2022_1").build(), TINY, tmp_path)


def test_teachers_are_believed_as_far_as_asked(tmp_path: Path) -> None:
    run(tmp_path)
    teacher, pictures = best_network(TINY, tmp_path)[0], bars(7).pictures[..., None]
    sure = {"label": np.eye(7, dtype=np.float32)}
    assert np.array_equal(Teachers([teacher], 0.0).soften(pictures, sure)["label"], sure["label"])
    softened = Teachers([teacher], 0.5).soften(pictures, sure)["label"]
    assert softened.sum(1) == pytest.approx(np.ones(7))
    assert (softened.diagonal() >= 0.5).all()
    assert (softened.diagonal() < 1).all()


def test_faces_with_other_answers_than_the_network_s_are_refused(tmp_path: Path) -> None:
    six = bars(56).only(tuple(Emotion)[:6])
    with pytest.raises(TrainingError, match="the faces have 6 answers for 'label', tiny has 7"):
        train(TINY, six.faces(six.unvoted()), six.faces(), tmp_path)
