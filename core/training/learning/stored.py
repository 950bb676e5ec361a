"""Stored answers: what a trained network says of faces of FER-2013, in an .npz that students and cards are made from.

    rows               int32 [n]       ascending places in FER-2013's rows, in the order of the source
    label, crowd       float16 [n, K]  logits by head, as the network ships
    mean_label, …      float16 [n, K]  logarithms of the mean share over VIEWS, what a teacher says
    about              JSON            the fields of `AnswersOrigin`

Students learn from the rows of their own training faces alone, whatever else a file holds.
"""

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.training.checkpoint import TrainingError, TrainingProgress, best_network
from core.training.data import CROWD, DataSplit, Fer2013, TargetFaces
from core.training.evaluate import softmax
from core.training.learning.plain import NO_ARRAYS, write_arrays
from core.training.loop import rate_many
from core.training.networks.mirror import answering
from core.training.protocol import Protocol, Split

if TYPE_CHECKING:
    import keras

FORM = 1
MEAN = "mean_"
SUFFIX = ".npz"
SHIFTS = ((0, 0), (0, 2), (0, -2), (2, 0), (-2, 0))
"""Pixels down and to the right by which a face is moved, its edge repeated."""
VIEWS = 2 * len(SHIFTS)
"""Each shift, as it is and mirrored."""


@dataclass(frozen=True)
class AnswersOrigin:
    """Whose answers they are, and of what."""

    data: str
    """Digest of FER-2013 as it was read: `Fer2013.digest`."""
    classes: tuple[str, ...]
    """The emotions of `label`, in its order."""
    split: str
    parameters: int
    progress: TrainingProgress
    """The whole run's."""
    form: int = FORM
    views: int = VIEWS


@dataclass(frozen=True)
class AnswerTask:
    """What a teacher's `network` answers, and what it learnt from: its split and, of a random one, the seed."""

    network: str
    classes: tuple[str, ...]
    split: str
    seed: int


@dataclass(frozen=True)
class StoredAnswers:
    """The answers in a file; arrays as in the module's docstring."""

    origin: AnswersOrigin
    rows: NDArray[np.int32]
    plain: Mapping[str, NDArray[np.float16]]
    mean: Mapping[str, NDArray[np.float16]]
    sha256: str = ""
    """Of the file that they were read from."""

    def shares(self, head: str, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """The mean shares over the views of these rows of FER-2013; raises TrainingError where one is missing."""
        places = np.searchsorted(self.rows, rows).clip(max=len(self.rows) - 1)
        if missing := int((self.rows[places] != rows).sum()):
            raise TrainingError(
                f"the stored answers lack {missing:,} of {len(rows):,} faces that are learnt: write them again with "
                "train --answers from the same FER-2013"
            )
        return softmax(self.mean[head][places].astype(np.float32)).astype(np.float32)


def answers_of(protocol: Protocol, folder: Path, fer2013: Fer2013) -> StoredAnswers:
    """What the best network of the run in `folder` says of every row; raises TrainingError where there is none."""
    model, progress = best_network(protocol, folder)
    origin = AnswersOrigin(
        data=fer2013.digest(),
        classes=tuple(emotion.word for emotion in protocol.emotions),
        split=protocol.split.name,
        parameters=int(model.count_params()),
        progress=progress,
    )
    rows = np.arange(len(fer2013.pictures), dtype=np.int32)
    return StoredAnswers(
        origin,
        rows,
        _halved(rate_many(answering(protocol, model), fer2013.pictures)),
        _halved(mean_of_views(model, fer2013.pictures)),
    )


def mean_of_views(model: "keras.Model", pictures: NDArray[np.uint8]) -> dict[str, NDArray[np.float64]]:
    """By head the logarithm of the mean share over VIEWS of each picture (uint8 [n, side, side]): float64 [n, K]."""
    total: dict[str, NDArray[np.float64]] = {}
    for down, right in SHIFTS:
        moved = _moved(pictures, down, right)
        for view in (moved, moved[:, :, ::-1]):
            for head, logits in rate_many(model, view).items():
                total[head] = total.get(head, 0.0) + softmax(logits) / VIEWS
    return {head: np.log(np.maximum(share, 1e-12)) for head, share in total.items()}


def write_answers(path: Path, answers: StoredAnswers) -> None:
    """Replace `path` in one step; on failure, a TrainingError, what was there stays."""
    arrays = {"rows": answers.rows, **answers.plain, **{f"{MEAN}{head}": x for head, x in answers.mean.items()}}
    try:
        write_arrays(path, {"about": np.array(json.dumps(asdict(answers.origin))), **arrays})
    except OSError as error:
        raise TrainingError(f"{path} could not be written ({error.strerror}); what was there stays") from error


def expect_writable(path: Path) -> None:
    """Raise TrainingError before hours of training where `write_answers` would fail at their end."""
    if path.suffix != SUFFIX:
        raise TrainingError(f"--answers {path}: expected a file that ends in {SUFFIX}")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise TrainingError(f"--answers {path}: {path.parent} is no folder that can be written to; make it first")


def read_answers(path: Path) -> StoredAnswers:
    """The answers in `path`; raises TrainingError saying what is wrong with the file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TrainingError(f"{path} cannot be read ({error.strerror}): give a file of train --answers") from error
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays.pop("about")))
        origin = AnswersOrigin(
            **about | {"progress": TrainingProgress(**about["progress"]), "classes": tuple(about["classes"])}
        )
        rows = arrays.pop("rows")
    except NO_ARRAYS as error:
        raise TrainingError(
            f"{path} holds no stored answers, or not all of them ({error}): give a file of train --answers, or write "
            "it again"
        ) from error
    mean = {name.removeprefix(MEAN): x for name, x in arrays.items() if name.startswith(MEAN)}
    plain = {name: x for name, x in arrays.items() if not name.startswith(MEAN)}
    if said := _wrong(origin, rows, plain, mean):
        raise TrainingError(f"{path} {said}: write it again with train --answers of this version")
    return StoredAnswers(origin, rows, plain, mean, hashlib.sha256(content).hexdigest())


def _wrong(
    origin: AnswersOrigin,
    rows: NDArray[Any],
    plain: Mapping[str, NDArray[Any]],
    mean: Mapping[str, NDArray[Any]],
) -> str:
    """What in a file is not as `write_answers` leaves it, or ""."""
    if origin.form != FORM:
        return f"is of form {origin.form}, expected {FORM}"
    if rows.dtype != np.int32 or rows.ndim != 1 or not len(rows) or rows[0] < 0 or (np.diff(rows) <= 0).any():
        return f"has rows {rows.dtype} {rows.shape}, expected ascending places, int32 [n]"
    if "label" not in mean or set(plain) != set(mean):
        return f"has the heads {sorted(plain)} and the mean heads {sorted(mean)}, expected the same, label among them"
    for name, answers in [*plain.items(), *((f"{MEAN}{head}", x) for head, x in mean.items())]:
        width = len(origin.classes) if name.removeprefix(MEAN) == "label" else CROWD
        if answers.dtype != np.float16 or answers.shape != (len(rows), width):
            return f"has {name} {answers.dtype} {answers.shape}, expected float16 {(len(rows), width)}"
        if not np.isfinite(answers).all():
            return f"has answers for {name} that are no numbers"
    return ""


def expect_fitting(answers: StoredAnswers, path: Path, protocol: Protocol, seed: int, fer2013: Fer2013) -> None:
    """Raise TrainingError where a run of `protocol` cannot learn from these answers, or must not."""
    origin = answers.origin
    if origin.data != fer2013.digest():
        raise TrainingError(
            f"{path} has answers for other rows ({origin.data}), these data are {fer2013.digest()}: give the "
            "FER-2013 that it was written from, in the same form"
        )
    for head in ("label", "crowd") if protocol.crowd else ("label",):
        if head not in answers.mean:
            raise TrainingError(
                f"{path} has no answers for {head!r}, which {protocol.key} learns: give another teacher"
            )
    expect_same_task(
        path, AnswerTask(origin.progress.network, origin.classes, origin.split, origin.progress.seed), protocol, seed
    )


def expect_same_task(teacher: Path, task: AnswerTask, protocol: Protocol, seed: int) -> None:
    """Raise TrainingError where a teacher names other emotions, or learnt from what `protocol` is tested on."""
    if task.classes != (words := tuple(emotion.word for emotion in protocol.emotions)):
        raise TrainingError(f"{teacher} answers with {', '.join(task.classes)}; {protocol.key} with {', '.join(words)}")
    random = Split.RANDOM.name in (task.split, protocol.split.name)
    if random and (task.split, task.seed) != (protocol.split.name, seed):
        raise TrainingError(
            f"{teacher} is of {task.network}, seed {task.seed}, which learnt from faces that {protocol.key}, seed "
            f"{seed}, is tested on: give a teacher of the same split"
        )


def taught(faces: TargetFaces, split: DataSplit, teachers: Sequence[StoredAnswers], believed: float) -> TargetFaces:
    """`faces`, the training faces of `split`, with the teachers' mean answer as the share `believed` of each target."""
    goals = {
        head: (1 - believed) * target
        + believed * np.mean([one.shares(head, split.rows) for one in teachers], axis=0, dtype=np.float32)
        for head, target in faces.targets.items()
    }
    return replace(faces, taught=goals)


def _moved(pictures: NDArray[np.uint8], down: int, right: int) -> NDArray[np.uint8]:
    side = pictures.shape[1]
    places = [np.clip(np.arange(side) - by, 0, side - 1) for by in (down, right)]
    return pictures[:, places[0]][:, :, places[1]]


def _halved(answers: Mapping[str, NDArray[np.floating]]) -> dict[str, NDArray[np.float16]]:
    return {head: x.clip(-6e4, 6e4).astype(np.float16) for head, x in answers.items()}
