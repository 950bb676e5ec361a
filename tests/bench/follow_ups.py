"""Follow-ups: how often people who keep all are called fewer than at the end, and people who lost it are not.

Every figure is of 10,000 seeded courses from 65 % right through the product's own estimator and limits, with Wilson's
interval; three of them stand in one cell, for people who vary from day to day by .3, .2 and .1 logits.
"""

from collections.abc import Callable, Iterator

from core.domain.exercise.presets import PRESETS, CourseDesign
from core.domain.exercise.programme import RECOMMENDED_FOLLOW_UP
from core.domain.statistics.course_power import CourseShare
from core.domain.statistics.follow_up_power import FollowUpPower, follow_up_power
from tests.bench.block_courses import DAY_SDS, GAIN, START
from tests.bench.figure import BenchFigure

MOST_FEWER, MOST_STILL, NEAR = 0.03, 0.06, 3
"""Called fewer though all is kept; still better though all is lost; by how many of 100 the plan's tab may be off."""
BEST = 0.95


def follow_up_figures() -> Iterator[BenchFigure]:
    """Lines of the table, for each design with the recommended follow-up; raises AssertionError where one is out of its
    bounds."""
    for name, preset in PRESETS.items():
        for correlation in (0.0, 0.3):
            yield from _figures(name, preset.design, correlation)


def _figures(name: str, design: CourseDesign, correlation: float) -> Iterator[BenchFigure]:
    def of(end: float, later: float) -> list[FollowUpPower]:
        checks = RECOMMENDED_FOLLOW_UP.checks
        return [follow_up_power(design, checks, START, end, later, sd, correlation) for sd in DAY_SDS]

    gained = START + GAIN
    unchanged, kept, half, lost = of(START, START), of(gained, gained), of(gained, START + GAIN / 2), of(gained, START)
    best = of(BEST, BEST)
    for one in (*unchanged, *kept, *best):
        assert one.fewer.low <= MOST_FEWER, f"{name}: {one.fewer}"
    for one in (*unchanged, *lost):
        assert one.still.share <= MOST_STILL, f"{name}: {one.still}"
    for one in unchanged:
        assert one.still.share <= one.better.share, "only who was called better is still so"
    if not correlation:
        found = lost[0].fewer, lost[-1].fewer
        for one_found, tab in zip(found, PRESETS[name].loss_found, strict=True):
            assert abs(100 * one_found.share - tab) <= NEAR, f"{name}: {one_found}"
    if correlation:
        yield _row("… days correlated .3: gained and kept, called fewer", kept, lambda one: one.fewer, "≤ 2.5 %")
        yield _row("… all lost, called still better", lost, lambda one: one.still, "≤ 5 %")
        return
    yield _row(f"{name}: never changed, called fewer", unchanged, lambda one: one.fewer, "≤ 2.5 %")
    yield _row("… called still better", unchanged, lambda one: one.still, "≤ 5 %")
    yield _row("… 15 points gained and kept, called fewer", kept, lambda one: one.fewer, "≤ 2.5 %")
    yield _row("… of those called better in training", kept, lambda one: one.fewer_of_better, "–")
    yield _row("… of these still called better", kept, lambda one: one.still_of_better, "–")
    yield _row("… 95 % right and kept, called fewer", best, lambda one: one.fewer, "≤ 2.5 %")
    yield _row("… half of 15 points lost, called fewer", half, lambda one: one.fewer, "–")
    yield _row("… all of 15 points lost, called fewer", lost, lambda one: one.fewer, "–")
    yield _row("… called still better all the same", lost, lambda one: one.still, "≤ 5 %")


def _row(
    name: str, powers: list[FollowUpPower], which: Callable[[FollowUpPower], CourseShare], target: str
) -> BenchFigure:
    shares = [which(one) for one in powers]
    cells = (f"{100 * one.share:.1f} ({100 * one.low:.1f}–{100 * one.high:.1f})" for one in shares)
    return BenchFigure(name, " / ".join(cells) + " %", "–", "–", target)
