"""Crowd votes of FER+: the answer that most of ten people gave, and how they read each label as a group.

Votes are int [n, 10] in the file's order, the eight of `CROWD` first, then unknown and "not a face"; -1 throughout
where a picture's votes are not known.
"""

import json
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.decode import decode
from core.domain.emotions import Emotion
from core.domain.network.card import as_lines
from core.domain.network.votes import COLUMN

CROWD = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")

MAJORITY = (
    "as Barsoum et al. 2016 measure it: what only one of the ten people chose is dropped; a picture counts where more"
    " than half of the votes that remain name one of the eight emotions, and that is the right answer"
)
PLURALITY = (
    "every picture of which one of the eight emotions got more of the ten votes than any other answer, unknown and"
    " not a face included"
)


def majority(votes: NDArray[np.integer]) -> NDArray[np.int64]:
    """The place in `CROWD` that most people chose by the rule MAJORITY, -1 where the picture does not count.

    The rule is that of the paper's own program (github.com/microsoft/FERPlus, mode "majority").
    """
    kept = np.where(votes > 1, votes, 0)
    return _clear(kept, 2 * kept.max(1) > kept.sum(1))


def plurality(votes: NDArray[np.integer]) -> NDArray[np.int64]:
    """The place in `CROWD` that people chose by the rule PLURALITY, -1 where the picture does not count."""
    known = np.maximum(votes, 0)
    return _clear(known, (known == known.max(1, keepdims=True)).sum(1) == 1)


def _clear(votes: NDArray[np.integer], clear: NDArray[np.bool_]) -> NDArray[np.int64]:
    winner = votes.argmax(1)
    return np.where(clear & (votes.max(1) > 0) & (winner < len(CROWD)), winner, -1)


@dataclass(frozen=True)
class People:
    """How people read the faces of one split: aggregate counts, no picture's own votes."""

    split: str
    faces: int
    rule: str
    matrix: tuple[tuple[int, ...], ...]
    """`matrix[label][seen]` counts votes among our seven emotions."""
    other: tuple[int, ...]
    """By label, votes for contempt, unknown or "not a face"."""
    distribution: dict[str, tuple[int, ...]]
    """Faces of each label in each split of FER-2013."""

    @property
    def recalls(self) -> tuple[float, ...]:
        """By label, the share of its votes among our seven that name it; 0 without votes."""
        return tuple(row[i] / max(sum(row), 1) for i, row in enumerate(self.matrix))

    @property
    def agreement(self) -> float:
        """The share of all votes among our seven that name the label."""
        return sum(row[i] for i, row in enumerate(self.matrix)) / max(sum(map(sum, self.matrix)), 1)

    def to_json(self) -> str:
        return as_lines(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "People":
        """The figures in `text`; raises ValueError naming what is missing, unknown or malformed."""
        return decode(cls, json.loads(text))


def people(split: str, labels: NDArray[np.integer], usages: NDArray[np.str_], votes: NDArray[np.integer]) -> People:
    """How people read `split`, over the pictures whose votes are known; labels int [n], votes int [n, 10]."""
    rows = (usages == split) & (votes[:, 0] >= 0)
    ours = [COLUMN[emotion] for emotion in Emotion]
    by_label = np.stack([votes[rows & (labels == emotion)].sum(0, dtype=np.int64) for emotion in Emotion])
    matrix = by_label[:, ours]
    return People(
        split=split,
        faces=int(rows.sum()),
        rule="votes of FER+'s ten people a picture among the seven emotions, by the label that FER-2013 prints",
        matrix=tuple(tuple(row) for row in matrix.tolist()),
        other=tuple((by_label.sum(1) - matrix.sum(1)).tolist()),
        distribution={
            str(name): tuple(np.bincount(labels[usages == name], minlength=len(Emotion)).tolist())
            for name in dict.fromkeys(usages.tolist())
        },
    )
