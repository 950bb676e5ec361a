"""What a clinician reads of practice, and what a person is told that they can do, from known answers."""

from dataclasses import replace

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import six_weeks
from core.domain.practice.ability import abilities
from core.domain.practice.overview import overview
from core.domain.practice.skill import PracticeAnswer, Skill, first_threshold

FEAR, SURPRISE, HAPPY = Emotion.FEAR, Emotion.SURPRISE, Emotion.HAPPY
ANSWERS = [
    *[PracticeAnswer(FEAR, 100, SURPRISE)] * 6,
    *[PracticeAnswer(FEAR, 100, FEAR)] * 2,
    *[PracticeAnswer(SURPRISE, 80, SURPRISE)] * 5,
    PracticeAnswer(SURPRISE, 80, None),
]


def test_a_pair_says_of_both_members_how_often_each_word_was_said() -> None:
    today, tomorrow = (overview(ANSWERS, [None] * len(ANSWERS), Plan(), day) for day in (0, 1))
    first = tomorrow.pairs[0]
    assert first.pair == (FEAR, SURPRISE)
    assert first.faces == (8, 6)
    assert (first.as_first, first.as_second) == ((2, 0), (6, 5))
    assert first.due
    assert not today.pairs[0].due, "it was told apart at the end of the day"


def test_pairs_that_a_clinician_chose_stand_in_place_of_those_of_most_need() -> None:
    chosen = (HAPPY, Emotion.NEUTRAL)
    found = overview(ANSWERS, [None] * len(ANSWERS), replace(Plan(), pairs=(chosen,)), 0)
    assert [one.pair for one in found.pairs] == [chosen]


def test_an_emotion_out_of_reach_is_offered_with_two_words_and_the_plan_s_range_holds() -> None:
    plan = Plan(practice_intensities=(40, 60))
    levels = {one.emotion: one for one in overview(ANSWERS, [None] * len(ANSWERS), plan, 0).levels}
    assert levels[FEAR].two
    assert levels[FEAR].faces == 8
    assert {one.strength for one in levels.values()} <= {None, 40, 60}
    assert levels[Emotion.NEUTRAL].strength is None
    first_day = six_weeks().training[0].mix
    first = overview(ANSWERS, [None] * len(ANSWERS), Plan(), 0, first_day).levels
    assert {one.strength for one in first} == {None, 100}, "as the next practice is"


def test_what_was_expected_stands_beside_what_came() -> None:
    expected = [0.75] * 8 + [0.95] * 5 + [None]
    bands = overview(ANSWERS, expected, Plan(), 0).bands
    assert [(one.low, one.faces, one.right) for one in bands] == [(0.7, 8, 0.25), (0.9, 5, 1.0)]
    assert bands[0].expected == pytest.approx(0.75)


def test_nothing_is_said_of_what_one_can_do_before_it_is_known() -> None:
    assert abilities(Skill()) == []
    assert abilities(Skill(ANSWERS[:6])) == [], "it was never right"


def test_what_one_can_do_is_each_emotion_at_the_faintest_strength_that_holds_the_furthest_ahead_first() -> None:
    seen = [PracticeAnswer(FEAR, strength, FEAR) for strength in (60, 40) for _ in range(12)]
    seen += [PracticeAnswer(HAPPY, strength, HAPPY) for strength in (40, 20) for _ in range(9)]
    skill = Skill(seen)
    found = abilities(skill)
    assert {one.emotion for one in found} == {FEAR, HAPPY}
    ahead = [first_threshold(one.emotion) - skill.threshold(one.emotion)[0] for one in found]
    assert ahead[0] > ahead[1]
    for one in found:
        assert skill.expected(one.emotion, one.strength) >= 0.8
        assert one.strength == 20 or skill.expected(one.emotion, one.strength - 20) < 0.8
