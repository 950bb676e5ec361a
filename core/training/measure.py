"""Measurement for a card: all it says of a network's answers on faces; how the answers come about is the caller's.

A `Rate` takes pictures uint8 [n, 48, 48] and gives shares by head: `label` [n, K], `crowd` [n, 8] where it has one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.network.crowd import CROWD, MAJORITY, PLURALITY, majority, plurality
from core.domain.network.quality import Crowd, Curves, Quality, Share
from core.training.data import PRIVATE, Labelled
from core.training.evaluate import curves, quality
from core.training.served import ServedFaces, shares

Rate = Callable[[NDArray[np.uint8]], dict[str, NDArray[np.floating]]]

SMALL = (14, 19)
"""Width and height in pixels at which faces are read as if from afar."""


@dataclass(frozen=True)
class Temperatures:
    """The temperatures inside a network's answers: of the label head, and of the crowd's where it has one."""

    label: float = 1.0
    crowd: float = 1.0


@dataclass(frozen=True)
class Measurements:
    """What is measured of a network; the fields of the same names on its card."""

    quality: dict[str, Quality]
    curves: tuple[Curves, ...]
    crowd: tuple[Crowd, ...]
    served: tuple[Share, ...]


def measure(
    rate: Rate,
    tests: Mapping[str, Labelled],
    scales: Temperatures,
    *,
    votes: NDArray[np.integer] | None = None,
    served: ServedFaces | None = None,
    small: bool = False,
) -> Measurements:
    """Every figure, the curves on the first of `tests`.

    `votes`: int [n, 10], of the faces of PrivateTest as they stand in `tests`, for the crowd head. `small`: PrivateTest
    is read once more at SMALL.
    """
    rate = once(rate)
    sets = dict(tests)
    if small and PRIVATE in tests:
        sets[f"{PRIVATE} at {SMALL[0]}×{SMALL[1]} pixels"] = reduced(tests[PRIVATE])
    figures = {name: quality_of(rate, test, scales.label) for name, test in sets.items()}
    first = next(iter(tests.values()))
    crowd: tuple[Crowd, ...] = ()
    if votes is not None and PRIVATE in tests and "crowd" in (said := rate(tests[PRIVATE].pictures)):
        crowd = crowd_quality(said["crowd"], votes, scales.crowd)
    return Measurements(
        quality=figures,
        curves=curves(rate(first.pictures)["label"], first.labels, _words(first)),
        crowd=crowd,
        served=shares(rate(served.pictures)["label"], served.faces) if served is not None else (),
    )


def quality_of(rate: Rate, test: Labelled, temperature: float) -> Quality:
    """The figures on one set."""
    return quality(rate(test.pictures)["label"], test.labels, temperature, _words(test))


def crowd_quality(
    probabilities: NDArray[np.floating], votes: NDArray[np.integer], temperature: float
) -> tuple[Crowd, ...]:
    """The crowd head [n, 8] against most people's answer, by the paper's rule and by the plain one."""
    return tuple(
        Crowd(rule, quality(probabilities[answers >= 0], answers[answers >= 0], temperature, CROWD))
        for rule, answers in ((MAJORITY, majority(votes)), (PLURALITY, plurality(votes)))
    )


def reduced(test: Labelled) -> Labelled:
    """The same faces as a camera far away would have them: shrunk by area to SMALL and enlarged again."""
    pictures = [
        cv2.resize(cv2.resize(face, SMALL, interpolation=cv2.INTER_AREA), face.shape, interpolation=cv2.INTER_CUBIC)
        for face in test.pictures
    ]
    return Labelled(np.array(pictures, np.uint8), test.labels, test.emotions)


def once(rate: Rate) -> Rate:
    """`rate`, but each picture is looked at once, however many sets it is in."""
    known: dict[bytes, dict[str, NDArray[np.floating]]] = {}

    def remembering(pictures: NDArray[np.uint8]) -> dict[str, NDArray[np.floating]]:
        keys = [picture.tobytes() for picture in pictures]
        new = {key: i for i, key in enumerate(keys) if key not in known}
        if new:
            said = rate(pictures[list(new.values())])
            known.update({key: {head: rows[i] for head, rows in said.items()} for i, key in enumerate(new)})
        return {head: np.stack([known[key][head] for key in keys]) for head in known[keys[0]]}

    return remembering


def _words(test: Labelled) -> Sequence[str]:
    return [emotion.word for emotion in test.emotions]
