"""Verdict on change: whole checks of one blueprint against a frozen baseline, one limit per plan.

The first two checks are pooled into the baseline and never touched again. Every later check is compared with
it by z = (rate − baseline rate) / SE, the two-proportion statistic with a pooled rate. Testing each at 1.96
would call one unchanged person in ten "better" at some time, so the limit of |z| is found by simulating whole
courses of an unchanged person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import comb
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.domain.exercise.plan import Plan
from core.domain.statistics.metrics import Interval

BASELINE_CHECKS = 2
SESSION_SD = 0.3
"""Day-to-day standard deviation of a person on the logit scale, until own retest data exist."""
USUAL_START = 0.65
"""The share of faces named as meant that is assumed of a person before there is a baseline."""
PLANNED_GAIN = 0.15
PRACTICE_GAIN = 0.05
"""The gain from merely doing a check again that a verdict's detail takes off."""
COURSES = 50_000
FALSE_ALARMS = 0.05


@dataclass(frozen=True)
class CheckScore:
    """A finished check: `right` of `shown` faces."""

    blueprint: str
    """The key of the check's blueprint."""
    right: int
    shown: int
    practised: int = 0
    """Practices since the baseline."""
    plan: Plan | None = None
    """The one under which it was made, None: the one in force."""


class VerdictKind(StrEnum):
    BASELINE_UNFINISHED = "baseline_unfinished"
    BASELINE = "baseline"
    BELOW_DOSE = "below_dose"
    CANNOT_TELL = "cannot_tell"
    """Not yet."""
    COULD_NOT_TELL = "could_not_tell"
    """All planned checks are made."""
    NO_ROOM = "no_room"
    """The baseline is too good for a gain to be found."""
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True)
class Baseline:
    """The first two checks as one; `difference` is the second's rate minus the first's."""

    right: int
    shown: int
    difference: float

    @property
    def rate(self) -> float:
        return self.right / self.shown


@dataclass(frozen=True)
class Verdict:
    """What the latest check says about change, and what that rests on."""

    kind: VerdictKind
    checks: int
    """How many there are of the latest blueprint."""
    baseline: Baseline | None = None
    latest: float | None = None
    gain: float | None = None
    """Latest rate − baseline rate."""
    limit: float | None = None
    band: Interval | None = None
    """Rates that a check can have without being called better or worse; this and `limit` hold for `looks` checks."""
    if_practice_gain: VerdictKind | None = None
    """The verdict if 5 points came from knowing the task."""
    faces_needed: int | None = None
    """On each side, to see the planned gain in one comparison; None: no room above this baseline."""
    faces_before: int = 0
    faces_after: int = 0
    practised: int = 0
    practices_needed: int = 0
    looks: int = 0
    """How many later checks are planned for."""


def verdict(checks: Sequence[CheckScore], plan: Plan) -> Verdict:
    """The verdict on the latest of a person's finished checks, given oldest first.

    Only checks of the latest one's blueprint are compared: a changed blueprint starts a new baseline. None
    is given below the planned dose, which is `check_every` practices before each check after the baseline. A
    check is judged by the plan under which it was made, so that a later plan (`plan` is the one in force)
    rewrites no verdict.
    """
    same = [check for check in checks if check.blueprint == checks[-1].blueprint and check.shown > 0]
    if len(same) < BASELINE_CHECKS:
        return Verdict(VerdictKind.BASELINE_UNFINISHED, len(same))
    first, second = same[:BASELINE_CHECKS]
    baseline = Baseline(
        first.right + second.right,
        first.shown + second.shown,
        second.right / second.shown - first.right / first.shown,
    )
    looks = len(same) - BASELINE_CHECKS
    latest = same[-1]
    length = max(check.shown for check in same)
    judge = (latest.plan if looks > 0 else None) or plan
    most = max(looks, judge.checks_planned)
    highest = limit(most, length)
    kind, if_practice_gain, gain = VerdictKind.BASELINE, None, None
    due = sum((check.plan or plan).check_every for check in same[BASELINE_CHECKS:])
    if looks > 0:
        gain = latest.right / latest.shown - baseline.rate
        kind = _kind(latest.right, latest.shown, baseline, highest)
        if_practice_gain = _kind(latest.right - PRACTICE_GAIN * latest.shown, latest.shown, baseline, highest)
        if latest.practised < due:
            kind, if_practice_gain = VerdictKind.BELOW_DOSE, None
        elif kind is VerdictKind.CANNOT_TELL and looks >= judge.checks_planned:
            kind = VerdictKind.COULD_NOT_TELL
    return Verdict(
        kind=kind,
        checks=len(same),
        baseline=baseline,
        latest=latest.right / latest.shown,
        gain=gain,
        limit=highest,
        band=_band(baseline, length, highest),
        if_practice_gain=if_practice_gain,
        faces_needed=faces_needed(baseline.rate),
        faces_before=baseline.shown,
        faces_after=latest.shown if looks > 0 else 0,
        practised=latest.practised,
        practices_needed=max(0, due - latest.practised),
        looks=most,
    )


@dataclass(frozen=True)
class Outlook:
    """What checks by a plan can show."""

    limit: float
    band: Interval | None
    """The rates within `limit`, None before there is a baseline."""
    start: float
    power: float | None
    """How often one check finds the planned gain from the rate `start`, None: no room for it."""


def outlook(plan: Plan, baseline: Baseline | None, looks: int = 0) -> Outlook:
    """What the next check by `plan` can show, after `looks` later checks; without a baseline at the usual start."""
    length = plan.check_length
    highest = limit(max(looks, plan.checks_planned), length)
    start = USUAL_START if baseline is None else baseline.rate
    room = 0 < start < 1 - PLANNED_GAIN
    return Outlook(
        limit=highest,
        band=_band(baseline, length, highest) if baseline else None,
        start=start,
        power=power(start, PLANNED_GAIN, length, highest) if room else None,
    )


@lru_cache(maxsize=64)
def limit(checks: int, length: int, session_sd: float = SESSION_SD, baseline_checks: int = BASELINE_CHECKS) -> float:
    """The |z| that in at most 5 % of whole courses any of `checks` later checks of an unchanged person exceeds.

    Courses are of a person who names half of the faces: there day-to-day variation weighs most, so that the
    limit holds at every other rate. Seeded, so a plan always gets the same limit.
    """
    largest = np.abs(course_statistics(checks, length, 0.5, session_sd, baseline_checks)).max(axis=1)
    return float(np.quantile(largest, 1 - FALSE_ALARMS, method="higher"))


def course_statistics(
    checks: int, length: int, rate: float, session_sd: float, baseline_checks: int, courses: int = COURSES
) -> NDArray[np.float64]:
    """z of every later check in simulated courses of an unchanged person: shape (courses, checks).

    The person's ability is logit(rate) plus a normal deviation for each check.
    """
    random = np.random.default_rng(0)
    ability = np.log(rate / (1 - rate)) + session_sd * random.standard_normal((courses, baseline_checks + checks))
    right = random.binomial(length, 1 / (1 + np.exp(-ability)))
    before = right[:, :baseline_checks].sum(axis=1, keepdims=True)
    return _z(right[:, baseline_checks:], length, before, length * baseline_checks)


def faces_needed(start: float, gain: float = PLANNED_GAIN, power: float = 0.8) -> int | None:
    """Faces on each side to see a planned `gain` from rate `start` at the 5 % level, two-sided.

    Two independent proportions with a pooled rate under no change (Fleiss, Statistical Methods for Rates and
    Proportions, without continuity correction). None if there is no room for the gain.
    """
    end = start + gain
    if end >= 1:
        return None
    z = NormalDist().inv_cdf
    pooled = (start + end) / 2
    root = z(0.975) * (2 * pooled * (1 - pooled)) ** 0.5 + z(power) * (start * (1 - start) + end * (1 - end)) ** 0.5
    return int(np.ceil((root / gain) ** 2))


def power(start: float, gain: float, length: int, highest: float, session_sd: float = SESSION_SD) -> float:
    """How often one check of `length` faces, after a true `gain` from rate `start`, is called better at this limit.

    Exact: the probabilities of all outcomes of the baseline and of the check, summed where z exceeds `highest`.
    Raises ValueError where there is no room for the gain.
    """
    if not 0 < start < start + gain < 1:
        raise ValueError(f"power: a gain of {gain} from {start}; expected both rates between 0 and 1.")
    once = _outcomes(start, length, session_sd)
    before, after = np.convolve(once, once), _outcomes(start + gain, length, session_sd)
    z = _z(np.arange(length + 1)[:, None], length, np.arange(2 * length + 1)[None, :], 2 * length)
    return float(after @ (z > highest) @ before)


def _outcomes(rate: float, length: int, session_sd: float) -> NDArray[np.float64]:
    """The chance of each number of faces named as meant in one check: a binomial, mixed over the ups and downs."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    shares = 1 / (1 + np.exp(-(np.log(rate / (1 - rate)) + session_sd * nodes)))[:, None]
    hits = np.arange(length + 1)
    ways = np.array([float(comb(length, k)) for k in range(length + 1)])
    chances: NDArray[np.float64] = (weights / weights.sum()) @ (ways * shares**hits * (1 - shares) ** (length - hits))
    return chances


def _z(
    after: NDArray[np.int64] | float, shown: int, before: NDArray[np.int64] | int, shown_before: int
) -> NDArray[np.float64]:
    """The two-proportion statistic with a pooled rate; 0 where nobody varies (none or all right)."""
    pooled = (np.asarray(after, dtype=np.float64) + before) / (shown + shown_before)
    error = np.sqrt(np.clip(pooled * (1 - pooled), 0, None) * (1 / shown + 1 / shown_before))
    difference = np.asarray(after, dtype=np.float64) / shown - np.asarray(before) / shown_before
    return np.divide(difference, error, out=np.zeros_like(difference), where=error > 0)


def _kind(right: float, shown: int, baseline: Baseline, highest: float) -> VerdictKind:
    z = float(_z(max(right, 0.0), shown, baseline.right, baseline.shown))
    if abs(z) <= highest:
        return VerdictKind.CANNOT_TELL
    return VerdictKind.BETTER if z > 0 else VerdictKind.WORSE


def _band(baseline: Baseline, length: int, highest: float) -> Interval:
    z = _z(np.arange(length + 1), length, baseline.right, baseline.shown)
    within = np.flatnonzero(np.abs(z) <= highest)
    return float(within[0]) / length, float(within[-1]) / length
