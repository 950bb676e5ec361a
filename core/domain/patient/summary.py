"""Summary row of a patient: what of it is stored, and what depends on today."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from core.domain.exercise.plan import ChangeRule, Plan, asks_for
from core.domain.patient.attention import LEFT_OPEN, RECENT, SILENCE, Concern
from core.domain.statistics.change import BASELINE_CHECKS, CheckScore, Verdict
from core.domain.statistics.course import Course
from core.domain.statistics.course_parts import CoursePart

LEAST_SEEN = 0.9
"""The share of a check's faces that must have been seen for it to count."""
MOST_SHOWN = 54
"""Of finished checks: as many as the longest plan asks for."""
RULE = 3
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
    form: str | None
    practices: int
    """Finished before it."""
    minutes: float
    """Of practice before it."""
    part: CoursePart | None = None
    """Of a course in blocks; None: the plan had none."""
    phase: int | None = None
    own_day: date | None = None
    """The person's own, on which it began."""

    @property
    def counts(self) -> bool:
        """Whether enough of its faces were seen. One that does not count is asked for again."""
        return self.shown >= LEAST_SEEN * self.length


@dataclass(frozen=True)
class CheckGroup:
    """All finished checks of one blueprint, however many."""

    design: Mapping[str, Any]
    """The blueprint's JSON."""
    finished: int
    used: int
    """Of them those that count, as `FinishedCheck.counts`."""
    latest: int | None
    """The number of the latest of these."""


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
    in_blocks: bool = False
    """The plan has a course of checks in blocks; then `checks` are those of the open part, of `planned`."""
    planned: int = 0
    found_on: str | None = None
    """The own day (ISO) from which on the verdict holds: by the old rule that of the latest check; None before there is
    one."""
    later: str | None = None
    """What the follow-up says against the end, a VerdictKind; None before it is over."""
    later_gain: float | None = None
    """Against the end."""

    @classmethod
    def of_course(cls, course: Course) -> "ChangeSummary":
        verdict = course.said.verdict if course.said else None
        later = course.later.verdict if course.later else None
        return cls(
            course.made,
            0,
            0,
            None,
            verdict.faces_before if verdict else 0,
            verdict.faces_after if verdict else 0,
            False,
            RULE,
            True,
            course.planned,
            course.said.on.isoformat() if course.said else None,
            later.kind if later else None,
            later.gain if later else None,
        )

    @classmethod
    def of(cls, verdict: Verdict, anew: bool, latest: date | None) -> "ChangeSummary":
        """`latest`: the own day of the latest check that counts."""
        return cls(
            verdict.checks,
            verdict.practised,
            verdict.practices_needed,
            verdict.faces_needed,
            verdict.faces_before,
            verdict.faces_after,
            anew,
            RULE,
            found_on=latest.isoformat() if latest and verdict.gain is not None else None,
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


def scores(checks: Sequence[FinishedCheck], practised: Callable[[int, int], int]) -> list[CheckScore]:
    """The checks on which the verdict rests, oldest first. `practised`: how many finished practices lie between two
    numbers of runs; asked once, for those between the baseline and the latest check."""
    used = comparable(checks)
    if len(used) < BASELINE_CHECKS:
        return [_score(check, 0) for check in used]
    before = practised(used[BASELINE_CHECKS - 1].number, used[-1].number)
    return [_score(check, before if check is used[-1] else 0) for check in used]


def measured(checks: Sequence[FinishedCheck], plan: Plan) -> list[FinishedCheck]:
    """The checks that the rule of `plan` goes by: those of a course, or all others."""
    in_blocks = plan.rule is ChangeRule.BLOCKS
    return [check for check in checks if (check.part is not None) is in_blocks]


def comparable(checks: Sequence[FinishedCheck]) -> list[FinishedCheck]:
    """The checks on which the verdict rests: those that count, of the latest such one's blueprint."""
    used = [check for check in checks if check.counts]
    return [check for check in used if check.blueprint == used[-1].blueprint]


def shown(checks: Sequence[FinishedCheck]) -> list[FinishedCheck]:
    """The checks that a page shows, oldest first: the baseline of the comparable ones, and the latest MOST_SHOWN."""
    baseline = {check.id for check in comparable(checks)[:BASELINE_CHECKS]}
    first = len(checks) - MOST_SHOWN
    return [check for place, check in enumerate(checks) if place >= first or check.id in baseline]


def scheduled(groups: Iterable[CheckGroup], plan: Plan) -> tuple[int, int | None]:
    """How many checks there are that count and that `plan` asks for, and the number of the latest: its schedule goes by
    no others."""
    asked = [group for group in groups if group.latest is not None and asks_for(plan, group.design)]
    return sum(group.used for group in asked), max((group.latest or 0 for group in asked), default=None)


def checks_left(groups: Iterable[CheckGroup], plan: Plan) -> int:
    """How many checks `plan` still asks for, with those of the baseline."""
    return max(0, BASELINE_CHECKS + plan.checks_planned - scheduled(groups, plan)[0])


def begins_anew(groups: Sequence[CheckGroup], plan: Plan, measures: bool) -> bool:
    """Whether there are finished checks, but none that `plan` asks for: the next two are a new baseline. `measures`:
    the plan's faces can be used for checks."""
    return measures and bool(groups) and not any(asks_for(plan, group.design) for group in groups)


def _score(check: FinishedCheck, practised: int) -> CheckScore:
    return CheckScore(check.blueprint, check.right, check.shown, practised, check.plan)


def _recent(when: datetime | None, now: datetime) -> bool:
    return when is not None and now - when <= RECENT
