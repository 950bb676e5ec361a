"""What a network is trained and tested on: faces with labels, crowd votes, groups of rendered faces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.votes import COLUMN
from core.stimuli.records import Face

TRAINING = "Training"
LIGHT = 3.5  # on the skin scale from 0, very light, to 7, very dark


@dataclass(frozen=True)
class Faces:
    """Pictures uint8 [n, 48, 48] and, for each and each head, a distribution: float32 [n, heads, 7]."""

    pictures: NDArray[np.uint8]
    targets: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.pictures)

    @property
    def heads(self) -> int:
        return int(self.targets.shape[1])


@dataclass(frozen=True)
class Labelled:
    """Pictures uint8 [n, 48, 48] with labels int [n], in the order of `Emotion`."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.integer]

    def faces(self, heads: int = 1) -> Faces:
        """The label as the whole truth, for each head."""
        sure = np.eye(len(Emotion), dtype=np.float32)[self.labels]
        return Faces(self.pictures, np.repeat(sure[:, None], heads, axis=1))

    def voted(self, votes: NDArray[np.integer]) -> Faces:
        """Two heads, the second on FER+'s `votes`, int [n, 10] in their file's order.

        Contempt, unknown and "not a face" are no emotion of ours: what remains is scaled to one, and where
        nothing remains, or none were found (-1), the label stands.
        """
        faces = self.faces(heads=2)
        ours = votes[:, [COLUMN[emotion] for emotion in Emotion]].astype(np.float32)
        total = ours.sum(1)
        some = total > 0
        faces.targets[some, 1] = ours[some] / total[some, None]
        return faces


@dataclass(frozen=True)
class Rendered(Labelled):
    """Computer-made faces; `groups` names, for each, the groups it is counted in."""

    groups: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Fer2013:
    """All rows as `core.stimuli.fer2013.read_arrays` gives them: pictures, labels, and each row's split."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int8]
    usages: NDArray[np.str_]

    def split(self, name: str) -> Labelled:
        """The rows of one split; raises ValueError when there are none."""
        rows = self.usages == name
        if not rows.any():
            found = ", ".join(sorted(set(self.usages.tolist())))
            raise ValueError(f"the data have no {name} faces, only {found}: give FER-2013 with its three splits")
        return Labelled(self.pictures[rows], self.labels[rows])

    def tests(self, name: str) -> dict[str, Labelled]:
        """A split as published and, where the data tell, without the images that also occur in Training."""
        test = self.split(name)
        seen = {picture.tobytes() for picture in self.pictures[self.usages == TRAINING]}
        new = np.array([picture.tobytes() not in seen for picture in test.pictures])
        if name == TRAINING or new.all():
            return {name: test}
        return {name: test, f"{name} without images of Training": Labelled(test.pictures[new], test.labels[new])}


def rendered(faces: Sequence[Face], prepare: Callable[[bytes], NDArray[np.uint8]]) -> Rendered:
    """A set's pictures, cropped by `prepare` (vision's), grouped by intensity, emotion and skin."""
    return Rendered(
        np.stack([prepare(face.picture) for face in faces]),
        np.array([int(face.target) for face in faces]),
        [_groups(face) for face in faces],
    )


def together(first: Faces, second: Faces, times: int) -> Faces:
    """`first`, and `second` repeated `times` times: its weight in every epoch."""
    return Faces(
        np.concatenate([first.pictures, *[second.pictures] * times]),
        np.concatenate([first.targets, *[second.targets] * times]),
    )


def _groups(face: Face) -> tuple[str, ...]:
    if face.target is Emotion.NEUTRAL or face.intensity is None:
        return (face.target.word,)
    groups = [f"{face.intensity} %"]
    if face.intensity == 100:
        groups.append(f"{face.target.word} at 100 %")
    if face.skin is not None:
        groups.append(f"{'light' if face.skin < LIGHT else 'dark'} skin, all intensities")
    return tuple(groups)
