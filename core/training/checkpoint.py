"""Checkpoints of a training run: `checkpoint.npz`, all that the next epoch needs, and `best.npz`, the weights that
validated best. Both are replaced in one step, so that a kill at any moment leaves the last good pair.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

    from core.training.protocol import Protocol

CHECKPOINT, BEST = "checkpoint.npz", "best.npz"
Arrays = dict[str, NDArray[Any]]


class TrainingError(Exception):
    """A run that cannot go on; says why, and which checkpoint is still good."""


@dataclass
class TrainingProgress:
    """Where a run stands: epochs done, share of the schedule done, and one row of history per epoch.

    A row holds `epoch`, the training faces' mean `loss` and `accuracy`, the `validation` accuracy and
    `validation_loss`, the learning `rate` it ended with, and `seconds`. `options`: what was asked for besides the
    protocol, and what was learnt from; a run goes on with the same only, and its card tells them.
    """

    network: str
    seed: int
    precision: str = "float32"
    epoch: int = 0
    share: float = 0.0
    best: float = -1.0
    history: list[dict[str, float]] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def chosen(self) -> int:
        """The first epoch with the highest validation accuracy: the one whose weights `best.npz` holds."""
        return int(max(self.history, key=lambda row: row["validation"])["epoch"])


def best_network(protocol: "Protocol", out: Path) -> tuple["keras.Model", TrainingProgress]:
    """The network with the best weights in `out`, in float32, and the whole run; TrainingError if there is none."""
    import keras

    if not (out / BEST).exists():
        raise TrainingError(f"{out / BEST} is missing: train the network first")
    keras.config.set_dtype_policy("float32")
    model = protocol.build()
    arrays, progress = read(out / BEST)
    assign(model.variables, _of(arrays, "model"), out / BEST)
    return model, read(out / CHECKPOINT)[1] if (out / CHECKPOINT).exists() else progress


def origin(folder: Path) -> dict[str, Any]:
    """Which network the run in `folder` has, and what that was trained with, for a run that learns from it."""
    progress = read(folder / BEST)[1]
    return {"network": progress.network, "epochs": progress.epoch, "options": progress.options}


def begin_with(model: "keras.Model", protocol: "Protocol", folder: Path) -> None:
    """Take over, layer by layer in their order, every weight of the network in `folder` that fits `model`'s.

    Raises TrainingError when none of the layers fits.
    """
    other = protocol.build()
    assign(other.variables, _of(read(folder / BEST)[0], "model"), folder / BEST)
    mine = {layer.name: layer for layer in model.layers if layer.weights}
    theirs = {layer.name: layer for layer in other.layers if layer.weights}
    pairs = zip(mine.values(), theirs.values(), strict=False) if len(mine) == len(theirs) else ()
    taken = [
        own.set_weights(given.get_weights())
        for own, given in pairs
        if [tuple(w.shape) for w in own.weights] == [tuple(w.shape) for w in given.weights]
    ]
    if not taken:
        raise TrainingError(f"{folder}: no layer of {protocol.key} fits this network; begin with one of its kind")


def state(model: "keras.Model", optimizer: "keras.optimizers.Optimizer") -> Arrays:
    """All weights of a network and its optimiser, by name."""
    return numbered("model", model.variables) | numbered("optimizer", optimizer.variables)


def numbered(prefix: str, variables: list[Any]) -> Arrays:
    from keras import ops

    return {f"{prefix}_{i}": ops.convert_to_numpy(variable).copy() for i, variable in enumerate(variables)}


def assign(variables: list[Any], values: list[NDArray[Any]], source: Path) -> None:
    """Put `values`, read from `source`, into `variables`; raises TrainingError when a number or shape differs."""
    if len(variables) != len(values):
        raise TrainingError(f"{source} holds {len(values)} arrays, expected {len(variables)}: choose another --out")
    for variable, value in zip(variables, values, strict=True):
        if tuple(variable.shape) != value.shape:
            raise TrainingError(
                f"{source}: {variable.path} has shape {value.shape}, expected {tuple(variable.shape)}: "
                "it belongs to another network; choose another --out"
            )
        variable.assign(value)


def write(path: Path, arrays: Arrays, progress: TrainingProgress) -> None:
    """Replace `path` in one step; on failure the file that was there stays."""
    partial = path.with_suffix(".partial")
    try:
        with partial.open("wb") as file:
            np.savez(file, allow_pickle=False, progress=np.array(json.dumps(asdict(progress))), **arrays)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise TrainingError(f"{path} could not be written ({error.strerror}); {last_good(path.parent)}") from error


def read(path: Path) -> tuple[Arrays, TrainingProgress]:
    """What `write` wrote; raises TrainingError when it is something else."""
    try:
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
        return arrays, TrainingProgress(**json.loads(str(arrays.pop("progress"))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{path} is no checkpoint of this software ({error}): delete it to start anew") from error


def restore(path: Path, model: "keras.Model", optimizer: Any, expected: TrainingProgress) -> TrainingProgress:
    """Put a run's last epoch back; raises TrainingError when `path` belongs to a run that was asked for otherwise."""
    arrays, progress = read(path)
    was, asked = (
        {"network": run.network, "seed": run.seed, "precision": run.precision} | run.options
        for run in (progress, expected)
    )
    for name in was | asked:
        if was.get(name) != asked.get(name):
            raise TrainingError(
                f"{path} was made with {name} {was.get(name)!r}, this run asks for {asked.get(name)!r}: ask for the "
                "same to go on, or choose another --out"
            )
    for prefix, variables in (("model", model.variables), ("optimizer", optimizer.variables)):
        assign(variables, _of(arrays, prefix), path)
    return progress


def last_good(out: Path) -> str:
    """Which checkpoint in `out` a run can go on from, in words."""
    path = out / CHECKPOINT
    if not path.exists():
        return "no checkpoint was written yet"
    return f"the last good checkpoint, after epoch {read(path)[1].epoch}, is {path}"


def _of(arrays: Arrays, prefix: str) -> list[NDArray[Any]]:
    """The arrays numbered under `prefix`, in order."""
    return [arrays[key] for i in range(len(arrays)) if (key := f"{prefix}_{i}") in arrays]
