"""Label errors: faces a network gets most confidently wrong, and labels that are likely wrong.

A list for people. Nothing is changed by it: no network ever takes a face out of a set.

For each face and emotion k the evidence is e(k) = (p(k) + v(k)) / 2, where p is the network's share and v the share of
FER+'s votes among the seven (p alone where no vote is known). The doubt about a label is max over the others of
e(k) - e(label), from -1 to 1: above 0 network and people together favour another emotion. A face is a likely label
error where besides the network's share of that other emotion is at least its mean share over the faces labelled so,
the threshold of confident learning (Northcutt et al. 2021, 10.1613/jair.1.12125), and more votes name it than the
label. A network has learnt the wrong labels of the faces it was trained on too: doubts are sharpest on held-out ones.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.votes import COLUMN


@dataclass(frozen=True)
class Doubt:
    """One face: its row in the source (from 1), the picture's SHA-256, label, votes, and what speaks against the label.

    `votes` are FER+'s ten columns, empty where none are known; `likely_error` is set by the rule above.
    """

    row: int
    split: str
    picture: str
    label: str
    network: str
    suggested: str
    doubt: float
    likely_error: bool
    probabilities: tuple[float, ...]
    votes: tuple[int, ...]


def doubts(
    rows: Sequence[int],
    pictures: NDArray[np.uint8],
    labels: NDArray[np.integer],
    splits: NDArray[np.str_],
    probabilities: NDArray[np.floating],
    votes: NDArray[np.integer] | None = None,
) -> list[Doubt]:
    """Every face on which network, or network and people together, prefer another emotion; the largest doubt first.

    Arrays over n faces: pictures uint8 [n, 48, 48], probabilities [n, 7] in the order of `Emotion`, votes int [n, 10]
    with -1 throughout where they are not known.
    """
    n = len(labels)
    seen = np.full((n, 10), -1) if votes is None else votes
    ours = np.maximum(seen[:, [COLUMN[emotion] for emotion in Emotion]], 0)
    known = ours.sum(1) > 0
    people = ours / np.maximum(ours.sum(1, keepdims=True), 1)
    evidence = np.where(known[:, None], (probabilities + people) / 2, probabilities)
    at = np.arange(n)
    others = evidence.copy()
    others[at, labels] = -np.inf
    other = others.argmax(1)
    doubt = evidence[at, other] - evidence[at, labels]
    usual = np.array([probabilities[labels == k, k].mean() if (labels == k).any() else 1.0 for k in Emotion])
    likely = (doubt > 0) & known & (probabilities[at, other] >= usual[other]) & (ours[at, other] > ours[at, labels])
    answers = probabilities.argmax(1)
    listed = np.flatnonzero((answers != labels) | (doubt > 0))
    return [
        Doubt(
            row=rows[i],
            split=str(splits[i]),
            picture=hashlib.sha256(pictures[i].tobytes()).hexdigest(),
            label=Emotion(int(labels[i])).word,
            network=Emotion(int(answers[i])).word,
            suggested=Emotion(int(other[i])).word,
            doubt=round(float(doubt[i]), 4),
            likely_error=bool(likely[i]),
            probabilities=tuple(round(float(p), 4) for p in probabilities[i]),
            votes=tuple(seen[i].tolist()) if seen[i, 0] >= 0 else (),
        )
        for i in listed[np.argsort(-doubt[listed], kind="stable")].tolist()
    ]


def most_confidently_wrong(doubtful: Sequence[Doubt]) -> list[Doubt]:
    """The faces whose label the network does not name, the surest answer first."""
    return sorted((one for one in doubtful if one.network != one.label), key=lambda one: -max(one.probabilities))
