"""Simulated courses: how often an unchanged person is called better, and one who gained is found.

Seeded. Every course goes through the product's own verdict, check by check, with day-to-day variation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.exercise.plan import Plan
from core.domain.statistics.change import SESSION_SD, CheckScore, VerdictKind, faces_needed, power, verdict
from core.domain.statistics.compare import emotion_changes
from core.domain.statistics.metrics import wilson
from tests.bench.block_courses import block_figures
from tests.bench.figure import BenchFigure

COURSES = 4000
GAIN = 0.15
START = 0.65
_DOSED = 10_000
"""Practices enough for every plan: what is measured here is change, not the dose."""


@dataclass(frozen=True)
class CourseTally:
    """How many of so many courses."""

    times: int
    of: int

    def __str__(self) -> str:
        low, high = wilson(self.times, self.of)
        return f"{100 * self.times / self.of:.1f}% ({100 * low:.1f}–{100 * high:.1f}) of {self.of:,}"


def course_figures(people: int, courses: int = COURSES) -> Iterator[BenchFigure]:
    """Lines of the table: courses of blocks, `people` of each kind through the services, then those of the rule of the
    latest check: false alarms of whole courses with 6 and 26 checks, and how often 15 points are found."""
    yield from block_figures(people)
    for checks in (6, 26):
        ever, single = false_alarms(checks, courses)
        name = f"unchanged person ever called better, {checks} checks"
        yield BenchFigure(name, str(ever), f"{single} if each check is tested alone", "–", "≤ 5 %")
    emotions = emotion_alarms(6, courses // 4)
    yield BenchFigure("… any emotion ever called changed, 6 checks", str(emotions), "–", "–", "≤ 5 %")
    needed = faces_needed(START) or 0
    for length, what in ((42, "checks of 42 faces"), (210, "checks of 210 faces")):
        found, predicted = gains_found(length, courses)
        name = f"gain of 15 points from 65 % found at the next check, {what}"
        yield BenchFigure(name, str(found), f"{100 * predicted:.1f}% by the formula", "–", "as the formula says")
    found = textbook(needed, courses)
    name = f"… one test at 1.96, {needed} faces on each side, no ups and downs"
    yield BenchFigure(name, str(found), "80 % by the formula", "–", "as the formula says")


def false_alarms(checks: int, courses: int) -> tuple[CourseTally, CourseTally]:
    """Courses of a person who names half of the faces and never changes: ever called better by the product's verdict,
    and ever above |z| 1.96."""
    plan, right = Plan(checks_planned=checks), _right(0.5, np.zeros(2 + checks), 42, courses)
    better = [VerdictKind.BETTER in _kinds(row.tolist(), plan) for row in right]
    before = right[:, :2].sum(axis=1, keepdims=True)
    pooled = (right[:, 2:] + before) / 126
    z = (right[:, 2:] / 42 - before / 84) / np.sqrt(pooled * (1 - pooled) * (1 / 42 + 1 / 84))
    return CourseTally(sum(better), courses), CourseTally(int((z > 1.96).any(axis=1).sum()), courses)


def emotion_alarms(checks: int, courses: int) -> CourseTally:
    """The same of single emotions, six faces of each in a check."""
    random = np.random.default_rng(1)
    ever = 0
    for _ in range(courses):
        shares = 1 / (1 + np.exp(-SESSION_SD * random.standard_normal((2 + checks, 1))))
        hits = random.binomial(6, np.broadcast_to(shares, (2 + checks, 7)))
        matrices = np.zeros((2 + checks, 7, 9), dtype=np.int64)
        matrices[:, range(7), range(7)], matrices[:, :, 7] = hits, 6 - hits
        before = matrices[:2].sum(axis=0)
        ever += any(change.called for after in matrices[2:] for change in emotion_changes(before, after, looks=checks))
    return CourseTally(ever, courses)


def gains_found(length: int, courses: int) -> tuple[CourseTally, float]:
    """People who gained 15 points after the baseline: found at the next check, beside what `power` predicts."""
    plan = Plan(check_length=length)
    right = _right(START, np.array([0, 0, GAIN]), length, courses)
    found = sum(_kinds(row.tolist(), plan, length)[-1] is VerdictKind.BETTER for row in right)
    highest = verdict([CheckScore("b", 1, length), CheckScore("b", 1, length)], plan).limit or 0.0
    return CourseTally(found, courses), power(START, GAIN, length, highest)


def textbook(faces: int, courses: int) -> CourseTally:
    """Two checks, no day-to-day variation, one test: the setting in which `faces_needed` gives 80 %."""
    right = _right(START, np.array([0, GAIN]), faces, courses, session_sd=0.0)
    pooled = right.sum(axis=1) / (2 * faces)
    z = (right[:, 1] - right[:, 0]) / faces / np.sqrt(pooled * (1 - pooled) * 2 / faces)
    return CourseTally(int((np.abs(z) > 1.96).sum()), courses)


def _right(
    start: float, gains: NDArray[np.float64], length: int, courses: int, session_sd: float = SESSION_SD
) -> NDArray[np.int64]:
    """Faces named as meant in each check: shape (courses, checks)."""
    random = np.random.default_rng(0)
    ability = np.log((start + gains) / (1 - start - gains)) + session_sd * random.standard_normal((courses, len(gains)))
    right: NDArray[np.int64] = random.binomial(length, 1 / (1 + np.exp(-ability)))
    return right


def _kinds(right: list[int], plan: Plan, length: int = 42) -> list[VerdictKind]:
    """The verdict after each check from the third on."""
    scores = [CheckScore("b", one, length, _DOSED) for one in right]
    return [verdict(scores[:number], plan).kind for number in range(3, len(scores) + 1)]
