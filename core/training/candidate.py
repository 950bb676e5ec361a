"""Candidate network that a command measures, from whatever names it: a key, a LiteRT file, a folder, a run."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.rating import NetworkId
from core.training.checkpoint import BEST, best_network, is_there
from core.training.data import BOTH, PRIVATE, PUBLIC, TRAINING, Fer2013, Labelled, parts
from core.training.export import LiteRtNetwork
from core.training.loop import rate_many
from core.training.measure import Rate, Temperatures
from core.training.networks.mirror import answering
from core.training.networks.registry import NETWORKS, of_run
from core.training.protocol import Protocol, Split
from core.training.trained import fit_scales, rate_of

FILE = "network.tflite"

_NOTES = {
    TRAINING: "It was trained on these very faces: no measure of how it reads new ones.",
    PUBLIC: "The epoch and temperature of networks trained here are chosen on PublicTest: new faces are read worse.",
}


@dataclass(frozen=True)
class Candidate:
    """A network ready to answer."""

    network: NetworkId
    emotions: tuple[Emotion, ...]
    rate: Rate
    scales: Temperatures
    protocol: Protocol | None
    """None where its key is none that can be trained here."""
    seed: int
    """Of its run: it draws the same random split again."""
    learnt: str
    """Digest of what it learnt from."""
    source: Path
    """The file, or the folder of the run."""

    def tests(self, fer2013: Fer2013, split: str) -> tuple[dict[str, Labelled], str]:
        """What it may be tested on, the set that counts first, and a sentence on what is special about it, or ""."""
        if self.protocol is not None and self.protocol.split is Split.RANDOM:
            return parts(fer2013, self.protocol, self.seed, self.learnt).tests, (
                f"It was trained on a random part of the whole set, PrivateTest's images among it: measured on its own "
                f"held-out tenth alone, drawn again by its seed {self.seed}."
            )
        tests = fer2013.tests(split)
        if split in (PUBLIC, PRIVATE) and {PUBLIC, PRIVATE} <= set(fer2013.usages.tolist()):
            tests[BOTH] = fer2013.split(PUBLIC, PRIVATE)
        return {name: test.only(self.emotions) for name, test in tests.items()}, _NOTES.get(split, "")


def find(name: str, default: Path, shelves: Sequence[Path], fer2013: Fer2013 | None = None) -> Candidate:
    """The network called `name`: "default", a path, or a key, which is a folder on one of the `shelves`.

    The temperature of a run, which has none yet, is fitted on the faces of `fer2013` that it was chosen on. Raises
    ValueError saying what was expected, TrainingError of a run that an older version left.
    """
    path = default if name == "default" else Path(name)
    if path.is_file():
        return _of_file(path)
    folders = [path] if path.is_dir() else [shelf / name for shelf in shelves if (shelf / name).is_dir()]
    for folder in folders:
        if (folder / FILE).is_file():
            return _of_file(folder / FILE)
        for run in (folder, *sorted(folder.glob("seed-*"))):
            if is_there(run / BEST):
                return _of_run(run, fer2013)
    if any((folder / "card.json").is_file() for folder in folders):
        raise ValueError(f"of {name} only the figures are kept: train it first, python -m core train --network {name}")
    if folders:
        raise ValueError(f"{folders[0]} holds no network: expected {FILE}, or {BEST} of a run")
    known = sorted({card.parent.name for shelf in shelves for card in shelf.glob(f"*/{FILE}")})
    raise ValueError(
        f"there is no network {name!r}: give default, a key ({', '.join(known)}), a .tflite file, or a folder with one "
        "or with a run of training"
    )


def _of_file(path: Path) -> Candidate:
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    file = LiteRtNetwork(content, str(path))
    beside = path.with_name("card.json")
    try:
        card = Card.from_json(beside.read_text(encoding="utf-8")) if beside.is_file() else None
    except ValueError as error:
        raise ValueError(f"{beside} cannot be used ({error}): take it away to measure the file without it") from error
    if card is None or card.sha256 != sha256:
        emotions = _emotions(file.classes, str(path))
        return Candidate(NetworkId(path.stem, "", sha256), emotions, file.rate, Temperatures(), None, 0, "", path)
    if len(card.setup.classes) != file.classes:
        raise ValueError(
            f"{path} answers with {file.classes} classes, its card names {len(card.setup.classes)} "
            f"({', '.join(card.setup.classes)}): export both again"
        )
    return Candidate(
        card.network,
        tuple(map(Emotion.from_word, card.setup.classes)),
        file.rate,
        Temperatures(card.temperature, card.crowd_temperature or 1.0),
        NETWORKS.get(card.key),
        card.runs[0].seed,
        card.learnt,
        path,
    )


def _emotions(classes: int, name: str) -> tuple[Emotion, ...]:
    """Which emotions a file without a card answers with, by their number; raises ValueError for another number."""
    known = {len(one.emotions): one.emotions for one in NETWORKS.values()}
    if classes not in known:
        raise ValueError(
            f"{name} answers with {classes} classes; expected one of {', '.join(map(str, sorted(known)))}, as the "
            "networks of this software do"
        )
    return known[classes]


def _of_run(folder: Path, fer2013: Fer2013 | None) -> Candidate:
    plan = of_run(folder)
    model, progress = best_network(plan, folder)
    learnt = str(progress.options.get("learnt", ""))
    logits, scales = partial(rate_many, answering(plan, model)), Temperatures()
    if fer2013 is not None:
        scales = fit_scales(logits, parts(fer2013, plan, progress.seed, learnt).choosing)
    network = NetworkId(plan.key, f"run of seed {progress.seed}, epoch {progress.chosen}", "")
    return Candidate(network, plan.emotions, rate_of(logits, scales), scales, plan, progress.seed, learnt, folder)
