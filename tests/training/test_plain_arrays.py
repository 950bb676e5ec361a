"""Plain arrays of a run: what comes back from a graphics card's machine can be measured, published, learnt from."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.config import ROOT
from core.training.candidate import find
from core.training.checkpoint import (
    BEST,
    CHECKPOINT,
    PLAIN,
    TrainingError,
    TrainingProgress,
    begin_with,
    best_network,
    is_there,
    read,
    write,
    write_plain,
)
from core.training.learning.keeper import Keeper
from core.training.loop import train
from core.training.networks import protocol
from tests.training.test_checkpoint import PROGRESS, in_a_row
from tests.training.tiny import TINY, bars

KIT = Path(__file__).parents[3] / "shared" / "gpu" / "format.py"
NAMES = ("first", "second")


def brought(folder: Path) -> list[np.ndarray]:
    """A run of which `folder` holds nothing but plain arrays; its weights."""
    model = in_a_row(*NAMES).build()
    write_plain(folder / BEST, PROGRESS, model)
    write_plain(folder / CHECKPOINT, TrainingProgress(**{**vars(PROGRESS), "epoch": 9}))
    return [np.asarray(weights) for weights in model.get_weights()]


def test_the_best_weights_and_the_whole_progress_are_read_back(tmp_path: Path) -> None:
    weights = brought(tmp_path)
    found, progress = best_network(in_a_row(*NAMES), tmp_path)
    assert progress.epoch == 9
    assert read(tmp_path / BEST) == PROGRESS
    for mine, kept in zip(found.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(mine, kept)


def test_other_layers_are_refused_as_of_any_checkpoint(tmp_path: Path) -> None:
    brought(tmp_path)
    with pytest.raises(TrainingError, match="its layer 3 is Conv2D first"):
        best_network(in_a_row("second", "first"), tmp_path)


def test_a_network_begins_with_them_and_no_run_goes_on_from_them(tmp_path: Path) -> None:
    weights = brought(tmp_path)
    model = in_a_row(*NAMES).build()
    begin_with(model, in_a_row(*NAMES), tmp_path)
    np.testing.assert_array_equal(model.get_weights()[0], weights[0])
    with pytest.raises(TrainingError, match="cannot be gone on from: to train further use --begin-with"):
        train(TINY, bars(14).faces(bars(14).unvoted()), bars(7).faces(), tmp_path, epochs=1)
    assert is_there(tmp_path / BEST)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"])
def test_a_damaged_file_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / BEST).with_suffix(PLAIN).write_bytes(content)
    with pytest.raises(TrainingError, match=r"best\.npz"):
        best_network(in_a_row(*NAMES), tmp_path)


def test_they_are_written_where_a_run_has_to_be_brought_back_and_nowhere_else(tmp_path: Path) -> None:
    model = in_a_row(*NAMES).build()
    model.compile("SGD", "mse")
    for travels in (False, True):
        folder = tmp_path / str(travels)
        folder.mkdir()
        with Keeper(folder, model, travels=travels) as kept:
            kept.better(PROGRESS)
            kept.epoch(PROGRESS)
        assert {path.name for path in folder.iterdir()} == {BEST, CHECKPOINT} | (
            {"best.npz", "checkpoint.npz"} if travels else set()
        )


@pytest.mark.skipif(not KIT.exists(), reason="the kit for a graphics card is not here")
def test_the_kit_brings_them_back(tmp_path: Path) -> None:
    """With large arrays as float16, and the checkpoint without its arrays."""
    spec = importlib.util.spec_from_file_location("kit_format", KIT)
    assert spec is not None
    assert spec.loader is not None
    kit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kit)
    there, here = tmp_path / "there", tmp_path / "seed-1"
    there.mkdir()
    here.mkdir()
    plan = protocol("quick")
    model = plan.build()
    progress = TrainingProgress("quick", 1, epoch=2, history=[{"epoch": 2, "validation": 0.4}])
    write(there / BEST, model, progress)
    write_plain(there / BEST, progress, model)
    write_plain(there / CHECKPOINT, progress)
    (here / "best.npz").write_bytes(kit.whole(kit.slim(there / "best.npz")))
    (here / "checkpoint.npz").write_bytes(kit.slim(there / "checkpoint.npz", weights=False))
    candidate = find(str(here), tmp_path, [])
    assert candidate.seed == 1
    pictures = np.random.default_rng(0).integers(0, 255, (4, 48, 48)).astype(np.uint8)
    theirs = model.predict_on_batch(pictures[..., None])
    ours = best_network(plan, here)[0].predict_on_batch(pictures[..., None])
    for head, logits in theirs.items():
        np.testing.assert_allclose(ours[head], logits, atol=0.02)


@pytest.mark.slow
def test_a_machine_without_babel_can_train() -> None:
    """A graphics card's machine has what the kit brings, which is no library of words."""
    program = (
        "import sys; sys.modules['babel'] = None; import core.commands.train, core.training.loop, "
        "core.training.networks, core.training.learning.stored, core.stimuli.fer2013"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120, cwd=ROOT)
