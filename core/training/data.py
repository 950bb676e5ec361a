"""Training and test data: faces with labels, crowd votes, groups of rendered faces."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.votes import COLUMN
from core.stimuli.records import Face
from core.training.protocol import Protocol, Split

TRAINING, PUBLIC, PRIVATE = "Training", "PublicTest", "PrivateTest"
BOTH = f"{PUBLIC} + {PRIVATE}"
NO_VOTES = -1
CROWD = 8  # FER+'s columns that name an emotion: its seven and contempt; unknown and "not a face" follow


@dataclass(frozen=True)
class TargetFaces:
    """Pictures uint8 [n, 48, 48] and, by head, a distribution for each: float32 [n, K].

    `weights`, [n], say how often each is drawn in an epoch relative to the others; without, each is drawn once.
    """

    pictures: NDArray[np.uint8]
    targets: dict[str, NDArray[np.float32]]
    weights: NDArray[np.float64] | None = None
    taught: dict[str, NDArray[np.float32]] | None = None
    """What is learnt instead of `targets` where stored answers of teachers are a part of it, of the same shapes."""

    def __len__(self) -> int:
        return len(self.pictures)

    @property
    def goals(self) -> dict[str, NDArray[np.float32]]:
        """By head, what is learnt."""
        return self.taught or self.targets

    def digest(self) -> str:
        """How many they are, and a hash of the pictures and their labels, in this order."""
        hasher = hashlib.sha256(self.pictures.tobytes() + self.targets["label"].tobytes())
        return f"{len(self):,} faces, SHA-256 {hasher.hexdigest()}"

    def order(self, rng: np.random.Generator) -> NDArray[np.int64]:
        """The rows of one epoch, shuffled."""
        if self.weights is None:
            return rng.permutation(len(self))
        return rng.choice(len(self), len(self), p=self.weights / self.weights.sum())

    def balanced(self, power: float) -> "TargetFaces":
        """Drawn so that a label's share of an epoch is its share of the faces to the power 1 - `power`."""
        labels = self.targets["label"].argmax(1)
        return replace(self, weights=np.bincount(labels)[labels].astype(np.float64) ** -power)


@dataclass(frozen=True)
class Labelled:
    """Pictures uint8 [n, 48, 48] with labels int [n], places in `emotions`."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.integer]
    emotions: tuple[Emotion, ...] = tuple(Emotion)

    def __len__(self) -> int:
        return len(self.pictures)

    def only(self, emotions: tuple[Emotion, ...]) -> "Labelled":
        """The faces of these emotions, labelled by their places in `emotions`."""
        place = np.full(len(self.emotions), -1)
        for i, emotion in enumerate(emotions):
            place[self.emotions.index(emotion)] = i
        labels = place[self.labels]
        return Labelled(self.pictures[labels >= 0], labels[labels >= 0], emotions)

    def rows(self, chosen: NDArray[np.integer]) -> "Labelled":
        return Labelled(self.pictures[chosen], self.labels[chosen], self.emotions)

    def unvoted(self) -> NDArray[np.integer]:
        """FER+'s ten columns for faces on which nobody voted."""
        return np.full((len(self), 10), NO_VOTES)

    def faces(self, votes: NDArray[np.integer] | None = None) -> TargetFaces:
        """The label as the whole truth and, with FER+'s `votes` (int [n, 10], its file's order), what its people saw.

        Unknown and "not a face" are no emotion: what remains is scaled to one, and where nothing remains, or no
        votes were found (`NO_VOTES`), the label stands.
        """
        targets = {"label": np.eye(len(self.emotions), dtype=np.float32)[self.labels]}
        if votes is not None:
            columns = np.array([COLUMN[emotion] for emotion in self.emotions])
            crowd = np.eye(CROWD, dtype=np.float32)[columns[self.labels]]
            seen = np.maximum(votes[:, :CROWD], 0).astype(np.float32)
            total = seen.sum(1)
            crowd[total > 0] = seen[total > 0] / total[total > 0, None]
            targets["crowd"] = crowd
        return TargetFaces(self.pictures, targets)


@dataclass(frozen=True)
class Fer2013:
    """All rows as `core.stimuli.fer2013.reader.read_arrays` gives them: pictures, labels, and each row's split."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int8]
    usages: NDArray[np.str_]

    def digest(self) -> str:
        """How many rows they are, and a hash of their pictures, labels and splits, in this order."""
        hasher = hashlib.sha256(np.ascontiguousarray(self.pictures).data)
        hasher.update(np.asarray(self.labels, np.int8).tobytes() + "\n".join(self.usages.tolist()).encode())
        return f"{len(self.pictures):,} rows, SHA-256 {hasher.hexdigest()}"

    def split(self, *names: str) -> Labelled:
        """The rows of these splits; raises ValueError when there are none of one."""
        for name in names:
            if name not in self.usages:
                present = ", ".join(sorted(set(self.usages.tolist())))
                raise ValueError(f"the data have no {name} faces, only {present}: give FER-2013 with its three splits")
        rows = np.isin(self.usages, names)
        return Labelled(self.pictures[rows], self.labels[rows])

    def tests(self, name: str) -> dict[str, Labelled]:
        """A split as published and, where the data tell, without the images that also occur in Training."""
        test = self.split(name)
        seen = {picture.tobytes() for picture in self.pictures[self.usages == TRAINING]}
        new = np.array([picture.tobytes() not in seen for picture in test.pictures])
        if name == TRAINING or new.all():
            return {name: test}
        return {name: test, f"{name} without images of Training": test.rows(np.flatnonzero(new))}


@dataclass(frozen=True)
class DataSplit:
    """What one run learns from, chooses its epoch on and is tested on; the first of `tests` is its paper's."""

    training: Labelled
    choosing: Labelled
    tests: dict[str, Labelled]
    rows: NDArray[np.integer]
    """Of FER-2013, for each face of `training`."""


def parts(fer2013: Fer2013, protocol: Protocol, seed: int, learnt: str = "") -> DataSplit:
    """The faces of a protocol's emotions, split as its paper did; `seed` draws a random split from the rows' order.

    `learnt`: the digest of the faces that a run learnt from; raises ValueError where a random split is another one.
    """
    known = np.isin(fer2013.labels, protocol.emotions)
    if protocol.split is Split.RANDOM:
        whole = Labelled(fer2013.pictures, fer2013.labels).only(protocol.emotions)
        order = np.random.default_rng(seed).permutation(len(whole))
        tenth = len(whole) // 10
        drawn = np.split(order, [tenth, 2 * tenth])
        choosing, test, training = map(whole.rows, drawn)
        if learnt and training.faces().digest() != learnt:
            raise ValueError(
                f"{protocol.key} held out a random tenth of FER-2013 in another order or form, which cannot be drawn "
                "again from these rows: give fer2013.csv, or the data that it was trained on"
            )
        return DataSplit(training, choosing, {"a random tenth": test}, np.flatnonzero(known)[drawn[2]])
    choosing = fer2013.split(PUBLIC)
    tests = fer2013.tests(PRIVATE) | {PUBLIC: choosing, BOTH: fer2013.split(PUBLIC, PRIVATE)}
    if protocol.split is Split.HELD_OUT:
        tests = {BOTH: tests.pop(BOTH)} | tests
    return DataSplit(
        fer2013.split(TRAINING).only(protocol.emotions),
        choosing.only(protocol.emotions),
        {name: test.only(protocol.emotions) for name, test in tests.items()},
        np.flatnonzero((fer2013.usages == TRAINING) & known),
    )


def labelled(faces: Sequence[Face], prepare: Callable[[bytes], NDArray[np.uint8]]) -> Labelled:
    """A set's pictures, cropped by `prepare` (vision's), with their targets."""
    return Labelled(np.stack([prepare(face.picture) for face in faces]), np.array([int(face.target) for face in faces]))


def together(first: TargetFaces, second: TargetFaces, times: int) -> TargetFaces:
    """`first`, and `second` repeated `times` times: its weight in every epoch. No teacher has answers for `second`."""

    def joined(ours: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        return {head: np.concatenate([one, *[second.targets[head]] * times]) for head, one in ours.items()}

    pictures = np.concatenate([first.pictures, *[second.pictures] * times])
    return TargetFaces(pictures, joined(first.targets), taught=joined(first.taught) if first.taught else None)
