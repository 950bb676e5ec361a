"""Result of a block: the person's own labels, beside the network's and other people's of the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response, Trial
from core.domain.network.votes import votes_for
from core.domain.statistics.metrics import (
    MISSED,
    Counts,
    Interval,
    Kappa,
    PeopleLine,
    ResponseTimes,
    column,
    confusion_matrix,
    hits_of,
    kappa_of,
    people_line,
    response_times,
    wilson,
)

CONFUSIONS = 3


@dataclass(frozen=True)
class EmotionRow:
    """One emotion of a result: `right` of `shown`, and Wilson's 95 % interval of their share."""

    emotion: Emotion
    shown: int
    right: int
    interval: Interval

    @property
    def rate(self) -> float | None:
        return self.right / self.shown if self.shown else None


@dataclass(frozen=True)
class Confusion:
    """`target` was taken for `response` `count` times."""

    target: Emotion
    response: Emotion
    count: int
    trial: int
    """Number of one where it happened, to be shown beside the contrast."""
    contrast: int | None
    """Number of a trial of the emotion that was answered, None if the block had none."""


@dataclass(frozen=True)
class Labels:
    """What a person said of some faces, and what was meant, as columns of the matrix. "Not sure" is one of its own and
    agrees with nobody."""

    said: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True)
class BlockResult:
    """A block in numbers. Faces that were void, not answered or that the person could not see are not in them."""

    shown: int
    right: int
    interval: Interval
    emotions: tuple[EmotionRow, ...]
    confusions: tuple[Confusion, ...]
    labels: Labels
    """Of the faces that the person could see."""
    rated: Labels
    """Of those of them that the network has rated."""
    guesses: tuple[int, ...]
    """What the network took these for."""
    people: PeopleLine | None
    times: ResponseTimes
    matrix: Counts = field(compare=False)
    """7 × 9 (`metrics.confusion_matrix`; the missed are in its last column)."""

    @property
    def network_shown(self) -> int:
        """Faces that the network has rated."""
        return len(self.guesses)

    @property
    def network_right(self) -> int:
        return sum(guess == target for guess, target in zip(self.guesses, self.rated.targets, strict=True))

    @property
    def person_target(self) -> Kappa | None:
        return kappa_of(self.labels.said, self.labels.targets)

    @property
    def person_network(self) -> Kappa | None:
        """On the faces that the network has rated."""
        return kappa_of(self.rated.said, self.guesses)

    @property
    def network_target(self) -> Kappa | None:
        """On the same faces."""
        return kappa_of(self.guesses, self.rated.targets)


def counted(trial: Trial) -> Emotion | Response | None:
    """What of a trial enters the matrix: the emotion that counts, else what was said instead of one."""
    if trial.answer is None or trial.scored is not None:
        return trial.scored
    return trial.answer.response


def summarise(
    trials: Sequence[Trial],
    network: Mapping[int, Sequence[float]] | None = None,
    people: Mapping[int, tuple[int, int]] | None = None,
) -> BlockResult:
    """The result of a block's trials.

    `network`: seven probabilities by trial number. `people`: (chose the target, of how many) by trial
    number; a face that is not in it is looked up in its own votes, if its set has any.
    """
    valid = [trial for trial in trials if trial.void is None]
    matrix = confusion_matrix([t.stimulus.target for t in valid], [counted(t) for t in valid])
    seen = [t for t in valid if column(counted(t)) != MISSED]
    hits = hits_of(matrix)
    right, shown = (sum(column) for column in zip(*hits, strict=True))
    rated = [t for t in seen if t.number in (network or {})]
    guesses = np.argmax([network[t.number] for t in rated], axis=1).tolist() if network and rated else []
    return BlockResult(
        shown=shown,
        right=right,
        interval=wilson(right, shown),
        emotions=tuple(EmotionRow(emotion, n, h, wilson(h, n)) for emotion, (h, n) in zip(Emotion, hits, strict=True)),
        confusions=_confusions(seen),
        labels=_labels(seen),
        rated=_labels(rated),
        guesses=tuple(guesses),
        people=people_line([_people(trial, people or {}) for trial in seen]),
        times=response_times(valid),
        matrix=matrix,
    )


def _labels(trials: Sequence[Trial]) -> Labels:
    return Labels(
        tuple(column(counted(trial)) for trial in trials), tuple(int(trial.stimulus.target) for trial in trials)
    )


def _people(trial: Trial, people: Mapping[int, tuple[int, int]]) -> tuple[int, int] | None:
    if trial.number in people:
        return people[trial.number]
    return votes_for(trial.stimulus.votes, trial.stimulus.target) if trial.stimulus.votes else None


def _confusions(trials: Sequence[Trial]) -> tuple[Confusion, ...]:
    """The pairs most often mixed up, most frequent first; equals in the network's order."""
    pairs: dict[tuple[Emotion, Emotion], list[Trial]] = {}
    for trial in trials:
        named = trial.scored
        if named is not None and not trial.correct:
            pairs.setdefault((trial.stimulus.target, named), []).append(trial)
    most = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))[:CONFUSIONS]
    return tuple(_confusion(target, named, pairs[target, named], trials) for target, named in most)


def _confusion(target: Emotion, named: Emotion, mixed: list[Trial], trials: Sequence[Trial]) -> Confusion:
    """The clearest of the mixed-up faces, beside the clearest of the other emotion, rightly named if possible."""
    worst = max(mixed, key=lambda t: t.stimulus.intensity or 0)
    others = [t for t in trials if t.stimulus.target is named]
    best = max(others, key=lambda t: (counted(t) is named, t.stimulus.intensity or 0), default=None)
    return Confusion(target, named, len(mixed), worst.number, best.number if best else None)
