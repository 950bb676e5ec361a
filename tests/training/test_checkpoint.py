"""What a run leaves on disk: read by the names of layers, into the network that wrote it and into no other."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.training.candidate import find
from core.training.checkpoint import (
    BEST,
    CHECKPOINT,
    TrainingError,
    TrainingProgress,
    begin_with,
    best_network,
    load,
    read,
    write,
)
from core.training.loop import train
from core.training.protocol import Optimiser, Protocol, answers, grey
from tests.training.tiny import TINY, bars

if TYPE_CHECKING:
    import keras

PROGRESS = TrainingProgress("in_a_row", 1, epoch=3, history=[{"epoch": 3, "validation": 0.5}], options={"rate": 0.1})


def in_a_row(*names: str) -> Protocol:
    """A network whose convolutions are alike but for their names, so that any weights fit any of them."""

    def build() -> "keras.Model":
        from keras import layers

        faces, x = grey()
        for name in names:
            x = layers.Conv2D(1, 3, strides=2, name=name)(x)
        return answers(faces, layers.Flatten()(x), 7, "in_a_row")

    return Protocol("in_a_row", "for tests", build)


def written(folder: Path, names: Sequence[str] = ("first", "second")) -> "keras.Model":
    model = in_a_row(*names).build()
    write(folder / BEST, model, PROGRESS)
    return model


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    model = written(tmp_path)
    found, progress = best_network(in_a_row("first", "second"), tmp_path)
    assert progress == PROGRESS
    for mine, kept in zip(found.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, kept)


def test_a_file_opens_as_any_of_keras_does(tmp_path: Path) -> None:
    import keras

    model, pictures = written(tmp_path), bars(2).pictures[..., None]
    opened = keras.saving.load_model(tmp_path / BEST)
    np.testing.assert_allclose(opened(pictures)["label"], model(pictures)["label"], rtol=1e-6)


def test_a_network_with_the_same_layers_in_another_order_is_refused(tmp_path: Path) -> None:
    written(tmp_path)
    fresh = in_a_row("second", "first").build()
    before = fresh.get_weights()
    with pytest.raises(
        TrainingError,
        match=r"best\.keras belongs to another network: its layer 3 is Conv2D first 3×3×1×1 1, expected Conv2D second",
    ):
        load(tmp_path / BEST, fresh)
    for now, then in zip(fresh.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("first",), "its layer 4 is Conv2D second 3×3×1×1 1, expected Flatten"),
        (("first", "second", "third"), "its layer 5 is Flatten, expected Conv2D third 3×3×1×1 1"),
        (("first", "other"), "its layer 4 is Conv2D second 3×3×1×1 1, expected Conv2D other"),
    ],
)
def test_a_network_with_other_layers_is_refused(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    written(tmp_path)
    with pytest.raises(TrainingError, match=said):
        best_network(in_a_row(*names), tmp_path)


def test_a_layer_of_another_size_is_refused(tmp_path: Path) -> None:
    written(tmp_path)
    wider = replace(in_a_row(), build=lambda: _wider())
    with pytest.raises(TrainingError, match=r"its layer 3 is Conv2D first 3×3×1×1 1, expected Conv2D first 3×3×1×2 2"):
        best_network(wider, tmp_path)


def _wider() -> "keras.Model":
    from keras import layers

    faces, x = grey()
    for name in ("first", "second"):
        x = layers.Conv2D(2, 3, strides=2, name=name)(x)
    return answers(faces, layers.Flatten()(x), 7, "in_a_row")


def test_a_run_begins_with_the_layers_of_its_names_wherever_they_stand(tmp_path: Path) -> None:
    trained, fresh = written(tmp_path), in_a_row("second", "new", "first").build()
    new = fresh.get_layer("new").get_weights()
    begin_with(fresh, in_a_row("first", "second"), tmp_path)
    for name in ("first", "second"):
        for mine, kept in zip(fresh.get_layer(name).get_weights(), trained.get_layer(name).get_weights(), strict=True):
            np.testing.assert_array_equal(mine, kept)
    np.testing.assert_array_equal(fresh.get_layer("new").get_weights()[0], new[0])


@pytest.mark.slow
def test_an_optimiser_that_keeps_something_else_is_refused(tmp_path: Path) -> None:
    learnt, chosen_on = bars(14).faces(bars(14).unvoted()), bars(7).faces()
    train(TINY, learnt, chosen_on, tmp_path, epochs=1, say=lambda _: None)
    other = replace(TINY, optimiser=Optimiser("Adam", 0.1))
    with pytest.raises(
        TrainingError,
        match=r"checkpoint\.keras belongs .* its optimiser variable 11 is norm_gamma_mom",
    ):
        train(other, learnt, chosen_on, tmp_path, epochs=2, say=lambda _: None)


def test_dropout_goes_on_where_it_was(tmp_path: Path) -> None:
    model, again, pictures = TINY.build(), TINY.build(), bars(7).pictures[..., None]
    model(pictures, training=True)
    write(tmp_path / CHECKPOINT, model, PROGRESS)
    load(tmp_path / CHECKPOINT, again)
    np.testing.assert_array_equal(again(pictures, training=True)["label"], model(pictures, training=True)["label"])


def test_a_run_is_read_without_its_weights(tmp_path: Path) -> None:
    written(tmp_path)
    assert read(tmp_path / BEST) == PROGRESS


@pytest.mark.parametrize("old", ["checkpoint.npz", "best.npz"])
def test_a_run_of_an_older_version_is_refused_and_kept(tmp_path: Path, old: str) -> None:
    (tmp_path / old).write_bytes(b"arrays by their place")
    said = rf"{old} was written by an older version, .* expected {Path(old).stem}\.keras; train anew with another --out"
    with pytest.raises(TrainingError, match=said):
        train(TINY, bars(14).faces(bars(14).unvoted()), bars(7).faces(), tmp_path, epochs=1)
    with pytest.raises(TrainingError, match=said):
        best_network(TINY, tmp_path)
    with pytest.raises(TrainingError, match=said):
        find(str(tmp_path), tmp_path, [])
    assert [path.name for path in tmp_path.iterdir()] == [old]
