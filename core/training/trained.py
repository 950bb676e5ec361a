"""A finished run as it is measured: from its folder, or from the answers that it stored (`learning.stored`).

Stored answers need neither weights nor Keras, but there is nothing in them to make a file of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.domain.network.crowd import CROWD
from core.training.checkpoint import BEST, TrainingError, TrainingProgress, best_network, read
from core.training.data import Fer2013, Labelled
from core.training.evaluate import fit_temperature, softmax
from core.training.learning.stored import SUFFIX, StoredAnswers, read_answers
from core.training.loop import rate_many
from core.training.measure import Rate, Temperatures
from core.training.networks.mirror import answering
from core.training.protocol import Protocol

if TYPE_CHECKING:
    import keras

Logits = Callable[[NDArray[np.uint8]], dict[str, NDArray[np.float32]]]
"""Of pictures uint8 [n, 48, 48], float32 [n, K] for each head."""

BYTES = 2
"""Of the exported file for each weight; what is in it besides is less than a thousandth of a large one."""


@dataclass(frozen=True)
class TrainedNetwork:
    """What a card needs of a run."""

    progress: TrainingProgress
    logits: Logits
    parameters: int
    model: "keras.Model | None" = None
    """None of stored answers."""


def is_stored(path: Path) -> bool:
    """Whether `path` names stored answers, and not the folder of a run."""
    return path.suffix == SUFFIX and not path.is_dir()


def progress_of(path: Path) -> TrainingProgress:
    """Of the run in a folder, or whose answers are stored; raises TrainingError where there is none."""
    return read_answers(path).origin.progress if is_stored(path) else read(path / BEST)


def trained(protocol: Protocol, path: Path, fer2013: Fer2013) -> TrainedNetwork:
    """The run at `path`; raises TrainingError where there is none, or answers are stored of other data."""
    if not is_stored(path):
        model, progress = best_network(protocol, path)
        model = answering(protocol, model)
        return TrainedNetwork(progress, partial(rate_many, model), int(model.count_params()), model)
    answers = read_answers(path)
    if answers.origin.data != (digest := fer2013.digest()):
        raise TrainingError(
            f"{path} has answers for other rows ({answers.origin.data}), these data are {digest}: give the FER-2013 "
            "that it was written from, in the same form"
        )
    return TrainedNetwork(answers.origin.progress, looked_up(answers, fer2013), answers.origin.parameters)


def looked_up(answers: StoredAnswers, fer2013: Fer2013) -> Logits:
    """The stored answers for pictures of `fer2013`; for others they raise TrainingError."""
    places = {fer2013.pictures[row].tobytes(): i for i, row in enumerate(answers.rows.tolist())}

    def logits(pictures: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        found = [places.get(picture.tobytes(), -1) for picture in pictures]
        if missing := found.count(-1):
            raise TrainingError(f"no answers are stored for {missing:,} of {len(found):,} pictures: write them again")
        return {head: said[found].astype(np.float32) for head, said in answers.plain.items()}

    return logits


def fit_scales(logits: Logits, choosing: Labelled, votes: NDArray[np.integer] | None = None) -> Temperatures:
    """The temperatures that make the labels, and the `votes` (int [n, 10]), of the choosing faces likeliest."""
    said = logits(choosing.pictures)
    label = fit_temperature(said["label"], choosing.labels)
    if votes is None or "crowd" not in said:
        return Temperatures(label)
    seen = np.maximum(votes[:, : len(CROWD)], 0)
    some = seen.sum(1) > 0
    return Temperatures(label, fit_temperature(said["crowd"][some], seen[some] / seen[some].sum(1, keepdims=True)))


def rate_of(logits: Logits, scales: Temperatures) -> Rate:
    """What the exported file answers, by the network itself."""
    warmth = {"label": scales.label, "crowd": scales.crowd}
    return lambda pictures: {head: softmax(x / warmth[head]) for head, x in logits(pictures).items()}
