"""One training loop for every network: epochs, checkpoints, resuming, whatever backend Keras runs on.

In: a protocol, training faces with target distributions, a validation set. Out: in the folder `out` the two files of
`core.training.checkpoint`, written as often as `core.training.learning.keeper` says. All chance comes from the seed
and the epoch's number: a resumed run goes on exactly as an uninterrupted one.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.training.checkpoint import (
    CHECKPOINT,
    TrainingError,
    TrainingProgress,
    last_good,
    refuse_plain,
    restore,
)
from core.training.data import TargetFaces
from core.training.evaluate import softmax
from core.training.learning.backend import on_card, trained_with
from core.training.learning.batches import batches, faces_of
from core.training.learning.keeper import Averaged, Keeper
from core.training.learning.mixing import mix
from core.training.learning.scanned import ScannedEpochs
from core.training.learning.steps import Steps, steps_for
from core.training.protocol import Protocol
from core.training.schedule import ENDED, cosine, fitting, has_stopped, plateau

if TYPE_CHECKING:
    import keras

AVERAGING = 0.998  # per step: the averaged weights look about two epochs of FER-2013 back
LOOK = 50  # steps between two looks at whether the loss is still a number


@dataclass(frozen=True)
class Teachers:
    """Trained networks that see the same changed faces; their mean answer is the share `believed` of the target."""

    networks: Sequence["keras.Model"]
    believed: float = 0.5

    def soften(self, pictures: NDArray[np.uint8], targets: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
        seen = [network.predict_on_batch(pictures) for network in self.networks]
        return {
            head: (1 - self.believed) * target + self.believed * np.mean([softmax(one[head]) for one in seen], axis=0)
            for head, target in targets.items()
        }


def train(
    protocol: Protocol,
    training: TargetFaces,
    validation: TargetFaces,
    out: Path,
    *,
    epochs: int | None = None,
    seed: int = 0,
    minutes: float | None = None,
    precision: str = "float32",
    teachers: Teachers | None = None,
    prepare: Callable[["keras.Model"], None] | None = None,
    options: Mapping[str, Any] | None = None,
    whole_epochs: bool | None = None,
    say: Callable[[str], None] = print,
) -> TrainingProgress:
    """Train to the end, from `out`'s checkpoint where there is one.

    With `minutes`, `epochs` is cut before each one to what fits the remaining time at the pace of the last three; a
    cosine schedule always ends at zero, and no later call goes on with it. Without, the same seed gives the same
    network on the same machine. `prepare` is handed the fresh network, to begin with other weights. `options` are
    kept with the run, beside the highest learning rate and a digest of the faces. `whole_epochs`: whether JAX is handed
    epochs instead of batches; None: where it has a graphics card. Raises TrainingError.
    """
    import keras

    asked = epochs or protocol.epochs
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"{out} cannot be made ({error.strerror}): choose another --out") from error
    keras.utils.set_random_seed(seed)
    keras.config.set_dtype_policy(precision)
    model, criterion = _compile(protocol, training, prepare)
    steps: Steps | ScannedEpochs
    if teachers is None and (on_card() if whole_epochs is None else whole_epochs):
        steps = ScannedEpochs(model, criterion, training)
    else:
        steps = steps_for(model, criterion)
    kept = {"rate": protocol.optimiser.rate, "learnt": training.digest(), **(options or {})}
    progress = TrainingProgress(protocol.key, seed, precision, options=kept)
    refuse_plain(out)
    if (out / CHECKPOINT).exists():
        progress = restore(out / CHECKPOINT, model, progress)
        if protocol.cosine and progress.share > ENDED and progress.epoch < asked:
            raise TrainingError(
                f"{out}: this schedule has ended after {progress.epoch} epochs, at a learning rate of zero; to train "
                f"further use --begin-with {out} with another --out"
            )
        say(f"resuming after epoch {progress.epoch}")
    ends = math.inf if minutes is None else time.monotonic() + 60 * minutes
    with Keeper(out, model) as keeper:
        while not has_stopped(protocol, progress) and progress.epoch < (
            last := fitting(asked, progress, ends - time.monotonic(), to_zero=protocol.cosine)
        ):
            began = time.monotonic()
            try:
                row = _epoch(protocol, steps, training, teachers, progress, last)
            except FloatingPointError as error:
                keeper.flush()
                raise TrainingError(
                    f"{error}: train with a --rate below {protocol.optimiser.rate} and another --out; {last_good(out)}"
                ) from error
            progress.epoch += 1
            progress.share += (1 - progress.share) / (last - progress.epoch + 1)
            progress.software |= {trained_with(): progress.epoch}
            with Averaged(model) if protocol.cosine else nullcontext():
                row |= _validated(model, validation)
                row |= {"epoch": progress.epoch, "seconds": round(time.monotonic() - began, 1)}
                progress.history.append({name: round(value, 5) for name, value in row.items()})
                if row["validation"] > progress.best:
                    progress.best = row["validation"]
                    keeper.better(progress)
            keeper.epoch(progress)
            say(_in_words(progress, last, len(training)))
    return progress


def _in_words(progress: TrainingProgress, epochs: int, faces: int) -> str:
    row = progress.history[-1]
    filled = round(20 * progress.epoch / epochs)
    return (
        f"[{'#' * filled}{'.' * (20 - filled)}] epoch {progress.epoch}/{epochs}  loss {row['loss']:.4f}"
        f"  accuracy {row['accuracy']:.4f}  validation {row['validation']:.4f}  best {progress.best:.4f}"
        f"  {faces / max(row['seconds'], 0.1):.0f} faces/s  {row['seconds']:.0f} s"
    )


def _compile(
    protocol: Protocol, training: TargetFaces, prepare: Callable[["keras.Model"], None] | None
) -> tuple["keras.Model", "keras.losses.Loss"]:
    """The network, compiled, and the loss of each of its heads."""
    import keras

    model = protocol.build()
    for head, output in model.output.items():
        width = training.targets[head].shape[1] if head in training.targets else "no"
        if width != output.shape[-1]:
            raise TrainingError(
                f"the faces have {width} answers for {head!r}, {protocol.key} has {output.shape[-1]}: "
                f"train it on {', '.join(emotion.word for emotion in protocol.emotions)}"
            )
    if prepare is not None:
        prepare(model)
    optimizer = protocol.optimiser.build()
    if protocol.cosine:
        optimizer.use_ema, optimizer.ema_momentum = True, AVERAGING
        optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    optimizer.build(model.trainable_variables)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=protocol.label_smoothing)
    model.compile(
        optimizer,
        dict.fromkeys(model.output, loss),
        metrics={"label": ["categorical_accuracy"]},
        jit_compile="auto",  # JAX and graphics cards; on a processor TensorFlow's XLA has convolutions half as fast
    )
    return model, loss


def _epoch(
    protocol: Protocol,
    steps: Steps | ScannedEpochs,
    training: TargetFaces,
    teachers: Teachers | None,
    progress: TrainingProgress,
    epochs: int,
) -> dict[str, float]:
    """One pass over the shuffled training faces; returns mean loss, accuracy and the last learning rate.

    Raises FloatingPointError when the loss is no number any more.
    """
    stride = (1 - progress.share) / (epochs - progress.epoch)
    even = plateau(protocol, progress)

    def rate(share: float) -> float:
        return cosine(protocol.optimiser.rate, progress.share + stride * share) if protocol.cosine else even

    rng = np.random.default_rng([progress.seed, progress.epoch])
    planned = list(batches(protocol, training, rng, rate))
    if isinstance(steps, ScannedEpochs):
        loss, accuracy = steps.learn(planned)
        _expect_number(loss, progress, len(planned))
        return {"loss": loss, "accuracy": accuracy, "rate": planned[-1].rate}
    steps.begin()
    for number, batch in enumerate(planned, 1):
        pictures = faces_of(batch, training)
        targets = {head: goal[batch.rows] for head, goal in training.goals.items()}
        if teachers is not None:
            targets = teachers.soften(pictures[..., None], targets)
        if batch.mixes is not None:
            pictures, targets = mix(pictures, targets, batch.mixes)
        steps.step(pictures[..., None], targets, batch.rate)
        if number % LOOK == 0 or number == len(planned):
            _expect_number(steps.last_loss(), progress, number)
    loss, accuracy = steps.end()
    return {"loss": loss, "accuracy": accuracy, "rate": planned[-1].rate}


def _expect_number(loss: float, progress: TrainingProgress, step: int) -> None:
    if not math.isfinite(loss):
        raise FloatingPointError(f"the loss became {loss} in epoch {progress.epoch + 1}, by step {step}")


def _validated(model: "keras.Model", faces: TargetFaces) -> dict[str, float]:
    right = rate_many(model, faces.pictures)["label"]
    truth = faces.targets["label"]
    likelihood = np.log(np.maximum(softmax(right), 1e-12))
    return {
        "validation": float(np.mean(right.argmax(1) == truth.argmax(1))),
        "validation_loss": float(-(truth * likelihood).sum(1).mean()),
    }


def rate_many(model: "keras.Model", pictures: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
    """The logits of many faces (uint8 [n, 48, 48]), float32 [n, K] for each head."""
    parts = [model.predict_on_batch(pictures[i : i + 256, :, :, None]) for i in range(0, len(pictures), 256)]
    return {head: np.concatenate([np.asarray(part[head], np.float32) for part in parts]) for head in parts[0]}
