"""Is it kept? A follow-up comes months after training, closes by itself, and leaves the verdict of the end alone."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from core.domain.exercise.presets import PRESETS, CourseDesign
from core.domain.exercise.programme import FollowUp
from core.domain.statistics.block_limits import course_limits
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course, course, next_phase
from core.domain.statistics.course_parts import ClosedPart, CourseCheck, CoursePart
from core.domain.statistics.follow_up_power import follow_up_power
from tests.domain.statistics.test_course import BETTER, FIRST, SAME, STANDARD, checks, whole

END = 40
"""The day, from the first one on, on which the end was closed."""
AHEAD = END + 7 * 12
LAST_DAY = 45
"""Of training."""


def at(
    done: Sequence[CourseCheck],
    day: int,
    follow_up: FollowUp | None = FollowUp(),  # noqa: B008
    last_day: int | None = None,
    closed: Sequence[ClosedPart] = (),
    close: bool = False,
) -> Course:
    ended: date | None = None if last_day is None else FIRST + timedelta(days=last_day)
    return course(
        done,
        closed,
        STANDARD,
        3,
        FIRST + timedelta(days=day),
        lambda _: 20,
        close=close,
        follow_up=follow_up,
        training_ended=lambda _: ended,
    )


def later(right: Sequence[int], every: int = 1, blueprint: str = "one", from_day: int = AHEAD) -> list[CourseCheck]:
    return checks(CoursePart.FOLLOW_UP, right, FIRST + timedelta(days=from_day), every=every, blueprint=blueprint)


def test_it_comes_twelve_weeks_after_the_end_and_no_check_is_missing_until_then() -> None:
    ahead = at(whole(), AHEAD - 1)
    assert (ahead.open, ahead.follow_up_on, ahead.left) == (None, FIRST + timedelta(days=AHEAD), 0)
    assert ahead.over
    asked = at(whole(), AHEAD)
    assert (asked.open, asked.made, asked.planned, asked.left) == (CoursePart.FOLLOW_UP, 0, 6, 0)
    assert at([*whole(), *later([BETTER] * 2)], AHEAD + 2).left == 0
    assert at(whole(), AHEAD, follow_up=None).open is None
    assert at(whole(), END + 28, FollowUp(weeks=4, checks=3)).open is CoursePart.FOLLOW_UP


def test_training_that_goes_on_after_the_end_of_the_checks_puts_it_off_until_it_was_begun() -> None:
    assert at(whole(), AHEAD, last_day=LAST_DAY).follow_up_on == FIRST + timedelta(days=LAST_DAY + 84)
    assert at([*whole(), *later([BETTER])], AHEAD + 5, last_day=AHEAD + 3).open is CoursePart.FOLLOW_UP


def test_what_it_finds_stands_beside_the_verdict_by_the_limits_of_one_look() -> None:
    found = at([*whole(), *later([BETTER - 1] * 6)], AHEAD + 6)
    assert (found.open, found.looked_later) == (None, True)
    assert found.said is not None
    assert found.said.part is CoursePart.END
    assert found.kind is VerdictKind.BETTER
    kept = found.later
    assert kept is not None
    assert kept.verdict is not None
    assert kept.still is not None
    assert (kept.verdict.kind, kept.still.kind) == (VerdictKind.COULD_NOT_TELL, VerdictKind.BETTER)
    assert kept.verdict.limits == course_limits(CourseDesign(21, 14, 0, 6)).end
    assert kept.still.limits == course_limits(CourseDesign(21, 7, 0, 6)).end
    assert (kept.verdict.days_before, kept.verdict.days_after) == (14, 6)
    assert (kept.still.days_before, kept.still.days_after) == (7, 6)
    assert kept.on == FIRST + timedelta(days=AHEAD + 5)


def test_a_loss_is_called_and_the_verdict_of_the_end_is_not_taken_back() -> None:
    found = at([*whole(), *later([SAME - 1] * 6)], AHEAD + 6)
    assert found.kind is VerdictKind.BETTER
    assert found.later is not None
    assert found.later.verdict is not None
    assert found.later.still is not None
    assert found.later.verdict.kind is VerdictKind.WORSE
    assert found.later.still.kind is VerdictKind.COULD_NOT_TELL


def test_whether_it_is_still_better_is_asked_only_where_it_was_called_better() -> None:
    found = at([*whole(SAME + 1), *later([21] * 6)], AHEAD + 6)
    assert found.kind is VerdictKind.COULD_NOT_TELL
    assert found.later is not None
    assert found.later.verdict is not None
    assert (found.later.verdict.kind, found.later.still) == (VerdictKind.BETTER, None)


def test_a_loss_is_found_where_the_end_left_no_room_for_a_gain() -> None:
    found = at([*whole(21), *later([SAME] * 6)], AHEAD + 6)
    assert found.later is not None
    assert found.later.verdict is not None
    assert found.later.verdict.kind is VerdictKind.WORSE


def test_days_that_are_missed_cost_nothing_and_when_its_window_is_over_it_keeps_nobody_from_practice() -> None:
    three = [*whole(), *later([BETTER] * 3, every=4)]
    assert at(three, AHEAD + 24).open is CoursePart.FOLLOW_UP
    found = at(three, AHEAD + 25)
    assert (found.open, found.looked_later) == (None, True)
    assert found.later is not None
    assert found.later.verdict is not None
    assert found.later.verdict.limits == course_limits(CourseDesign(21, 14, 0, 3)).end
    one = at([*whole(), *later([BETTER])], AHEAD + 25)
    assert (one.open, one.looked_later, one.later) == (None, True, None), "one check is no block"
    other = at([*whole(), *later([BETTER] * 3, blueprint="telephone")], AHEAD + 25)
    assert (other.open, other.later) == (None, None), "what cannot be compared is not asked for without end"


def test_the_clinician_closes_it_early_and_what_was_closed_stays() -> None:
    stored = at([*whole(), *later([BETTER] * 2)], AHEAD + 2, close=True).closed
    assert (stored[-1].part, stored[-1].by_clinician, len(stored[-1].checks)) == (CoursePart.FOLLOW_UP, True, 2)
    again = at([*whole(), *later([0] * 6)], AHEAD + 9, closed=stored)
    assert again.closed == stored
    assert at(whole(), AHEAD, close=True).open is None, "one that was not begun is left out"


def test_the_next_phase_begins_with_the_end_and_has_a_follow_up_of_its_own() -> None:
    over = at([*whole(), *later([BETTER] * 6)], AHEAD + 6)
    begun = next_phase(over, FIRST + timedelta(days=AHEAD + 7))
    assert begun.checks == over.closed[2].checks
    second = course(
        [*whole(), *later([BETTER] * 6)],
        [*over.closed, begun],
        STANDARD,
        3,
        FIRST + timedelta(days=AHEAD + 8),
        lambda _: 0,
        phase=2,
        follow_up=FollowUp(),
    )
    assert (second.open, second.looked_later) == (None, False)
    assert second.later is not None, "what was found of the first phase stays until the next is judged"


@pytest.mark.parametrize(("weeks", "count"), [(3, 6), (53, 6), (12, 2), (12, 15), ("12", 6), (12, True), (12.5, 6)])
def test_a_follow_up_of_other_numbers_is_refused(weeks: object, count: object) -> None:
    with pytest.raises(ValueError, match="expected a whole number from"):
        FollowUp.from_json({"weeks": weeks, "checks": count})
    with pytest.raises(ValueError, match="cannot be read"):
        FollowUp.from_json({"weeks": 12})


@pytest.mark.parametrize("name", PRESETS)
def test_each_design_has_limits_of_one_look_between_end_and_follow_up(name: str) -> None:
    design = PRESETS[name].design
    limits = course_limits(CourseDesign(design.length, design.end, 0, 6))
    assert limits.middle is None
    assert 1.6 < limits.end.better < limits.end.worse < 3


@pytest.mark.parametrize("name", PRESETS)
def test_who_keeps_all_is_seldom_called_fewer_and_who_lost_all_is_seldom_still_better(name: str) -> None:
    design = PRESETS[name].design
    kept, lost = (follow_up_power(design, 6, 0.65, 0.8, later, 0.3, 0.3, courses=4000) for later in (0.8, 0.65))
    assert kept.fewer.low < 0.025
    assert kept.fewer_of_better.low < 0.03
    assert lost.still.low < 0.05
    assert lost.fewer.share > kept.fewer.share + 0.4
    assert kept.still_of_better.share > 0.65
    never = follow_up_power(design, 6, 0.65, 0.65, 0.65, 0.3, courses=4000)
    assert never.still.share <= never.better.share < 0.055


def test_shares_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="expected all between 0 and 1"):
        follow_up_power(STANDARD, 6, 0.65, 1.0, 0.8, 0.3)
