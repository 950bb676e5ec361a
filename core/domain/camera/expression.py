"""Expression runs: attempts before the camera, each compared with what a network
saw. Pure.

*Show it* asks for an emotion, *Name it* asks which one it was; both end in a reading of the person's face. A matrix
of expressions has a row per emotion meant and a column per emotion that the network saw most of, both in the
network's order: 7 × 7 counts. It mixes the person's face with the network's errors. It is therefore kept per network,
never added to a matrix of recognition, and gets no verdict of change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from core.domain.camera.hold import Reading
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkId
from core.domain.statistics.metrics import Counts

LENGTH = len(Emotion)
"""Attempts of a run: Show it asks for each emotion once, Name it offers as many."""
PAIR, PAIR_LENGTH = "pair", 4
"""Of Show it with two emotions: what its design calls them, and how many attempts it has."""


class ExpressionKind(StrEnum):
    """What a run asks. (Mirror is free play and leaves nothing behind.)"""

    SHOW = "show"
    NAME = "name"


class ClosedReason(StrEnum):
    """Why the exercise is not offered here."""

    OFF = "off"
    WORK = "work"
    EDUCATION = "education"


@dataclass(frozen=True)
class Attempt:
    """One attempt that was held to the end."""

    meant: Emotion | None
    """The emotion asked for (Show it) or the person's own word for it (Name it), None there: not sure."""
    reading: Reading
    way: Way
    network: NetworkId
    """The one that made the reading."""


@dataclass(frozen=True)
class Try:
    """One place of a run."""

    number: int
    meant: Emotion | None
    """None: not said yet, or not sure."""
    example: int | None = None
    """The row of the face that is shown with the question."""
    reading: Reading | None = None
    network: NetworkId | None = None
    way: Way | None = None
    skipped: bool = False
    """The person went on without it."""
    correct: bool | None = None
    """The network saw most of what was meant, found when the face was read; None without a word or a reading."""

    def __post_init__(self) -> None:
        if self.correct is None and self.meant is not None and self.seen is not None:
            object.__setattr__(self, "correct", self.seen is self.meant)

    @property
    def open(self) -> bool:
        return self.reading is None and not self.skipped

    @property
    def seen(self) -> Emotion | None:
        """What the network saw most of."""
        return None if self.reading is None else top(self.reading)


@dataclass(frozen=True)
class ExpressionRun:
    """A run as it stands in the database."""

    id: str
    task: ExpressionKind
    way: Way
    length: int
    """How many tries Show it plans."""
    started_at: datetime
    tries: tuple[Try, ...]
    """In order; Show it plans all of them, Name it has those that were made."""
    baseline: Reading | None = None
    """The person's own neutral face, taken first by `baseline_network`."""
    baseline_network: NetworkId | None = None
    ended: bool = False
    stopped: bool = False
    hard: bool | None = None
    """What the person said of it afterwards."""

    @property
    def current(self) -> Try | None:
        """The try to be made now; None when the run is over."""
        if self.ended:
            return None
        planned = next((one for one in self.tries if one.open), None)
        made = len(self.tries)
        return planned or (Try(made + 1, None) if self.task is ExpressionKind.NAME and made < self.length else None)

    @property
    def made(self) -> tuple[Try, ...]:
        return tuple(one for one in self.tries if one.reading is not None)

    @property
    def position(self) -> int:
        """The place of the current try, from 1."""
        return min(self.length, sum(not one.open for one in self.tries) + 1)


@dataclass(frozen=True)
class Agreement:
    """Tries of one emotion by one network: `same` of `tries` were seen as meant."""

    emotion: Emotion
    tries: int
    same: int
    shift: float | None
    """Mean rise of the meant emotion above the person's neutral face; None without a baseline by this network."""


def top(reading: Reading) -> Emotion:
    """The emotion with the highest probability; the first of equals."""
    return Emotion(reading.probabilities.index(max(reading.probabilities)))


def shift(run: ExpressionRun, attempt: Try) -> float | None:
    """The meant emotion's probability less that of the person's own neutral face; None where nothing can be compared:
    not sure, no baseline, or another network took it."""
    if (
        attempt.meant is None
        or attempt.reading is None
        or run.baseline is None
        or run.baseline_network != attempt.network
    ):
        return None
    return attempt.reading.probabilities[attempt.meant] - run.baseline.probabilities[attempt.meant]


def expression_matrix(tries: Sequence[Try]) -> Counts:
    """7 × 7 counts, rows meant, columns seen. Tries without a word or a reading are in no cell."""
    matrix = np.zeros((len(Emotion), len(Emotion)), dtype=np.int64)
    for attempt in tries:
        if attempt.meant is not None and attempt.seen is not None:
            matrix[attempt.meant, attempt.seen] += 1
    return matrix


def agreements(runs: Sequence[ExpressionRun], network: NetworkId) -> tuple[Agreement, ...]:
    """Each emotion that was meant at least once and read by `network`, in the network's order."""
    agreed = []
    for emotion in Emotion:
        own = [(run, one) for run in runs for one in run.made if one.meant is emotion and one.network == network]
        if own:
            shifts = [by for run, one in own if (by := shift(run, one)) is not None]
            mean = sum(shifts) / len(shifts) if shifts else None
            agreed.append(Agreement(emotion, len(own), sum(bool(one.correct) for _, one in own), mean))
    return tuple(agreed)


def networks_of(runs: Sequence[ExpressionRun]) -> tuple[NetworkId, ...]:
    """The networks that read these runs, the newest use first."""
    return tuple(dict.fromkeys(one.network for run in reversed(runs) for one in run.made if one.network))
