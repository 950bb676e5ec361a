"""A course of checks: its parts follow one another, end by rules that no result can move, and what was found stays."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from core.domain.exercise.plan import Plan
from core.domain.exercise.presets import PRESETS, CourseDesign
from core.domain.statistics.block_limits import course_limits
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.course import Course, course, next_phase
from core.domain.statistics.course_parts import ClosedPart, CourseCheck, CoursePart

STANDARD = PRESETS["standard"].design
FIRST = date(2026, 3, 20)
SAME, BETTER = 13, 17
"""Of 21."""


def checks(
    part: CoursePart, right: Sequence[int], first: date, phase: int = 1, blueprint: str = "one", every: int = 1
) -> list[CourseCheck]:
    """One check a day, or every so many days."""
    days = [first + timedelta(days=every * place) for place in range(len(right))]
    return [
        CourseCheck(f"{phase} {part} {blueprint} {day}", phase, part, blueprint, day, one, 21, True)
        for day, one in zip(days, right, strict=True)
    ]


def at(
    done: Sequence[CourseCheck], day: int, trained: int = 0, closed: Sequence[ClosedPart] = (), close: bool = False
) -> Course:
    """Where the person stands so many days after the first."""
    return course(done, closed, STANDARD, 3, FIRST + timedelta(days=day), lambda _: trained, close=close)


def baseline(right: int = SAME) -> list[CourseCheck]:
    return checks(CoursePart.BASELINE, [right] * 7, FIRST)


def whole(after: int = BETTER, middle: int = SAME) -> list[CourseCheck]:
    return [
        *baseline(),
        *checks(CoursePart.MIDDLE, [middle] * 2, FIRST + timedelta(days=25)),
        *checks(CoursePart.END, [after] * 14, FIRST + timedelta(days=27)),
    ]


def test_the_first_days_are_the_baseline() -> None:
    begun = at(baseline()[:3], 3)
    assert (begun.open, begun.made, begun.planned, begun.kind) == (
        CoursePart.BASELINE,
        3,
        7,
        VerdictKind.BASELINE_UNFINISHED,
    )
    assert begun.left == 20


def test_after_the_baseline_there_is_only_training_until_half_of_its_days_are_done() -> None:
    assert at(baseline(), 7, trained=14).open is None
    assert at(baseline(), 7).kind is VerdictKind.BASELINE
    assert at(baseline(), 20, trained=15).open is CoursePart.MIDDLE


def test_who_trains_on_fewer_days_is_looked_at_when_half_of_the_weeks_are_over() -> None:
    assert at(baseline(), 6 + 20).open is None
    assert at(baseline(), 6 + 21).open is CoursePart.MIDDLE


def test_the_end_follows_the_middle_and_its_verdict_stands_by_the_shipped_limits() -> None:
    after_middle = at(whole()[:9], 27, trained=15)
    assert (after_middle.open, after_middle.kind) == (CoursePart.END, VerdictKind.CANNOT_TELL)
    over = at(whole(), 41, trained=20)
    assert over.over
    assert over.open is None
    assert over.left == 0
    said = over.said
    assert said is not None
    assert said.verdict is not None
    assert (said.part, said.verdict.kind) == (CoursePart.END, VerdictKind.BETTER)
    assert said.on == FIRST + timedelta(days=40)
    assert said.verdict.limits == course_limits(STANDARD).end
    assert (said.verdict.days_before, said.verdict.days_after, said.verdict.faces_after) == (7, 14, 294)


def test_while_the_end_goes_on_nothing_can_be_told_yet_and_afterwards_it_could_not() -> None:
    assert at(whole(SAME + 1)[:20], 40, trained=20).kind is VerdictKind.CANNOT_TELL
    assert at(whole(SAME + 1), 41, trained=20).kind is VerdictKind.COULD_NOT_TELL


def test_a_verdict_that_was_reached_at_the_middle_stays_with_its_date() -> None:
    found = at(whole(after=SAME, middle=21), 41, trained=20)
    assert found.said is not None
    assert found.said.part is CoursePart.MIDDLE
    assert found.said.on == FIRST + timedelta(days=26)
    assert found.kind is VerdictKind.BETTER


def test_a_part_that_was_closed_is_never_judged_again() -> None:
    stored = at(whole(), 41, trained=20).closed
    changed = [*whole(), *checks(CoursePart.END, [0] * 5, FIRST + timedelta(days=60))]
    assert at(changed, 90, trained=30, closed=stored).closed == stored


def test_a_window_that_is_over_closes_a_part_with_four_fifths_of_its_checks() -> None:
    few = checks(CoursePart.BASELINE, [SAME] * 5, FIRST, every=2)
    assert at(few, 30).open is CoursePart.BASELINE
    enough = checks(CoursePart.BASELINE, [SAME] * 6, FIRST, every=2)
    assert at(enough, 14).open is CoursePart.BASELINE
    over = at(enough, 15)
    assert over.open is None
    assert (over.closed[0].on, len(over.closed[0].checks)) == (FIRST + timedelta(days=14), 6)


def test_limits_are_those_of_the_checks_that_were_made() -> None:
    done = [one for one in whole() if one.day != FIRST + timedelta(days=6)]
    found = at(done, 41 + 30, trained=20, close=False)
    assert found.said is not None
    assert found.said.verdict is not None
    assert found.said.verdict.limits == course_limits(CourseDesign(21, 6, 2, 14)).end


def test_a_middle_with_one_check_keeps_nobody_from_the_end_and_is_no_look() -> None:
    one = [*baseline(), *checks(CoursePart.MIDDLE, [21], FIRST + timedelta(days=25))]
    assert at(one, 32, trained=15).open is CoursePart.MIDDLE
    later = at(one, 33, trained=15)
    assert later.open is CoursePart.END
    assert later.closed[-1].checks == ()
    assert later.closed[-1].verdict is None


def test_a_clinician_closes_a_part_early_but_not_with_a_single_check() -> None:
    closed = at(baseline()[:4], 4, close=True).closed
    assert [(one.part, one.by_clinician, len(one.checks)) for one in closed] == [(CoursePart.BASELINE, True, 4)]
    with pytest.raises(ValueError, match="2 or more"):
        at(baseline()[:1], 4, close=True)


def test_checks_of_another_kind_and_those_hardly_seen_do_not_count() -> None:
    other = checks(CoursePart.BASELINE, [SAME] * 2, FIRST + timedelta(days=20), blueprint="telephone")
    assert at([*baseline()[:4], *other], 22).made == 4
    unseen = [CourseCheck("u", 1, CoursePart.BASELINE, "one", FIRST + timedelta(days=9), 3, 9, False)]
    assert at([*baseline()[:4], *unseen], 22).made == 4


def test_a_baseline_without_room_gives_no_verdict() -> None:
    full = [*baseline(20), *whole()[7:]]
    assert at(full[:7], 7).kind is VerdictKind.NO_ROOM
    assert at(full, 41, trained=20).kind is VerdictKind.NO_ROOM


def test_the_end_is_the_baseline_of_a_next_phase_and_the_verdict_stays_meanwhile() -> None:
    first = at(whole(), 41, trained=20)
    stored = [*first.closed, next_phase(first, FIRST + timedelta(days=50))]
    second = course(whole(), stored, STANDARD, 3, FIRST + timedelta(days=72), lambda _: 15, phase=2)
    assert second.open is CoursePart.MIDDLE
    assert second.kind is VerdictKind.BETTER
    done = [
        *whole(),
        *checks(CoursePart.MIDDLE, [BETTER] * 2, FIRST + timedelta(days=72), phase=2),
        *checks(CoursePart.END, [BETTER] * 14, FIRST + timedelta(days=75), phase=2),
    ]
    over = course(done, stored, STANDARD, 3, FIRST + timedelta(days=99), lambda _: 30, phase=2)
    assert over.kind is VerdictKind.COULD_NOT_TELL
    assert over.said is not None
    assert over.said.verdict is not None
    assert over.said.verdict.days_before == 14


def test_a_phase_without_an_end_has_no_next() -> None:
    with pytest.raises(ValueError, match="no end"):
        next_phase(at(baseline(), 7), FIRST)


def test_a_plan_of_blocks_has_the_checks_of_its_preset_and_keeps_its_practice() -> None:
    plan = Plan(practice_length=21).in_blocks("light")
    assert (plan.design, plan.check_intensities, plan.practice_length) == (PRESETS["light"].design, (40, 80), 21)
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_json({"checks_planned": 6}) == Plan()


@pytest.mark.parametrize("wrong", [{"baseline": 1}, {"middle": 1}, {"end": 0}, {"preset": "none"}, {"rule": "other"}])
def test_a_plan_with_blocks_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"plan: {next(iter(wrong))} is"):
        Plan.from_json(wrong)


def test_checks_in_another_language_or_on_another_device_are_counted_apart() -> None:
    other = checks(CoursePart.BASELINE, [SAME], FIRST, blueprint="two")
    begun = at([*checks(CoursePart.BASELINE, [SAME] * 3, FIRST), *other], 4)
    assert (begun.made, begun.apart) == (3, 1)
    later = checks(CoursePart.END, [SAME] * 2, FIRST + timedelta(days=27), blueprint="two")
    gone_on = at([*baseline(), *checks(CoursePart.MIDDLE, [SAME] * 2, FIRST + timedelta(days=25)), *later], 29, 15)
    assert (gone_on.open, gone_on.made, gone_on.apart) == (CoursePart.END, 0, 2)
    assert at(baseline(), 8).apart == 0
