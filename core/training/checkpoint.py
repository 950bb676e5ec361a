"""What a training run leaves on disk: `checkpoint.keras`, all that the next epoch needs, and `best.keras`, the weights
that validated best. Each is replaced in one step, the best first, so that a kill at any moment leaves a good pair.

On another backend than TensorFlow, as on a graphics card's machine, `best.npz` and `checkpoint.npz` lie beside them:
the best weights as plain arrays, by layer, and the run's progress, small enough to be brought back.
They can be measured, published and learnt from, and not gone on from.

Each archive is one of Keras' own, with one member more, `run.json`: the run's progress, the state of its dropout, which
Keras leaves away, and the layers and the optimiser's variables, by name, in their order. Keras fills layers of one kind
by their place; so a file is read only into a network that has the same layers, of the same names, in the same order.
"""

import json
import os
import zipfile
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.training.learning.plain import load_arrays, run_in, write_run

if TYPE_CHECKING:
    import keras

    from core.training.protocol import Protocol

CHECKPOINT, BEST = "checkpoint.keras", "best.keras"
RUN = "run.json"
PLAIN = ".npz"
"""The ending of plain arrays, and of the files of versions that kept weights by their place alone."""


class TrainingError(Exception):
    """A run that cannot go on; says why, and which checkpoint is still good."""


@dataclass
class TrainingProgress:
    """Where a run stands: epochs done, share of the schedule done, and one row of history per epoch.

    A row holds `epoch`, the training faces' mean `loss` and `accuracy`, the `validation` accuracy and
    `validation_loss`, the learning `rate` it ended with, and `seconds`. `options`: what was asked for besides the
    protocol, and what was learnt from; a run goes on with the same only, and its card tells them. `software`: what it
    was trained with, and up to which epoch.
    """

    network: str
    seed: int
    precision: str = "float32"
    epoch: int = 0
    share: float = 0.0
    best: float = -1.0
    history: list[dict[str, float]] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    software: dict[str, int] = field(default_factory=dict)

    @property
    def chosen(self) -> int:
        """The first epoch with the highest validation accuracy: the one whose weights `best.keras` holds."""
        return int(max(self.history, key=lambda row: row["validation"])["epoch"])


@dataclass(frozen=True)
class _Run:
    """What Keras' own members do not hold."""

    progress: TrainingProgress
    layers: list[str]
    """What `_layers` says of the network."""
    optimizer: list[str]
    """What `_optimizer` says of it."""
    seeds: list[list[int]]
    """The states of its dropout, in the layers' order."""


def best_network(protocol: "Protocol", out: Path) -> tuple["keras.Model", TrainingProgress]:
    """The network with the best weights in `out`, in float32, and the whole run; TrainingError if there is none."""
    import keras

    keras.config.set_dtype_policy("float32")
    model = protocol.build()
    progress = load(out / BEST, model)
    if is_there(out / CHECKPOINT) and (whole := read(out / CHECKPOINT)).epoch > progress.epoch:
        progress = whole
    return model, progress


def origin(folder: Path) -> dict[str, Any]:
    """Which network the run in `folder` has, and what that was trained with, for a run that learns from it."""
    return origin_of(read(folder / BEST))


def origin_of(progress: TrainingProgress) -> dict[str, Any]:
    """The same of a run that is known."""
    return {"network": progress.network, "epochs": progress.epoch, "options": progress.options}


def begin_with(model: "keras.Model", protocol: "Protocol", folder: Path) -> None:
    """Take over, by the names of its layers, every weight of the network in `folder` that fits `model`'s.

    Raises TrainingError when none of the layers fits.
    """
    other = protocol.build()
    load(folder / BEST, other)
    theirs = {layer.name: layer.get_weights() for layer in other.layers if layer.weights}
    taken = [
        layer.set_weights(theirs[layer.name])
        for layer in model.layers
        if layer.name in theirs and [w.shape for w in theirs[layer.name]] == [tuple(w.shape) for w in layer.weights]
    ]
    if not taken:
        raise TrainingError(f"{folder}: no layer of {protocol.key} fits this network; begin with one of its kind")


def write(path: Path, model: "keras.Model", progress: TrainingProgress) -> None:
    """Replace `path` in one step, with the optimiser of a compiled model; on failure the file that was there stays."""
    from keras import ops

    partial = path.with_suffix(".partial.keras")
    run = _Run(
        progress, _layers(model), _optimizer(model), [ops.convert_to_numpy(seed).tolist() for seed in _seeds(model)]
    )
    try:
        model.save(partial)
        with zipfile.ZipFile(partial, "a") as archive:
            archive.writestr(RUN, json.dumps(asdict(run)))
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise TrainingError(f"{path} could not be written ({error.strerror}); {last_good(path.parent)}") from error


def write_plain(path: Path, progress: TrainingProgress, model: "keras.Model | None" = None) -> None:
    """Replace the plain arrays beside `path` in one step: the progress, and the weights of `model`, by layer."""
    plain = path.with_suffix(PLAIN)
    run = {"progress": asdict(progress), "layers": _layers(model) if model is not None else []}
    try:
        write_run(plain, run, model)
    except OSError as error:
        raise TrainingError(f"{plain} could not be written ({error.strerror}); {last_good(path.parent)}") from error


def is_there(path: Path) -> bool:
    """Whether `path` or its plain arrays are kept; raises TrainingError where an older version's file is."""
    refuse_old(path.parent)
    return path.exists() or path.with_suffix(PLAIN).exists()


def read(path: Path) -> TrainingProgress:
    """The run that wrote `path`; raises TrainingError where the file is missing or something else."""
    return _run(path).progress


def load(path: Path, model: "keras.Model") -> TrainingProgress:
    """Put what `write` kept in `path` into `model`, and into its optimiser where it is compiled.

    Raises TrainingError when the file is of a network with other layers, or the same in another order.
    """
    run = _run(path)
    _expect_same(path, "layer", run.layers, _layers(model))
    plain = not path.exists()
    if not plain and (optimizer := _optimizer(model)):
        _expect_same(path, "optimiser variable", run.optimizer, optimizer)
    try:
        if plain:
            load_arrays(path.with_suffix(PLAIN), model)
            return run.progress
        model.load_weights(path)
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(f"{path} cannot be read ({error}): delete it to start anew") from error
    for seed, value in zip(_seeds(model), run.seeds, strict=True):
        seed.assign(np.array(value, seed.dtype))
    return run.progress


def restore(path: Path, model: "keras.Model", expected: TrainingProgress) -> TrainingProgress:
    """Put a run's last epoch back; raises TrainingError when `path` belongs to a run that was asked for otherwise."""
    progress = read(path)
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
    return load(path, model)


def last_good(out: Path) -> str:
    """Which checkpoint in `out` a run can go on from, in words."""
    path = out / CHECKPOINT
    if not path.exists():
        return "no checkpoint was written yet"
    return f"the last good checkpoint, after epoch {read(path).epoch}, is {path}"


def refuse_old(folder: Path) -> None:
    """Raise TrainingError where `folder` holds a run of a version that kept weights by their place alone."""
    for name in (CHECKPOINT, BEST):
        old = (folder / name).with_suffix(PLAIN)
        if old.exists() and not (folder / name).exists() and run_in(old) is None:
            raise TrainingError(
                f"{old} was written by an older version, which kept weights by their place and not by layer, so that "
                f"nothing can tell whether they fit: expected {name}; train anew with another --out, or use the "
                "version that wrote it"
            )


def refuse_plain(folder: Path) -> None:
    """Raise TrainingError where `folder` holds a run of which only plain arrays were brought."""
    if is_there(folder / BEST) and not any((folder / name).exists() for name in (BEST, CHECKPOINT)):
        raise TrainingError(
            f"{folder} holds a run without {CHECKPOINT}, which cannot be gone on from: to train further use "
            f"--begin-with {folder} with another --out"
        )


def _run(path: Path) -> _Run:
    """What `write` added to Keras' file."""
    refuse_old(path.parent)
    plain = None if path.exists() else run_in(path.with_suffix(PLAIN))
    if plain is not None:
        return _Run(TrainingProgress(**plain["progress"]), plain["layers"], [], [])
    if not path.exists():
        raise TrainingError(f"{path} is missing: train the network first, or name a run's folder, such as KEY/seed-1")
    try:
        with zipfile.ZipFile(path) as archive:
            kept = json.loads(archive.read(RUN))
        return _Run(TrainingProgress(**kept["progress"]), kept["layers"], kept["optimizer"], kept["seeds"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise TrainingError(f"{path} is no checkpoint of this software ({error}): delete it to start anew") from error


def _expect_same(path: Path, what: str, kept: list[str], expected: list[str]) -> None:
    """Raise TrainingError, naming the first that differs, where `path` does not keep what a network expects."""
    for number, (one, other) in enumerate(zip_longest(kept, expected, fillvalue="missing"), 1):
        if one != other:
            raise TrainingError(
                f"{path} belongs to another network: its {what} {number} is {one}, expected {other}; give the network "
                "the layers and the optimiser that it was trained with, or train anew with another --out"
            )


def _layers(model: "keras.Model") -> list[str]:
    """The layers in their order: what each is and, where it has weights, its name and their shapes.

    The names of the others do not matter: Keras numbers them, over all networks of a process.
    """
    return [
        " ".join([type(layer).__name__, *([layer.name] if layer.weights else []), *map(_shape, layer.weights)])
        for layer in model.layers
    ]


def _optimizer(model: "keras.Model") -> list[str]:
    """What the optimiser of a compiled model keeps, in its order; nothing for a model that has none."""
    optimizer = getattr(model, "optimizer", None)
    return [] if optimizer is None else [f"{one.name} {_shape(one)}" for one in optimizer.variables]


def _shape(variable: Any) -> str:
    return "×".join(map(str, variable.shape)) or "1"


def _seeds(model: "keras.Model") -> list[Any]:
    """The states from which layers draw by chance."""
    weights = {id(weight) for weight in model.weights}
    return [one for layer in model.layers for one in layer.variables if id(one) not in weights]
