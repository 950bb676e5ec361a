"""What a design of checks finds: how often whole simulated courses are called better or worse."""

from dataclasses import dataclass

import numpy as np

from core.domain.exercise.presets import WEEKS, CourseDesign
from core.domain.statistics.block_limits import CourseLimits, course_limits, looks, right_answers
from core.domain.statistics.blocks import Floats
from core.domain.statistics.metrics import wilson


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
    after: Floats = (np.arange(design.checks) >= design.baseline).astype(np.float64)
    used_to: Floats = 1 - np.exp2(-np.arange(1, design.checks + 1, dtype=np.float64))
    unchanged = _called(design, limits, np.add(rate, habit * used_to), day_sd, correlation, courses, seed)
    gained = after if shape is None else shape
    better, _ = _called(design, limits, np.add(rate, gain * gained), day_sd, correlation, courses, seed + 1)
    return CoursePower(_share(unchanged[0], courses), _share(unchanged[1], courses), _share(better, courses), limits)


def learning_curve(design: CourseDesign, end_from: float) -> Floats:
    """The share of a gain that each check meets: none in the baseline, then 1 − e^(−3t/4) after t weeks, all of it
    after WEEKS. The middle is half-way; the checks of the end begin a
    training day after `end_from` and go on to the last."""
    end = np.linspace(end_from + 1 / 5, WEEKS, design.end)
    weeks = np.concatenate([np.zeros(design.baseline), np.full(design.middle, WEEKS / 2), end])
    curve: Floats = (1 - np.exp(-3 * weeks / 4)) / (1 - np.exp(-3 * WEEKS / 4))
    return curve


def _called(
    design: CourseDesign,
    limits: CourseLimits,
    rates: Floats,
    day_sd: float,
    correlation: float,
    courses: int,
    seed: int,
) -> tuple[int, int]:
    """How many courses are called better, and worse, at any look; the first verdict stays."""
    z = looks(right_answers(design, np.asarray(rates), day_sd, correlation, courses, seed), design)
    each = [limits.middle, limits.end] if limits.middle else [limits.end]
    better = z > [one.better for one in each]
    worse = z < [-one.worse for one in each]
    called = better | worse
    first = called.argmax(axis=1)
    rows = np.arange(courses)
    return int((better[rows, first]).sum()), int((worse[rows, first]).sum())


def _share(times: int, courses: int) -> CourseShare:
    return CourseShare(times / courses, *wilson(times, courses))
