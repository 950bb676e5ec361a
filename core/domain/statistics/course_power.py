"""What a design of checks finds: how often whole simulated courses are called better or worse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.exercise.presets import WEEKS, CourseDesign
from core.domain.statistics.block_limits import CourseLimits, course_limits, looks, right_answers
from core.domain.statistics.blocks import Floats
from core.domain.statistics.metrics import wilson

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class CourseShare:
    """Of all courses, with Wilson's 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class CoursePower:
    """How often a course by one design is called so."""

    better_if_unchanged: CourseShare
    worse_if_unchanged: CourseShare
    found: CourseShare
    """Called better, after a true gain."""
    limits: CourseLimits


def course_power(
    design: CourseDesign,
    rate: float,
    gain: float,
    day_sd: float,
    correlation: float = 0.0,
    courses: int = 10_000,
    seed: int = 1,
    shape: Floats | None = None,
    habit: float = 0.0,
) -> CoursePower:
    """Courses from `rate` that never change, and courses that gain `gain` after the baseline: all at once, or in each
    check the share of it that `shape` says. `habit`: what the unchanged gain by getting used to checks, half of
    what is left in each, beginning with the warm-up. Raises ValueError where a rate would leave 0 to 1."""
    if not (0 < rate < 1 and 0 < rate + gain < 1 and 0 < rate + habit < 1):
        raise ValueError(f"a gain of {gain} from a rate of {rate}; expected both rates between 0 and 1")
    limits = course_limits(design)

    def called_at(rates: Floats, seed: int) -> tuple[Flags, Flags]:
        return called(looks(right_answers(design, rates, day_sd, correlation, courses, seed), design), limits)

    after: Floats = (np.arange(design.checks) >= design.baseline).astype(np.float64)
    used_to: Floats = 1 - np.exp2(-np.arange(1, design.checks + 1, dtype=np.float64))
    unchanged = called_at(np.add(rate, habit * used_to), seed)
    gained = after if shape is None else shape
    better, _ = called_at(np.add(rate, gain * gained), seed + 1)
    return CoursePower(share_of(unchanged[0]), share_of(unchanged[1]), share_of(better), limits)


def learning_curve(design: CourseDesign, end_from: float) -> Floats:
    """The share of a gain that each check meets: none in the baseline, then 1 − e^(−3t/4) after t weeks, all of it
    after WEEKS. The middle is half-way; the checks of the end begin a
    training day after `end_from` and go on to the last."""
    end = np.linspace(end_from + 1 / 5, WEEKS, design.end)
    weeks = np.concatenate([np.zeros(design.baseline), np.full(design.middle, WEEKS / 2), end])
    curve: Floats = (1 - np.exp(-3 * weeks / 4)) / (1 - np.exp(-3 * WEEKS / 4))
    return curve


def called(z: Floats, limits: CourseLimits) -> tuple[Flags, Flags]:
    """Whether each course, of which `z` has a row of looks, is called better, and worse: the first verdict stays."""
    each = [limits.middle, limits.end] if limits.middle else [limits.end]
    better, worse = z > [one.better for one in each], z < [-one.worse for one in each]
    first = (better | worse).argmax(axis=1)
    rows = np.arange(len(z))
    return better[rows, first], worse[rows, first]


def share_of(courses: Flags) -> CourseShare:
    """Of how many of the courses it is true; 0 of none."""
    times, of = int(courses.sum()), max(1, courses.size)
    return CourseShare(times / of, *wilson(times, of))
