"""One training loop for every network: epochs, checkpoints, resuming, whatever backend Keras runs on.

In: a recipe, training faces with target distributions, a validation set. Out: in the folder `out`, after every
epoch, `checkpoint.npz` (all that the next epoch needs) and, whenever validation accuracy rises, `best.npz` (the
averaged weights). Both are replaced in one step, so that a kill at any moment leaves the last good pair. All
chance comes from the seed and the epoch's number: a resumed run goes on exactly as an uninterrupted one.
"""

import json
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.training.augment import augment
from core.training.data import Faces
from core.training.networks import Recipe

if TYPE_CHECKING:
    import keras

CHECKPOINT, BEST = "checkpoint.npz", "best.npz"
WARM_UP = 0.04  # share of the run in which the learning rate rises
AVERAGING = 0.998  # per step: the averaged weights look about two epochs of FER-2013 back


class TrainingError(Exception):
    """A run that cannot go on; says why, and which checkpoint is still good."""


@dataclass
class Progress:
    """Where a run stands: epochs done, share of the schedule done, and one row of history per epoch."""

    network: str
    seed: int
    heads: int
    epoch: int = 0
    share: float = 0.0
    best: float = -1.0
    history: list[dict[str, float]] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """The first epoch with the highest validation accuracy: the one whose weights `best.npz` holds."""
        return int(max(self.history, key=lambda row: row["validation"])["epoch"])


def train(
    recipe: Recipe,
    training: Faces,
    validation: Faces,
    out: Path,
    *,
    epochs: int | None = None,
    seed: int = 0,
    minutes: float | None = None,
    precision: str = "float32",
    say: Callable[[str], None] = print,
) -> Progress:
    """Train to the end, from `out`'s checkpoint where there is one.

    With `minutes`, `epochs` is cut before each one to what fits the remaining time at the pace of the
    last three, and a last one in which the learning rate falls to zero is always run. Without, the same seed gives
    the same network on the same machine. Raises TrainingError.
    """
    import keras

    asked = epochs or recipe.epochs
    out.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(seed)
    keras.config.set_dtype_policy(precision)
    model, optimizer = _compile(recipe, training.heads)
    progress = Progress(recipe.key, seed, training.heads)
    if (out / CHECKPOINT).exists():
        progress = _restore(out / CHECKPOINT, model, optimizer, progress)
        say(f"resuming after epoch {progress.epoch}")
    ends = math.inf if minutes is None else time.monotonic() + 60 * minutes
    while progress.epoch < (epochs := _fitting(asked, progress, ends - time.monotonic())):
        epoch_began = time.monotonic()
        loss = _epoch(recipe, model, optimizer, training, progress, epochs, out)
        progress.epoch += 1
        progress.share += (1 - progress.share) / (epochs - progress.epoch + 1)
        with _averaged(model, optimizer) as weights:
            accuracy = _accuracy(model, validation)
            better = accuracy > progress.best
            progress.best = max(progress.best, accuracy)
            seconds = time.monotonic() - epoch_began
            progress.history.append(
                {"epoch": progress.epoch, "loss": loss, "validation": accuracy, "seconds": round(seconds, 1)}
            )
            if better:
                _write(out / BEST, weights, progress)
        _write(out / CHECKPOINT, _state(model, optimizer), progress)
        say(
            f"epoch {progress.epoch}/{epochs}  loss {loss:.4f}  validation {accuracy:.4f}"
            f"  best {progress.best:.4f}  {len(training) / seconds:.0f} faces/s  {seconds:.0f} s"
        )
    return progress


def best_network(recipe: Recipe, out: Path) -> "keras.Model":
    """The network with the best averaged weights in `out`, in float32; raises TrainingError if there is none."""
    import keras

    if not (out / BEST).exists():
        raise TrainingError(f"{out / BEST} is missing: train the network first")
    keras.config.set_dtype_policy("float32")
    arrays, progress = _read(out / BEST)
    model = recipe.build(progress.heads)
    _assign(model.variables, [arrays[f"model_{i}"] for i in range(len(model.variables))], out / BEST)
    return model


def _compile(recipe: Recipe, heads: int) -> tuple["keras.Model", "keras.optimizers.Optimizer"]:
    import keras

    model = recipe.build(heads)
    optimizer = keras.optimizers.SGD(
        recipe.learning_rate,
        momentum=0.9,
        nesterov=True,
        weight_decay=recipe.weight_decay,
        use_ema=True,
        ema_momentum=AVERAGING,
    )
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    optimizer.build(model.trainable_variables)
    model.compile(
        optimizer,
        keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing),
        jit_compile=False,  # on a processor XLA's convolutions are half as fast
    )
    return model, optimizer


def _fitting(asked: int, progress: Progress, seconds_left: float) -> int:
    """`asked` epochs, or fewer: as many as there is time for at the pace of the last three, and one to end with."""
    if not progress.history or math.isinf(seconds_left):
        return asked
    last = [row["seconds"] for row in progress.history[-3:]]
    fits = int(seconds_left * len(last) / max(sum(last), 0.001))
    return min(asked, progress.epoch + max(fits, 0 if progress.share > 0.999 else 1))


def _rate(recipe: Recipe, share: float) -> float:
    """Learning rate after `share` of the run: a linear rise, then half a cosine down to zero."""
    if share < WARM_UP:
        return recipe.learning_rate * (share + 0.01 * WARM_UP) / (1.01 * WARM_UP)
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * (share - WARM_UP) / (1 - WARM_UP)))


def _epoch(
    recipe: Recipe,
    model: "keras.Model",
    optimizer: "keras.optimizers.Optimizer",
    training: Faces,
    progress: Progress,
    epochs: int,
    out: Path,
) -> float:
    """One pass over the shuffled training faces; returns its mean loss."""
    rng = np.random.default_rng([progress.seed, progress.epoch])
    order = rng.permutation(len(training))
    steps = max(len(training) // recipe.batch, 1)
    stride = (1 - progress.share) / (epochs - progress.epoch)
    total = 0.0
    for step in range(steps):
        optimizer.learning_rate.assign(_rate(recipe, progress.share + stride * step / steps))
        chosen = order[step * recipe.batch : (step + 1) * recipe.batch]
        model.reset_metrics()
        loss = float(model.train_on_batch(augment(training.pictures[chosen], rng)[..., None], training.targets[chosen]))
        if not math.isfinite(loss):
            raise TrainingError(
                f"the loss became {loss} in epoch {progress.epoch + 1}, step {step + 1}: lower the learning rate "
                f"({recipe.learning_rate}); {_last_good(out)}"
            )
        total += loss
    return total / steps


def _accuracy(model: "keras.Model", faces: Faces) -> float:
    logits = np.concatenate(
        [np.asarray(model.predict_on_batch(faces.pictures[i : i + 256][..., None])) for i in range(0, len(faces), 256)]
    )
    return float(np.mean(logits[:, 0].argmax(1) == faces.targets[:, 0].argmax(1)))


class _averaged:  # noqa: N801 - used as a verb: `with _averaged(model, optimizer) as weights`
    """Inside the block the network holds its averaged weights; outside again its own."""

    def __init__(self, model: "keras.Model", optimizer: "keras.optimizers.Optimizer") -> None:
        self.model, self.optimizer = model, optimizer

    def __enter__(self) -> dict[str, NDArray[Any]]:
        self.own = list(_numbered("own", self.model.trainable_variables).values())
        self.optimizer.finalize_variable_values(self.model.trainable_variables)
        return _numbered("model", self.model.variables)

    def __exit__(self, *_: object) -> None:
        _assign(self.model.trainable_variables, self.own, Path("memory"))


def _numbered(prefix: str, variables: list[Any]) -> dict[str, NDArray[Any]]:
    from keras import ops

    return {f"{prefix}_{i}": ops.convert_to_numpy(variable).copy() for i, variable in enumerate(variables)}


def _state(model: "keras.Model", optimizer: "keras.optimizers.Optimizer") -> dict[str, NDArray[Any]]:
    return _numbered("model", model.variables) | _numbered("optimizer", optimizer.variables)


def _assign(variables: list[Any], values: list[NDArray[Any]], source: Path) -> None:
    for variable, value in zip(variables, values, strict=True):
        if tuple(variable.shape) != value.shape:
            raise TrainingError(
                f"{source}: {variable.path} has shape {value.shape}, expected {tuple(variable.shape)}: "
                "it belongs to another network; choose another --out"
            )
        variable.assign(value)


def _write(path: Path, arrays: dict[str, NDArray[Any]], progress: Progress) -> None:
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
        raise TrainingError(f"{path} could not be written ({error.strerror}); {_last_good(path.parent)}") from error


def _read(path: Path) -> tuple[dict[str, NDArray[Any]], Progress]:
    try:
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
        return arrays, Progress(**json.loads(str(arrays.pop("progress"))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{path} is no checkpoint of this software ({error}): delete it to start anew") from error


def _restore(path: Path, model: "keras.Model", optimizer: Any, expected: Progress) -> Progress:
    arrays, progress = _read(path)
    for name in ("network", "seed", "heads"):
        if getattr(progress, name) != getattr(expected, name):
            raise TrainingError(
                f"{path} was made with {name} {getattr(progress, name)!r}, this run asks for "
                f"{getattr(expected, name)!r}: choose another --out"
            )
    for prefix, variables in (("model", model.variables), ("optimizer", optimizer.variables)):
        values = [arrays[key] for key in _keys(arrays, prefix)]
        _assign(variables, values, path)
    return progress


def _keys(arrays: dict[str, NDArray[Any]], prefix: str) -> Iterator[str]:
    i = 0
    while (key := f"{prefix}_{i}") in arrays:
        yield key
        i += 1


def _last_good(out: Path) -> str:
    path = out / CHECKPOINT
    if not path.exists():
        return "no checkpoint was written yet"
    return f"the last good checkpoint, after epoch {_read(path)[1].epoch}, is {path}"
