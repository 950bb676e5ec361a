"""Summary row of a patient: what of it is stored, and what depends on today."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from core.domain.exercise.plan import Plan, asks_for
from core.domain.patient.attention import LEFT_OPEN, RECENT, SILENCE, Concern
from core.domain.statistics.change import BASELINE_CHECKS, CheckScore, Verdict

LEAST_SEEN = 0.9
"""The share of a check's faces that must have been seen for it to count."""
RULE = 2
"""Counts up whenever summary rows would come out otherwise: a server that starts refreshes those of another rule."""


@dataclass(frozen=True)
class FinishedCheck:
    """A check that was answered to the end."""

    id: str
    """Its block's."""
    number: int
    """Its place among the runs of the person."""
    blueprint: str
    """The key of its blueprint."""
    began: datetime
    right: int
    """Of the `shown` faces."""
    shown: int
    """Of the `length` faces, those that were seen."""
    length: int
    design: Mapping[str, Any]
    """The blueprint's JSON."""
    plan: Plan
    """The one under which it was made."""

    @property
    def counts(self) -> bool:
        """Whether enough of its faces were seen. One that does not count is asked for again."""
        return self.shown >= LEAST_SEEN * self.length


@dataclass(frozen=True)
class ChangeSummary:
    """The figures behind a verdict that the list of patients needs, as in `Verdict`."""

    checks: int
    practised: int
    practices_needed: int
    faces_needed: int | None
    faces_before: int
    faces_after: int
    anew: bool = False
    """The plan in force asks for checks of which there is none yet."""
    rule: int = 0
    """By which RULE they were found (0: before there was a number)."""

    @classmethod
    def of(cls, verdict: Verdict, anew: bool) -> "ChangeSummary":
        return cls(
            verdict.checks,
            verdict.practised,
            verdict.practices_needed,
            verdict.faces_needed,
            verdict.faces_before,
            verdict.faces_after,
            anew,
            RULE,
        )

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "ChangeSummary":
        """What `to_json` wrote, here or in a newer release."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in content.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Dates:
    """When last something happened that a clinician should know of; `since`: from when on the person could practise."""

    since: datetime
    last: datetime | None
    hard: datetime | None
    stopped: datetime | None
    check_stopped: datetime | None
    check_left: datetime | None


def concerns(dates: Dates, finished: bool, now: datetime) -> tuple[Concern, ...]:
    """What of `core.domain.patient.attention` shows in a list, in the order of Concern. `finished`: the plan is done,
    so nobody waits for practice."""
    silent = dates.last is not None and not finished and now - dates.last > SILENCE
    conditions = {
        Concern.HARD: _recent(dates.hard, now),
        Concern.STOPPED: _recent(dates.stopped, now),
        Concern.CHECK_STOPPED: _recent(dates.check_stopped, now),
        Concern.LEFT: dates.check_left is not None and now - dates.check_left > LEFT_OPEN,
        Concern.SILENT: silent,
        Concern.NOT_BEGUN: dates.last is None and now - dates.since > SILENCE,
    }
    return tuple(concern for concern, is_so in conditions.items() if is_so)


def scores(checks: Sequence[FinishedCheck], practices: Sequence[int]) -> list[CheckScore]:
    """The checks that count, oldest first, with how many of `practices`, which are numbers of runs, lie between their
    blueprint's baseline and themselves."""
    used = [check for check in checks if check.counts]
    return [
        CheckScore(
            check.blueprint, check.right, check.shown, practised_before(check.number, same, practices), check.plan
        )
        for check in used
        for same in [[other.number for other in used if other.blueprint == check.blueprint]]
    ]


def comparable(checks: Sequence[FinishedCheck]) -> list[FinishedCheck]:
    """The checks on which the verdict rests: those that count, of the latest such one's blueprint."""
    used = [check for check in checks if check.counts]
    return [check for check in used if check.blueprint == used[-1].blueprint]


def scheduled(checks: Sequence[FinishedCheck], plan: Plan) -> list[int]:
    """The numbers of the checks that count and that `plan` asks for: its schedule goes by no others."""
    return [check.number for check in checks if check.counts and asks_for(plan, check.design)]


def checks_left(checks: Sequence[FinishedCheck], plan: Plan) -> int:
    """How many checks `plan` still asks for, with those of the baseline."""
    return max(0, BASELINE_CHECKS + plan.checks_planned - len(scheduled(checks, plan)))


def begins_anew(checks: Sequence[FinishedCheck], plan: Plan, measures: bool) -> bool:
    """Whether there are finished checks, but none that `plan` asks for: the next two are a new baseline. `measures`:
    the plan's faces can be used for checks."""
    return measures and bool(checks) and not any(asks_for(plan, check.design) for check in checks)


def practised_before(number: int, same: Sequence[int], practices: Sequence[int]) -> int:
    """The practices between the end of the baseline, of which `same` are the checks, and a check; each by its number
    among the runs of the person."""
    if len(same) < BASELINE_CHECKS:
        return 0
    return sum(same[BASELINE_CHECKS - 1] < practice < number for practice in practices)


def _recent(when: datetime | None, now: datetime) -> bool:
    return when is not None and now - when <= RECENT
