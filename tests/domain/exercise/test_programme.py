"""The recommended programme as data, and what a plan makes of it."""

from dataclasses import replace

import pytest

from core.domain.exercise.plan import Plan
from core.domain.exercise.presets import TRAINING_DAYS, WEEKS
from core.domain.exercise.programme import BLOCKS, DayPart, FollowUp, Programme, ProgrammeDay, six_weeks
from core.domain.exercise.run_mix import USUAL
from core.tasks.lesson.lessons import LESSONS


def test_it_is_a_week_of_getting_to_know_and_six_weeks_of_five_days_with_nine_lessons_that_exist() -> None:
    programme = six_weeks()
    assert len(programme.first) == 7
    assert len(programme.training) == TRAINING_DAYS
    assert {day.week for day in programme.training} == set(range(1, WEEKS + 1))
    lessons = [day.lesson for day in programme.training if day.lesson]
    assert lessons[0] == next(iter(LESSONS))
    assert len(lessons) == len(set(lessons)) == 9
    assert set(lessons) <= LESSONS.keys()
    assert all(sum(part in BLOCKS for part in day.parts) == 1 for day in programme.training)


def test_a_plan_keeps_it_in_its_json_and_leaves_it_out_where_there_is_none() -> None:
    plan = replace(Plan().in_blocks("standard"), programme=six_weeks((DayPart.CHECK_IN,), paused=True))
    assert Plan.from_json(plan.to_json()) == plan
    assert "programme" not in Plan().to_json()


def test_it_ends_with_a_follow_up_which_programmes_that_were_set_before_do_not_get() -> None:
    plan = replace(Plan().in_blocks("standard"), programme=six_weeks())
    assert plan.to_json()["programme"]["follow_up"] == {"weeks": 12, "checks": 6}
    before = plan.to_json()
    del before["programme"]["follow_up"]
    earlier = Plan.from_json(before)
    assert earlier.programme is not None
    assert earlier.programme.follow_up is None
    assert earlier.to_json() == before, "an export knows a plan by a hash of this"
    assert earlier.programme.days == six_weeks().days
    assert Plan.from_json(replace(plan, programme=six_weeks(follow_up=FollowUp(26, 8))).to_json()) != plan


def test_a_day_says_how_its_practice_is_mixed_and_programmes_that_were_set_before_practise_as_usual() -> None:
    plan = replace(Plan().in_blocks("standard"), programme=six_weeks())
    written = plan.to_json()
    days = written["programme"]["days"]
    ramp = [day["mix"]["strengths"] for day in days if day["week"] == 1]
    assert ramp == [[100, 100], [100, 100], [80, 100], [80, 100], [80, 100]]
    assert [day["mix"]["aim"] for day in days if day["week"] == 4] == [0.75] * 5
    assert Plan.from_json(written) == plan
    for day in days:
        day.pop("mix", None)
    earlier = Plan.from_json(written)
    assert earlier.programme is not None
    assert {earlier.programme.mix_on(day) for day in range(31)} == {USUAL}
    assert earlier.to_json() == written, "an export knows a plan by a hash of this"


@pytest.mark.parametrize(
    "mix", [7, {}, {"even": 2.0, "aim": 0.8, "strengths": [1, 100]}, {"even": 1.0, "aim": 0.8, "strengths": [100, 80]}]
)
def test_a_mix_that_is_none_is_refused(mix: object) -> None:
    with pytest.raises(ValueError, match="mix of a run"):
        Programme.from_json({"days": [{"week": 1, "parts": ["practice"], "mix": mix}]})


def test_what_is_left_out_is_in_no_day() -> None:
    programme = six_weeks((DayPart.LESSON, DayPart.CHECK_IN))
    assert programme.left_out == (DayPart.CHECK_IN, DayPart.LESSON)
    assert all(day.parts == (DayPart.READING,) for day in programme.first)
    assert not any(day.lesson for day in programme.days)


@pytest.mark.parametrize(
    "days",
    [
        [],
        [{"week": 0, "parts": ["check_in"]}],
        [{"week": 2, "parts": ["practice"]}, {"week": 1, "parts": ["practice"]}],
        [{"week": 1, "parts": ["check_in"]}],
        [{"week": 1, "parts": ["practice", "check"]}],
        [{"week": 0, "parts": ["practice"]}],
        [{"week": 1, "parts": ["dance"]}],
        [{"parts": ["practice"]}],
        [7],
    ],
)
def test_days_that_make_no_programme_are_refused(days: list[object]) -> None:
    with pytest.raises(ValueError, match=r"programme|DayPart"):
        Programme.from_json({"days": days})


def test_a_plan_without_checks_in_blocks_takes_none() -> None:
    with pytest.raises(ValueError, match="checks in blocks"):
        Plan(programme=Programme((ProgrammeDay(1, (DayPart.PRACTICE,)),)))
