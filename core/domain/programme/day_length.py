"""How long a person has been at it on one day: after a quarter of an hour an end is offered. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.statistics.dose import LONGEST_FACE

ENOUGH = timedelta(minutes=15)
"""Of exercise on one day."""


@dataclass(frozen=True)
class AnswerMoment:
    """When an item was answered, by the browser's clock, and how long that took."""

    at: datetime
    took: timedelta


def time_spent(runs: Iterable[Sequence[AnswerMoment]]) -> timedelta:
    """Over the answers of each run: from one to the next, at most a minute each, so that who puts the telephone aside
    has not practised meanwhile. Clocks are compared within a run only, and one that was put back counts nothing."""
    return sum((_of_run(sorted(run, key=lambda one: one.at)) for run in runs), timedelta())


def _of_run(answers: Sequence[AnswerMoment]) -> timedelta:
    spent, before = timedelta(), None
    for one in answers:
        spent += max(timedelta(), min(one.took if before is None else one.at - before, LONGEST_FACE))
        before = one.at
    return spent
