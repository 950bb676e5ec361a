"""Publishing: from the folders of finished runs to a network's card, and its file where it is small.

Nothing is trained here. The first run is the network; the others count in the mean that is compared with the paper.
"""

import hashlib
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.config import VERSION
from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.network.card import Card, Epoch, Reproduced, Setup, TrainingRun
from core.domain.network.quality import Interval
from core.training.checkpoint import TrainingError, TrainingProgress
from core.training.data import PRIVATE, PUBLIC, DataSplit, Fer2013, Labelled, parts
from core.training.evaluate import short
from core.training.export import LiteRtNetwork, convert
from core.training.measure import Temperatures, measure
from core.training.protocol import Protocol, Split
from core.training.schedule import has_stopped
from core.training.served import ServedFaces
from core.training.trained import BYTES, Logits, fit_scales, rate_of, trained

if TYPE_CHECKING:
    import keras

TOLERANCE = 0.02
"""How far a probability of the exported file may be from the network's own; float16 costs 0.001 to 0.01."""

INT8_COSTS = 0.003
"""How much accuracy on PublicTest an int8 file may cost before the float16 file is kept."""

LARGEST = 10_000_000
"""Bytes up to which a network of the papers ships; of larger ones the figures and curves alone do."""

NOTICE = Path(__file__).with_name("NOTICE.md")


@dataclass(frozen=True)
class CardMetadata:
    """What a card says that no run knows: who the network is, what it was made from, what it is weak at."""

    key: str
    title: str
    kind: str
    data: tuple[str, ...]
    tuned_on: tuple[str, ...]
    limits: tuple[str, ...]
    version: str = "1"
    twin: str = ""
    partial: str = ""


def publish(
    protocol: Protocol,
    runs: Sequence[Path],
    fer2013: Fer2013,
    folder: Path,
    about: CardMetadata,
    *,
    votes: NDArray[np.integer] | None = None,
    served: ServedFaces | None = None,
    int8: bool = False,
) -> Card:
    """Measure the network of the first of `runs`, export it, and write `folder` anew; its figures are the file's own.

    A run is its folder or, where no file ships, its stored answers.
    `votes`: int [n, 10] of all rows of `fer2013`. `int8`: try an int8 file, and keep it where it costs no more than
    INT8_COSTS. Raises ValueError when the file and the network disagree by more than TOLERANCE, TrainingError where
    a run has no network.
    """
    first = trained(protocol, runs[0], fer2013)
    progress, model = first.progress, first.model
    faces = parts(fer2013, protocol, progress.seed, kept(progress, runs[0])["learnt"])
    split = _split(protocol, faces)
    tests = {split: faces.tests[split], **faces.tests}
    if protocol.split is Split.RANDOM:
        votes = None  # the splits that they are measured on were learnt from
    scales = fit_scales(first.logits, faces.choosing, None if votes is None else votes[fer2013.usages == PUBLIC])
    if model is None:
        content, weights, size = b"", "float16", BYTES * first.parameters
    else:
        content, weights = _file(model, scales, faces, int8)
        size = len(content)
    ships = about.kind == "ours" or size <= LARGEST
    if ships and model is None:
        raise ValueError(
            f"{runs[0]}: the file of {protocol.key} would ship ({size / 1e6:.1f} MB), and stored answers hold no "
            "weights: give the folder of its run"
        )
    measured = measure(
        LiteRtNetwork(content, about.key).rate if ships else rate_of(first.logits, scales),
        tests,
        scales,
        votes=None if votes is None else votes[fer2013.usages == PRIVATE],
        served=served if model is not None and faces.choosing.emotions == tuple(Emotion) else None,
        small=about.kind == "ours",
    )
    done = [_run(protocol, runs[0], progress, measured.quality[split].accuracy)]
    done += [_other_run(protocol, run, fer2013, split) for run in runs[1:]]
    card = Card(
        key=about.key,
        title=about.title,
        kind=about.kind,
        version=about.version,
        date=str(day_of(datetime.now(UTC), UTC)),
        paper=protocol.paper,
        published=protocol.published,
        setup=_setup(protocol, progress, len(runs), about.partial),
        runs=tuple(done),
        reproduced=reproduced([one.accuracy for one in done], measured.quality[split].interval),
        data=about.data,
        tuned_on=about.tuned_on,
        limits=about.limits,
        learnt=progress.options["learnt"],
        parameters=first.parameters,
        sha256=hashlib.sha256(content).hexdigest() if ships else "",
        size=size,
        weights=weights,
        temperature=short(scales.label),
        crowd_temperature=short(scales.crowd) if measured.crowd else None,
        largest_difference=_difference(first.logits, content, weights, scales, tests, about.key) if ships else 0.0,
        split=split,
        quality=measured.quality,
        crowd=measured.crowd,
        served=measured.served,
        twin=about.twin,
        software=software() | trained_by(progress),
        history=tuple(_epoch(row) for row in progress.history),
        curves=measured.curves,
    )
    write(card, folder, content if ships else None)
    return card


def write(card: Card, folder: Path, content: bytes | None) -> None:
    """Put the card into `folder` and, where there is one, the file with its notice; an older file goes.

    Nothing is replaced before all is written: on failure, a TrainingError, what was there stays.
    """
    files = {} if content is None else {"network.tflite": content, "NOTICE.md": NOTICE.read_bytes()}
    files["card.json"] = card.to_json().encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / f"{name}.partial").write_bytes(data)
        for name in files:
            (folder / f"{name}.partial").replace(folder / name)
        for name in {"network.tflite", "NOTICE.md"} - set(files):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        with suppress(OSError):
            for name in files:
                (folder / f"{name}.partial").unlink(missing_ok=True)
        raise TrainingError(f"{folder} could not be written ({error.strerror}); what was there stays") from error


def reproduced(accuracies: Sequence[float], single: Interval) -> Reproduced:
    """The mean of the runs; its interval is Student's over runs or, of a single run, `single`."""
    if len(accuracies) == 1:
        return Reproduced(accuracies[0], single)
    from scipy import stats

    mean = float(np.mean(accuracies))
    low, high = stats.t.interval(0.95, len(accuracies) - 1, mean, stats.sem(accuracies))
    return Reproduced(short(mean), (short(low), short(high)))


def software() -> dict[str, str]:
    """What the figures were made with."""
    names = ("keras", "tensorflow", "ai-edge-litert", "numpy", "scikit-learn")
    found = {"lexithymia": VERSION, "python": platform.python_version()}
    for name in names:
        with suppress(PackageNotFoundError):
            found[name] = installed(name)
    return found


def trained_by(progress: TrainingProgress) -> dict[str, str]:
    """What the run was trained with, one after the other; nothing of one that did not keep it."""
    return {"training": ", then ".join(progress.software)} if progress.software else {}


def _split(protocol: Protocol, faces: DataSplit) -> str:
    """The set that is compared with the paper: PublicTest where it printed validation, else the first."""
    validated = protocol.published is not None and protocol.published.where.startswith("validation")
    return PUBLIC if validated and PUBLIC in faces.tests else next(iter(faces.tests))


def _file(model: "keras.Model", scales: Temperatures, faces: DataSplit, int8: bool) -> tuple[bytes, str]:
    """The file and what its weights are: int8 only where asked for, as right, and smaller."""
    content = convert(model, scales.label, scales.crowd)
    if int8:
        sample = faces.training.pictures[:: max(len(faces.training) // 500, 1)]
        small = convert(model, scales.label, scales.crowd, sample)
        costs = _accuracy(content, faces.choosing) - _accuracy(small, faces.choosing)
        if costs <= INT8_COSTS and len(small) < 0.75 * len(content):
            return small, "int8"
    return content, "float16"


def _accuracy(content: bytes, test: Labelled) -> float:
    return float(np.mean(LiteRtNetwork(content, "the file").rate(test.pictures)["label"].argmax(1) == test.labels))


def _difference(
    logits: Logits, content: bytes, weights: str, scales: Temperatures, tests: Mapping[str, Labelled], key: str
) -> float:
    """The largest difference of a probability between the file and the network, over every test face."""
    pictures = np.unique(np.concatenate([test.pictures for test in tests.values()]), axis=0)
    file, own = LiteRtNetwork(content, key).rate(pictures), rate_of(logits, scales)(pictures)
    largest = max(float(np.abs(file[head] - own[head]).max()) for head in file)
    if weights == "float16" and largest > TOLERANCE:
        raise ValueError(
            f"the exported file differs from the network by {largest:.4f} in a probability; at most {TOLERANCE} is "
            "expected: export with the TensorFlow version that requirements.txt pins"
        )
    return short(largest)


def _run(protocol: Protocol, folder: Path, progress: TrainingProgress, accuracy: float) -> TrainingRun:
    if progress.network != protocol.key:
        raise ValueError(f"{folder} holds a run of {progress.network}; expected {protocol.key}")
    return TrainingRun(progress.seed, progress.epoch, progress.chosen, accuracy)


def _other_run(protocol: Protocol, folder: Path, fer2013: Fer2013, split: str) -> TrainingRun:
    run = trained(protocol, folder, fer2013)
    progress = run.progress
    test = parts(fer2013, protocol, progress.seed, kept(progress, folder)["learnt"]).tests[split]
    right = run.logits(test.pictures)["label"].argmax(1) == test.labels
    return _run(protocol, folder, progress, short(right.mean()))


def kept(progress: TrainingProgress, folder: Path) -> dict[str, Any]:
    """What the run in `folder` was asked for and learnt from; raises TrainingError where nobody wrote it down."""
    if "learnt" not in progress.options:
        raise TrainingError(f"{folder}: an older version trained it, which did not keep its options: train it again")
    return progress.options


def _setup(protocol: Protocol, progress: TrainingProgress, runs: int, reason: str) -> Setup:
    return Setup(
        classes=tuple(emotion.word for emotion in protocol.emotions),
        split=str(protocol.split),
        batch=protocol.batch,
        epochs_asked=protocol.epochs,
        epochs_run=progress.epoch,
        optimiser=str(replace(protocol.optimiser, rate=progress.options["rate"])),
        augmentation=protocol.augmentation,
        stopping=protocol.stopping,
        precision=progress.precision,
        runs_asked=protocol.runs,
        runs_done=runs,
        silent=protocol.silent,
        partial=partial(protocol, progress, runs, reason),
    )


def partial(protocol: Protocol, progress: TrainingProgress, runs: int, reason: str) -> str:
    """What of the protocol was not run, and why; empty where all of it was."""
    less = []
    if progress.epoch < protocol.epochs and not has_stopped(protocol, progress):
        less.append(f"{progress.epoch} of {protocol.epochs} epochs")
    if runs < protocol.runs:
        less.append(f"{runs} of {protocol.runs} runs")
    return "; ".join(filter(None, [", ".join(less), reason]))


def _epoch(row: Mapping[str, float]) -> Epoch:
    return Epoch(
        epoch=int(row["epoch"]),
        loss=row["loss"],
        accuracy=row.get("accuracy"),
        validation=row.get("validation"),
        validation_loss=row.get("validation_loss"),
        seconds=row["seconds"],
    )
