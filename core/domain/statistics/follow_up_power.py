"""What a follow-up finds: how often simulated people are called fewer or more than at the end, or still better."""

from dataclasses import dataclass

import numpy as np

from core.domain.exercise.presets import CourseDesign
from core.domain.statistics.block_limits import LookLimits, course_limits, looks, right_answers
from core.domain.statistics.blocks import Floats, compare_blocks
from core.domain.statistics.course_power import CourseShare, called, share_of


@dataclass(frozen=True)
class FollowUpPower:
    """Of all courses, and of those whose training was called better."""

    better: CourseShare
    """Called better in training."""
    fewer: CourseShare
    """Fewer than at the end."""
    more: CourseShare
    fewer_of_better: CourseShare
    """Of those whose training was called better: their end was rather good by chance, too."""
    still: CourseShare
    """Still better than before, which is asked only of those whose training was called better; of all."""
    still_of_better: CourseShare
    limits: LookLimits
    """Against the end."""


def follow_up_power(
    design: CourseDesign,
    checks: int,
    before: float,
    end: float,
    later: float,
    day_sd: float,
    correlation: float = 0.0,
    courses: int = 10_000,
    seed: int = 1,
) -> FollowUpPower:
    """People who name the share `before` of faces before training, `end` from its first day on, and `later` in a
    follow-up of so many `checks`. Raises ValueError where a share is not between 0 and 1."""
    if not all(0 < rate < 1 for rate in (before, end, later)):
        raise ValueError(f"shares of {before}, {end} and {later}; expected all between 0 and 1")
    parts = (design.baseline, design.middle + design.end, checks)
    rates: Floats = np.repeat([before, end, later], parts)
    whole = CourseDesign(design.length, design.baseline, design.middle, design.end + checks)
    right = right_answers(whole, rates, day_sd, correlation, courses, seed)
    training, kept = right[:, : design.checks], right[:, design.checks :]
    better, _ = called(looks(training, design), course_limits(design))
    n = design.length
    against_end = compare_blocks(training[:, -design.end :], kept, n, n).z
    against_baseline = compare_blocks(training[:, : design.baseline], kept, n, n).z
    limits = course_limits(CourseDesign(n, design.end, 0, checks)).end
    fewer, more = against_end < -limits.worse, against_end > limits.better
    still = better & (against_baseline > course_limits(CourseDesign(n, design.baseline, 0, checks)).end.better)
    return FollowUpPower(
        share_of(better),
        share_of(fewer),
        share_of(more),
        share_of(fewer[better]),
        share_of(still),
        share_of(still[better]),
        limits,
    )
