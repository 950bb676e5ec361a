"""Courses of blocks of checks: how often they are called better though nothing changed, and how often a gain is found.

Every figure is of 10,000 seeded courses through the product's own estimator and limits, with Wilson's interval; three
of them stand in one cell, for people who vary from day to day by .3, .2 and .1 logits.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from core.domain.exercise.presets import PRESETS, CourseDesign
from core.domain.statistics.block_limits import simulated_limits
from core.domain.statistics.course_power import CoursePower, CourseShare, course_power, learning_curve
from tests.bench.figure import BenchFigure
from tests.bench.learner_courses import learner_share
from tests.bench.stored_courses import stored_share

START, GAIN, HABIT = 0.65, 0.15, 0.05
DAY_SDS = (0.3, 0.2, 0.1)
LEARNERS, CLOSE = 500, 0.03
STORED = 4
"""People of each kind whose courses go through the stored services, which takes seconds for each."""
MOST_FALSE, LEAST_FOUND, NEAR = 0.055, 0.81, 0.05


def block_figures(people: int = STORED) -> Iterator[BenchFigure]:
    """Lines of the table, with so many `people` of each kind through the services; raises AssertionError where a figure
    is out of its bounds."""
    for name, preset in PRESETS.items():
        design, curve = preset.design, learning_curve(preset.design, preset.end_from)
        of = partial(course_power, design, START)
        plain = [of(GAIN, sd) for sd in DAY_SDS]
        together = [of(GAIN, sd, 0.3) for sd in DAY_SDS]
        slowly = [of(GAIN, sd, shape=curve) for sd in DAY_SDS]
        for one in [*plain, *together]:
            assert one.better_if_unchanged.high <= MOST_FALSE, f"{name}: {one.better_if_unchanged}"
        for one, said in zip((slowly[0], slowly[-1]), preset.found, strict=True):
            assert abs(100 * one.found.share - said) <= 3, f"{name}: {one.found}"
        if name == "standard":
            assert plain[0].found.share >= LEAST_FOUND, f"{name}: {plain[0].found}"
        yield from [
            _row(f"{name}: unchanged ever better", [_false(one) for one in plain], "≤ 5.5 %"),
            _row("… days correlated .3", [_false(one) for one in together], "≤ 5.5 %"),
            _row("… days correlated .5", [_false(of(GAIN, sd, 0.5)) for sd in DAY_SDS], "–"),
            _row(
                "… habit gain of 5 points, most of it at once",
                [_false(of(GAIN, sd, habit=HABIT)) for sd in DAY_SDS],
                "–",
            ),
            _row("… ever worse", [one.worse_if_unchanged for one in plain], "≤ 2.5 %"),
            _row("… 15 points found, gained over six weeks", [one.found for one in slowly], "–"),
            _row("… found, gained at once", [one.found for one in plain], "≥ 81 %" if name == "standard" else "–"),
            BenchFigure(
                "… smallest gain found in 80 of 100",
                " / ".join(f"{100 * smallest_gain(design, sd):.1f}" for sd in DAY_SDS) + " points",
                "–",
                "–",
                "–",
            ),
            _limits(design),
        ]
        yield from _learners(name, plain[0])
        yield from _stored(name, plain[0], people)


def _learners(name: str, numbers: CoursePower) -> list[BenchFigure]:
    """A design once more, with faces that are answered one by one. Faces that differ in how hard they are make a check
    vary less than a binomial, so that more is found."""
    unchanged, gained = (learner_share(name, START, gain, DAY_SDS[0], LEARNERS) for gain in (0.0, GAIN))
    assert unchanged.share <= numbers.better_if_unchanged.share + CLOSE, f"{name}: {unchanged}"
    assert gained.share >= numbers.found.share - CLOSE, f"{name}: {gained}"
    return [
        _beside(f"… {LEARNERS} simulated learners: unchanged ever better", unchanged, numbers.better_if_unchanged),
        _beside("… found, gained at once", gained, numbers.found),
    ]


def _stored(name: str, numbers: CoursePower, people: int) -> list[BenchFigure]:
    """The same through database and services, which takes seconds for each of `people`: their interval is wide, and
    must not rule out what the numbers say."""
    unchanged, gained = (stored_share(name, START, gain, DAY_SDS[0], people) for gain in (0.0, GAIN))
    assert unchanged.low <= numbers.better_if_unchanged.share + CLOSE, f"{name}: {unchanged}"
    assert gained.high >= numbers.found.share - CLOSE, f"{name}: {gained}"
    return [
        _beside(f"… {people} people of the services: unchanged ever better", unchanged, numbers.better_if_unchanged),
        _beside("… found, gained at once", gained, numbers.found),
    ]


def _beside(name: str, own: CourseShare, drawn: CourseShare) -> BenchFigure:
    of_numbers = f"{100 * drawn.share:.1f} % of drawn numbers"
    return replace(_row(name, [own], f"≤ {100 * CLOSE:.0f} points worse"), baseline=of_numbers)


def smallest_gain(design: CourseDesign, day_sd: float, found: float = 0.8) -> float:
    """The gain that is found in `found` of all courses, by halving."""
    low, high = 0.0, 0.3
    while high - low > 0.001:
        middle = (low + high) / 2
        enough = course_power(design, START, middle, day_sd).found.share >= found
        low, high = (low, middle) if enough else (middle, high)
    return high


def _limits(design: CourseDesign) -> BenchFigure:
    """The limits that ship beside those of another seed."""
    ours, other = course_power(design, START, GAIN, 0.3, courses=1).limits, simulated_limits(design, seed=99)
    assert abs(ours.end.better - other.end.better) <= NEAR
    assert abs(ours.end.worse - other.end.worse) <= NEAR
    return BenchFigure(
        "… limits of z at the end, better and worse",
        f"{ours.end.better:.3f}, {ours.end.worse:.3f}",
        f"{other.end.better:.3f}, {other.end.worse:.3f} with another seed",
        "–",
        f"± {NEAR}",
    )


def _false(power: CoursePower) -> CourseShare:
    return power.better_if_unchanged


def _row(name: str, shares: list[CourseShare], target: str) -> BenchFigure:
    cells = (f"{100 * one.share:.1f} ({100 * one.low:.1f}–{100 * one.high:.1f})" for one in shares)
    return BenchFigure(name, " / ".join(cells) + " %", "–", "–", target)
