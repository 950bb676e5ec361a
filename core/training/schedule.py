"""Learning-rate schedule and early stopping, from what a run has done so far: nothing here has a memory of its own."""

import math

from core.training.checkpoint import TrainingProgress
from core.training.protocol import Protocol

WARM_UP = 0.04  # share of the run in which the learning rate of a cosine schedule rises
ENDED = 0.999  # share of the run from which on nothing of it is left but rounding


def cosine(highest: float, share: float) -> float:
    """Learning rate after `share` of the run: a linear rise, then half a cosine down to zero."""
    if share < WARM_UP:
        return highest * (share + 0.01 * WARM_UP) / (1.01 * WARM_UP)
    return highest * 0.5 * (1 + math.cos(math.pi * (share - WARM_UP) / (1 - WARM_UP)))


def plateau(protocol: Protocol, progress: TrainingProgress) -> float:
    """Learning rate of the next epoch: the optimiser's own, multiplied by the factor at each plateau so far."""
    rate = protocol.optimiser.rate
    if protocol.reduce is None:
        return rate
    factor, patience = protocol.reduce
    lowest, waited = math.inf, 0
    for row in progress.history:
        waited = 0 if row["validation_loss"] < lowest else waited + 1
        lowest = min(lowest, row["validation_loss"])
        if waited >= patience:
            rate, waited = rate * factor, 0
    return rate


def has_stopped(protocol: Protocol, progress: TrainingProgress) -> bool:
    """Whether as many epochs as the protocol's patience have passed since the lowest validation loss."""
    if protocol.patience is None or not progress.history:
        return False
    losses = [row["validation_loss"] for row in progress.history]
    return len(losses) - 1 - losses.index(min(losses)) >= protocol.patience


def fitting(asked: int, progress: TrainingProgress, seconds_left: float, *, to_zero: bool) -> int:
    """`asked` epochs, or fewer: as many as there is time for at the pace of the last three.

    `to_zero`: the schedule must end, so one last epoch is run however late it is.
    """
    if not progress.history or math.isinf(seconds_left):
        return asked
    last = [row["seconds"] for row in progress.history[-3:]]
    fits = int(max(seconds_left, 0) * len(last) / max(sum(last), 0.001))
    return min(asked, progress.epoch + max(fits, 1 if to_zero and progress.share <= ENDED else 0))
