"""Batches of an epoch, each with its faces, their changes and mixes and the learning rate.

All is drawn from one generator, in the same order whoever carries it out.
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
class FaceBatch:
    """One batch."""

    rows: NDArray[np.int64]
    """Places in the training faces."""
    changes: DrawnChanges | None
    mixes: DrawnMixes | None
    rate: float


def batches(
    protocol: Protocol, training: TargetFaces, rng: np.random.Generator, rate: Callable[[float], float]
) -> Iterator[FaceBatch]:
    """The batches of an epoch; `rate` gives the learning rate after a share of it. What does not fill a batch is left
    out, unless there is no whole one."""
    order, side = training.order(rng), training.pictures.shape[1]
    count = max(len(order) // protocol.batch, 1)
    for number in range(count):
        rows = order[number * protocol.batch : (number + 1) * protocol.batch]
        changes = draw_changes(len(rows), side, rng, protocol.changes) if protocol.changes else None
        mixes = draw_mixes(len(rows), side, rng, protocol.mixing) if protocol.mixing else None
        yield FaceBatch(rows, changes, mixes, rate(number / count))


def faces_of(batch: FaceBatch, training: TargetFaces) -> NDArray[np.uint8]:
    """The faces of a batch, changed, but not yet mixed."""
    pictures = training.pictures[batch.rows]
    return pictures if batch.changes is None else changed(pictures, batch.changes)
