"""Series of checks of one person and one blueprint: pooled, emotion by emotion, over dates and dose.

Everything is computed when it is first asked for, because a page shows a part of it at a time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from propcache.api import cached_property

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response, Trial
from core.domain.network.votes import votes_for
from core.domain.statistics.change import BASELINE_CHECKS
from core.domain.statistics.compare import EmotionChange, emotion_changes
from core.domain.statistics.figures import EmotionFigures, emotion_figures, hu_intervals, mean_hu
from core.domain.statistics.metrics import (
    LEAST_FOR_DETECTION,
    MISSED,
    Counts,
    Interval,
    PeopleLine,
    Shares,
    column,
    people_line,
    times_shown,
)
from core.domain.statistics.result import BlockResult, counted, summarise

RECENT_CHECKS = 3


@dataclass(frozen=True)
class CheckRecord:
    """One finished check."""

    id: str
    """Its block's."""
    when: datetime
    form: str | None
    blueprint: str
    minutes: float
    """Of training before it."""
    practices: int
    """Finished before it."""
    trials: tuple[Trial, ...]
    """In order."""
    network: Mapping[int, Sequence[float]]
    """Seven probabilities, by trial number."""
    people: Mapping[int, tuple[int, int]]
    """(chose the target, of how many), by trial number."""

    @cached_property
    def summary(self) -> BlockResult:
        return summarise(self.trials, self.network, self.people)

    @property
    def void(self) -> int:
        """Faces that did not count and were replaced."""
        return sum(trial.void is not None for trial in self.trials)

    @property
    def unseen(self) -> int:
        """Faces of which the person said that they could not see them."""
        said = [trial.answer for trial in self.trials if trial.void is None]
        return sum(answer is not None and answer.response is Response.CANNOT_SEE for answer in said)


@dataclass(frozen=True)
class CurvePoint:
    """A check against the minutes and practices before it: `right` of `shown`, the mean Hu (None below
    LEAST_FOR_DETECTION faces of an emotion), their 95 % intervals."""

    minutes: float
    practices: int
    right: int
    shown: int
    interval: Interval
    hu: float | None
    hu_interval: Interval


@dataclass(frozen=True)
class EmotionComparison:
    """One emotion on the same faces: (named as meant, of how many) by the person and by the network, the people's
    line, and how often the network's "it is this one" was what was meant, of how many times it said so."""

    emotion: Emotion
    person: tuple[int, int]
    network: tuple[int, int]
    network_said: tuple[int, int]
    people: PeopleLine | None


@dataclass(frozen=True)
class CheckSeries:
    """Checks of one blueprint, oldest first. The first two are the baseline."""

    checks: tuple[CheckRecord, ...]

    @cached_property
    def whole(self) -> CheckRecord:
        """All checks as one."""
        return pooled(self.checks)

    @cached_property
    def recent(self) -> CheckRecord:
        """The last RECENT_CHECKS checks as one: what a person mixes up now."""
        return pooled(self.checks[-RECENT_CHECKS:])

    @cached_property
    def latest(self) -> CurvePoint:
        return _point(self.checks[-1])

    def block(self, ids: Collection[str]) -> CurvePoint | None:
        """Some of the checks as one; None where none of them is here."""
        own = [check for check in self.checks if check.id in ids]
        return pooled_point(own) if own else None

    @cached_property
    def emotions(self) -> tuple[EmotionFigures, ...]:
        return emotion_figures([check.trials for check in self.checks])

    @cached_property
    def curve(self) -> tuple[CurvePoint, ...]:
        return tuple(_point(check) for check in self.checks)

    @cached_property
    def compared(self) -> tuple[EmotionComparison, ...]:
        return compare(self.whole)

    def changes(self, planned: int, silent: Collection[Emotion] = ()) -> tuple[EmotionChange, ...]:
        """The latest check against the baseline, emotion by emotion, one of so many `planned` or more; empty before
        there is a later check."""
        if len(self.checks) <= BASELINE_CHECKS:
            return ()
        looks = max(planned, len(self.checks) - BASELINE_CHECKS)
        baseline = pooled(self.checks[:BASELINE_CHECKS])
        return emotion_changes(baseline.summary.matrix, self.checks[-1].summary.matrix, silent, looks)


def pooled(checks: Sequence[CheckRecord]) -> CheckRecord:
    """Several checks as one, with the id, the date and the practice of the last, their trials numbered anew."""
    new = list(enumerate(((check, trial) for check in checks for trial in check.trials), start=1))
    return replace(
        checks[-1],
        form=None,
        trials=tuple(replace(trial, number=number) for number, (_, trial) in new),
        network={n: check.network[trial.number] for n, (check, trial) in new if trial.number in check.network},
        people={n: check.people[trial.number] for n, (check, trial) in new if trial.number in check.people},
    )


def pooled_point(checks: Sequence[CheckRecord]) -> CurvePoint:
    """Several checks as one."""
    return _point(pooled(checks))


def compare(record: CheckRecord) -> tuple[EmotionComparison, ...]:
    """Person, network and people on the faces that the person answered and the network has rated."""
    seen = [t for t in record.trials if t.void is None and column(counted(t)) != MISSED]
    rated = [(t, Emotion(int(np.argmax(record.network[t.number])))) for t in seen if t.number in record.network]
    return tuple(_compared(emotion, seen, rated, record.people) for emotion in Emotion)


def _compared(
    emotion: Emotion,
    seen: Sequence[Trial],
    rated: Sequence[tuple[Trial, Emotion]],
    people: Mapping[int, tuple[int, int]],
) -> EmotionComparison:
    own = [trial for trial in seen if trial.stimulus.target is emotion]
    read = [guess for trial, guess in rated if trial.stimulus.target is emotion]
    said = [trial for trial, guess in rated if guess is emotion]
    return EmotionComparison(
        emotion,
        person=(sum(counted(trial) is emotion for trial in own), len(own)),
        network=(sum(guess is emotion for guess in read), len(read)),
        network_said=(sum(trial.stimulus.target is emotion for trial in said), len(said)),
        people=people_line([people.get(trial.number) or _votes(trial) for trial in own]),
    )


def _votes(trial: Trial) -> tuple[int, int] | None:
    return votes_for(trial.stimulus.votes, trial.stimulus.target) if trial.stimulus.votes else None


def difference(before: Counts, after: Counts) -> Shares:
    """How the shares of each row moved from one matrix to another: 7 × 8, in shares from −1 to 1 (missed left out);
    NaN where a row was not shown in both."""
    moved: Shares = _shares(after) - _shares(before)
    return moved


def _shares(matrix: Counts) -> Shares:
    counts = np.asarray(matrix)[:, :MISSED].astype(np.float64)
    shown = counts.sum(axis=1, keepdims=True)
    shares: Shares = np.full_like(counts, np.nan)
    np.divide(counts, shown, out=shares, where=shown > 0)
    return shares


def _point(check: CheckRecord) -> CurvePoint:
    summary = check.summary
    spread = hu_intervals(summary.matrix)[0]
    hu = mean_hu(summary.matrix) if min(times_shown(summary.matrix)) >= LEAST_FOR_DETECTION else None
    return CurvePoint(check.minutes, check.practices, summary.right, summary.shown, summary.interval, hu, spread)
