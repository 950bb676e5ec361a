"""Where a patient stands, in one row of a list: what of it can be kept, and what depends on today."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from core.domain.attention import LEFT_OPEN, RECENT, SILENCE, Concern
from core.domain.change import BASELINE_CHECKS, CheckScore, Verdict


@dataclass(frozen=True)
class FinishedCheck:
    """A check that was answered to the end: `right` of `shown` faces under the blueprint with this key."""

    blueprint: str
    began: datetime
    right: int
    shown: int


@dataclass(frozen=True)
class Change:
    """The figures behind a verdict that a line of the list needs; as in `core.domain.change.Verdict`."""

    checks: int
    practised: int
    practices_needed: int
    faces_needed: int | None
    faces_before: int
    faces_after: int

    @classmethod
    def of(cls, verdict: Verdict) -> "Change":
        return cls(
            verdict.checks,
            verdict.practised,
            verdict.practices_needed,
            verdict.faces_needed,
            verdict.faces_before,
            verdict.faces_after,
        )

    @property
    def faces_missing(self) -> int | None:
        """How many more faces in later checks would show the planned gain; None where no number would."""
        return None if self.faces_needed is None else max(0, self.faces_needed - self.faces_after)

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
    """What of `core.domain.attention` shows in a list, in the order of Concern. `finished`: the plan is done, so
    nobody waits for practice."""
    silent = dates.last is not None and not finished and now - dates.last > SILENCE
    found = {
        Concern.HARD: _recent(dates.hard, now),
        Concern.STOPPED: _recent(dates.stopped, now),
        Concern.CHECK_STOPPED: _recent(dates.check_stopped, now),
        Concern.LEFT: dates.check_left is not None and now - dates.check_left > LEFT_OPEN,
        Concern.SILENT: silent,
        Concern.NOT_BEGUN: dates.last is None and now - dates.since > SILENCE,
    }
    return tuple(concern for concern, is_so in found.items() if is_so)


def scores(checks: Sequence[FinishedCheck], practices: Sequence[datetime]) -> list[CheckScore]:
    """Finished checks, oldest first, with the practices between the baseline of their blueprint and themselves."""
    return [
        CheckScore(check.blueprint, check.right, check.shown, practised_before(check.began, same, practices))
        for check in checks
        for same in [[other.began for other in checks if other.blueprint == check.blueprint]]
    ]


def practised_before(began: datetime, same: Sequence[datetime], practices: Sequence[datetime]) -> int:
    """The practices between the end of the baseline, of which `same` are the checks, and a check that `began` then."""
    if len(same) < BASELINE_CHECKS:
        return 0
    return sum(same[BASELINE_CHECKS - 1] < practice < began for practice in practices)


def _recent(when: datetime | None, now: datetime) -> bool:
    return when is not None and now - when <= RECENT
