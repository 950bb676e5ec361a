"""Lessons: the batches of an epoch, each with its faces, their changes and mixes and the learning rate.

All is drawn from one generator, in the same order whoever carries the lessons out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.augment import DrawnChanges, changed, draw_changes
from core.training.data import TargetFaces
from core.training.learning.mixing import DrawnMixes, draw_mixes
from core.training.protocol import Protocol


@dataclass(frozen=True)
class Lesson:
    """One batch."""

    rows: NDArray[np.int64]
    """Places in the training faces."""
    changes: DrawnChanges | None
    mixes: DrawnMixes | None
    rate: float


def lessons(
    protocol: Protocol, training: TargetFaces, rng: np.random.Generator, rate: Callable[[float], float]
) -> Iterator[Lesson]:
    """The lessons of an epoch; `rate` gives the learning rate after a share of it. What does not fill a batch is left
    out, unless there is no whole one."""
    order, side = training.order(rng), training.pictures.shape[1]
    count = max(len(order) // protocol.batch, 1)
    for number in range(count):
        rows = order[number * protocol.batch : (number + 1) * protocol.batch]
        changes = draw_changes(len(rows), side, rng, protocol.changes) if protocol.changes else None
        mixes = draw_mixes(len(rows), side, rng, protocol.mixing) if protocol.mixing else None
        yield Lesson(rows, changes, mixes, rate(number / count))


def faces_of(lesson: Lesson, training: TargetFaces) -> NDArray[np.uint8]:
    """The faces of a lesson, changed, but not yet mixed."""
    pictures = training.pictures[lesson.rows]
    return pictures if lesson.changes is None else changed(pictures, lesson.changes)
