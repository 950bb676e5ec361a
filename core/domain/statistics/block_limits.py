"""Limits of z for a course of checks: whole courses of unchanged people are simulated, and their largest z counted.

"Better" gets 5 % of the courses and "worse" 2.5 %, a tenth of each at the middle. Of the shipped designs the limits
stand in data/norms/change.json; those of the numbers of checks that were really made are found when they are needed,
with the same seed, so that they are the same each time.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.domain.exercise.presets import CourseDesign
from core.domain.statistics.blocks import NORM, Floats, compare_blocks

DAY_SD, CORRELATION = 0.3, 0.3
"""Up to these the limits hold: ups and downs of days in logits, and their correlation from one check to the next."""
BETTER, WORSE = 0.05, 0.025
AT_MIDDLE = 0.1
"""Of each."""
RATES = (0.35, 0.5, 0.65, 0.8, 0.9)
COURSES = 20_000


@dataclass(frozen=True)
class LookLimits:
    """The change is called better where z > `better`, worse where z < −`worse`."""

    better: float
    worse: float


@dataclass(frozen=True)
class CourseLimits:
    """Of the looks of a course; `middle` is None where there is none."""

    middle: LookLimits | None
    end: LookLimits


@lru_cache(maxsize=64)
def course_limits(design: CourseDesign) -> CourseLimits:
    """The shipped limits, or those that a simulation finds (about half a second)."""
    return shipped_limits().get(design) or simulated_limits(design)


@lru_cache(maxsize=1)
def shipped_limits() -> dict[CourseDesign, CourseLimits]:
    rows = json.loads(NORM.read_text(encoding="utf-8"))["limits"]
    return {
        CourseDesign(row["length"], row["baseline"], row["middle"], row["end"]): _by_look(row["better"], row["worse"])
        for row in rows
    }


def simulated_limits(design: CourseDesign, seed: int = 0) -> CourseLimits:
    """The largest limits over RATES; a course that was called at the middle is not called again at the end."""
    z = [
        looks(right_answers(design, np.full(design.checks, rate), DAY_SD, CORRELATION, COURSES, seed), design)
        for rate in RATES
    ]
    shares = [AT_MIDDLE, 1.0] if design.middle else [1.0]
    return _by_look(_spend(z, BETTER, shares), _spend([-one for one in z], WORSE, shares))


def right_answers(
    design: CourseDesign, rates: Floats, day_sd: float, correlation: float, courses: int, seed: int
) -> NDArray[np.int64]:
    """Faces named as meant in each check, shape (courses, checks): of people who name the share `rates` of faces (one
    for each check), whose ability varies from day to day by `day_sd` logits, correlated from one check to the next."""
    random = np.random.default_rng(seed)
    days = random.standard_normal((courses, design.checks))
    for check in range(1, design.checks):
        days[:, check] = correlation * days[:, check - 1] + np.sqrt(1 - correlation**2) * days[:, check]
    ability = np.log(rates / (1 - rates)) + day_sd * days
    right: NDArray[np.int64] = random.binomial(design.length, 1 / (1 + np.exp(-ability)))
    return right


def looks(right: NDArray[np.int64], design: CourseDesign) -> Floats:
    """z at the middle, where there is one, and at the end: shape (courses, looks)."""
    baseline, middle, end = np.split(right, [design.baseline, design.baseline + design.middle], axis=1)
    parts = [middle, end] if design.middle else [end]
    n = design.length
    return np.stack([compare_blocks(baseline, part, n, n).z for part in parts], axis=1)


def _spend(z: list[Floats], alpha: float, shares: list[float]) -> list[float]:
    """One limit a look, so that up to each look no more than its share of `alpha` of all courses was called."""
    limits = list[float]()
    for look, share in enumerate(shares):
        found = []
        for one in z:
            alive = (one[:, :look] <= limits).all(axis=1)
            room = int(alpha * share * len(one)) - int((~alive).sum())
            found.append(float(np.sort(one[alive, look])[::-1][max(room, 0)]))
        limits.append(max(found))
    return limits


def _by_look(better: list[float], worse: list[float]) -> CourseLimits:
    *before, end = (LookLimits(high, low) for high, low in zip(better, worse, strict=True))
    return CourseLimits(before[0] if before else None, end)
