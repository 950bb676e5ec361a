"""What a day of the programme asks, from what was done."""

from dataclasses import replace

import pytest

from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import DayPart, six_weeks
from core.domain.practice.lessons import LessonState
from core.domain.programme.today import (
    AWAY,
    SHORT_PRACTICE,
    DayFacts,
    DayPlace,
    LaterChecks,
    ProgrammeToday,
    programme_today,
)
from core.tasks.lesson.lessons import LESSONS

NEW = {name: LessonState() for name in LESSONS}
FACTS = DayFacts(
    today=100,
    first=None,
    check=0,
    warm_up=0,
    checked=False,
    diary=True,
    checked_in=False,
    open=frozenset(),
    trained=0,
    done=frozenset(),
    away=1,
    lessons=NEW,
    unread=("no_words", "body"),
    enough=False,
)
PLAN = Plan().in_blocks("standard")


def on(**facts: object) -> ProgrammeToday:
    return programme_today(PLAN, six_weeks(), replace(FACTS, **facts))  # type: ignore[arg-type]


def parts(day: ProgrammeToday) -> list[str]:
    return [step.lesson or step.part for step in day.steps]


def test_the_first_day_begins_with_faces_that_do_not_count_and_the_last_of_getting_to_know_asks_nothing_more() -> None:
    day = on(first=(0, 7), warm_up=14, check=21)
    assert [(step.part, step.faces, step.feedback) for step in day.steps[:2]] == [
        (DayPart.CHECK, 14, True),
        (DayPart.CHECK, 21, False),
    ]
    assert parts(day)[2:] == ["check_in", "reading"]
    assert day.steps[-1].page == "no_words"
    assert (day.week, day.weeks_done, day.place) == (0, 0, DayPlace.ASKED)
    read = frozenset({DayPart.READING})
    assert on(first=(7, 7), checked_in=True, done=read).place is DayPlace.DONE
    assert on(first=(7, 7), checked_in=True, unread=()).place is DayPlace.DONE, "all pages were read"


def test_a_day_goes_from_check_to_check_in_to_lesson_to_practice() -> None:
    assert parts(on(check=21)) == ["check", "check_in", "six_feelings", "practice"]
    assert parts(on(checked_in=True)) == ["six_feelings", "practice"]
    assert parts(on(checked_in=True, done=frozenset({DayPart.LESSON}))) == ["practice"]
    done = on(checked_in=True, done=frozenset({DayPart.LESSON, DayPart.PRACTICE}))
    assert (done.place, done.days_done, done.week) == (DayPlace.DONE, 1, 1)


def test_before_training_no_day_of_it_is_done_though_the_warm_up_was_practice() -> None:
    day = on(first=(1, 7), trained=1, check=21)
    assert (day.days_done, day.weeks_done, day.week) == (0, 0, 0)


def test_who_keeps_no_diary_is_asked_no_check_in() -> None:
    assert parts(on(diary=False)) == ["six_feelings", "practice"]


def test_a_lesson_that_was_left_out_comes_the_next_day_and_one_that_was_seen_elsewhere_does_not_come_again() -> None:
    assert parts(on(trained=1, diary=False)) == ["six_feelings", "practice"]
    seen = {**NEW, "six_feelings": LessonState(seen=99, kept=True, due=101)}
    assert parts(on(trained=1, diary=False, lessons=seen)) == ["practice"]
    assert parts(on(trained=2, diary=False, lessons=seen)) == ["fear_surprise", "practice"]


def test_without_a_new_lesson_what_is_due_comes_again_and_takes_less() -> None:
    due = {**NEW, "six_feelings": LessonState(seen=90, kept=True, due=100)}
    [lesson, _] = on(trained=1, diary=False, lessons=due).steps
    assert (lesson.lesson, lesson.again) == ("six_feelings", True)
    assert lesson.seconds < on(diary=False).steps[0].seconds


@pytest.mark.parametrize("first", [None, (3, 7)])
def test_after_a_pause_the_day_is_short(first: tuple[int, int] | None) -> None:
    day = on(trained=6, away=AWAY, check=21, first=first)
    assert day.back
    assert not on(trained=6, away=AWAY - 1).back
    if first is None:
        assert [(step.part, step.faces) for step in day.steps] == [(DayPart.PRACTICE, SHORT_PRACTICE)]


def test_weeks_are_marked_by_the_days_done_and_the_end_asks_for_checks_alone() -> None:
    assert [(on(trained=n).weeks_done, on(trained=n).week) for n in (4, 5, 29)] == [(0, 1), (1, 2), (5, 6)]
    last = on(trained=29, done=frozenset({DayPart.PRACTICE}))
    assert (last.place, last.weeks_done, last.days_done) == (DayPlace.FINISHED, 6, 30)
    after = on(trained=30, away=40)
    assert (after.place, after.steps, after.back) == (DayPlace.FINISHED, (), False)
    assert parts(on(trained=30, check=21)) == ["check"]


def test_after_a_quarter_of_an_hour_what_is_left_waits_and_a_day_that_is_done_stays_done() -> None:
    long = on(enough=True)
    assert (long.place, parts(long)) == (DayPlace.ENOUGH, parts(on()))
    assert on(enough=True, done=frozenset({DayPart.PRACTICE})).place is DayPlace.DONE
    assert on(enough=True, trained=30).place is DayPlace.FINISHED


def test_once_a_week_from_week_five_on_two_emotions_are_shown_to_the_camera_where_there_is_one() -> None:
    seen = {name: LessonState(seen=99, kept=True) for name in LESSONS}
    camera = frozenset({DayPart.SHOW})
    assert [n for n in range(30) if "show" in parts(on(trained=n, open=camera, lessons=seen))] == [23, 28]
    assert parts(on(trained=23, open=camera, lessons=seen)) == ["check_in", "show", "practice"]
    assert parts(on(trained=23, lessons=seen)) == ["check_in", "practice"], "there is none, or no consent"
    assert parts(on(trained=23, open=camera, lessons=seen, done=camera)) == ["check_in", "practice"]


def test_in_the_last_week_there_is_a_summary_and_a_place_for_what_the_clinician_asks() -> None:
    seen = {name: LessonState(seen=99, kept=True) for name in LESSONS}
    asked = frozenset({DayPart.QUESTIONNAIRE})
    assert [n for n in range(30) if "questionnaire" in parts(on(trained=n, open=asked, lessons=seen))] == [
        26,
        27,
        28,
        29,
    ]
    both = asked | {DayPart.SUMMARY}
    assert parts(on(trained=29, open=both, lessons=seen)) == ["check_in", "summary", "questionnaire", "context"]
    assert parts(on(trained=29, lessons=seen)) == ["check_in", "context"]


def test_paused_it_asks_nothing() -> None:
    day = programme_today(PLAN, six_weeks(paused=True), replace(FACTS, check=21))
    assert (day.place, day.steps) == (DayPlace.PAUSED, ())


def test_in_the_follow_up_the_check_is_all_there_is_and_days_away_change_nothing() -> None:
    asked = on(trained=30, check=21, follow_up=(2, 6), away=84)
    assert (parts(asked), asked.place, asked.back, asked.follow_up) == (["check"], DayPlace.ASKED, False, (2, 6))
    assert parts(on(trained=12, check=21, follow_up=(0, 6), away=90)) == ["check"], "training was left early"
    done = on(trained=30, checked=True, follow_up=(3, 6))
    assert (done.steps, done.place) == ((), DayPlace.DONE)
    over = on(trained=30, checked=True, kept=True)
    assert (over.place, over.kept) == (DayPlace.FINISHED, True)


def test_until_the_follow_up_the_programme_is_finished_and_knows_how_far_ahead_it_is() -> None:
    day = on(trained=30, later=LaterChecks(first=184, days=84, checks=6))
    assert (day.place, day.steps) == (DayPlace.FINISHED, ())
    assert day.later is not None
    assert day.later.weeks == 12
    assert [LaterChecks(0, days, 6).weeks for days in (1, 10, 11)] == [1, 1, 2]
