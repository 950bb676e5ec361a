"""Accuracy on the built-in faces by group: intensity, emotion, skin and sex.

They are computer-made, and nobody has rated them yet: these figures never stand for photographs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.quality import Share
from core.domain.statistics.metrics import wilson
from core.stimuli.records import Face

LIGHT = 3.5  # on the skin scale from 0, very light, to 7, very dark
SEXES = {"f": "women", "m": "men"}


@dataclass(frozen=True)
class ServedFaces:
    """Faces of a set, and each as the network sees it: uint8 [n, 48, 48]."""

    pictures: NDArray[np.uint8]
    faces: Sequence[Face]


def served(faces: Sequence[Face], prepare: Callable[[bytes], NDArray[np.uint8]]) -> ServedFaces:
    """`faces`, cropped by `prepare` (vision's)."""
    return ServedFaces(np.stack([prepare(face.picture) for face in faces]), faces)


def shares(probabilities: NDArray[np.floating], faces: Sequence[Face]) -> tuple[Share, ...]:
    """For every group how many faces are named as intended; probabilities [n, 7] in the order of `Emotion`."""
    right = probabilities.argmax(1) == np.array([face.target for face in faces])
    members: dict[tuple[str, str], list[bool]] = {}
    for face, hit in zip(faces, right.tolist(), strict=True):
        for group in _groups(face):
            members.setdefault(group, []).append(hit)
    order = ["intensity", "emotion", "skin", "sex"]
    return tuple(
        Share(by, group, len(hits), sum(hits), wilson(sum(hits), len(hits)))
        for (by, group), hits in sorted(members.items(), key=lambda item: (order.index(item[0][0]), _rank(item[0][1])))
    )


def _groups(face: Face) -> list[tuple[str, str]]:
    neutral = face.target is Emotion.NEUTRAL
    groups = []
    if face.intensity is not None and not neutral:
        groups.append(("intensity", f"{face.intensity} %"))
    if neutral or face.intensity in (100, None):
        groups.append(("emotion", face.target.word))
    if face.skin is not None:
        groups.append(("skin", "light" if face.skin < LIGHT else "dark"))
    if face.sex in SEXES:
        groups.append(("sex", SEXES[face.sex]))
    return groups


def _rank(group: str) -> int:
    """Intensities by their number, emotions in their order, the rest as light before dark, women before men."""
    words = [emotion.word for emotion in Emotion]
    if group in words:
        return words.index(group)
    return int(group.removesuffix(" %")) if group.endswith("%") else ["light", "dark", "women", "men"].index(group)
