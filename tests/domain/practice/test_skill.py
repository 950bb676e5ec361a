"""What the skill says after known answers: figures of a second implementation, to a thousandth."""

import pytest

from core.domain.emotions import Emotion
from core.domain.practice.planning import Slot, Why, serve
from core.domain.practice.skill import PracticeAnswer, Skill

STRENGTHS = (20, 40, 60, 80, 100)
FEAR, SURPRISE = Emotion.FEAR, Emotion.SURPRISE


def taken_for_surprise() -> Skill:
    return Skill([PracticeAnswer(FEAR, 100, SURPRISE)] * 6)


def and_learnt() -> Skill:
    skill = taken_for_surprise()
    for _ in range(10):
        skill.take(PracticeAnswer(FEAR, 80, FEAR, day=1))
    return skill


def test_a_person_of_whom_nothing_is_known_is_expected_to_see_fear_as_most_people_do() -> None:
    skill = Skill()
    expected = [skill.expected(FEAR, strength) for strength in STRENGTHS]
    assert expected == pytest.approx([0.246, 0.343, 0.489, 0.655, 0.793], abs=0.001)
    assert skill.threshold(FEAR) == pytest.approx((68.1, 25.3), abs=0.05)


def test_each_emotion_begins_at_the_strength_that_most_people_name() -> None:
    served = [
        serve(Skill(), Slot(emotion, None, Why.EVEN), STRENGTHS if emotion is not Emotion.NEUTRAL else (0,))
        for emotion in Emotion
    ]
    assert [one.strength for one in served] == [100, 80, 100, 80, 100, 80, 0]
    assert all(one.rival is None for one in served)


def test_six_mix_ups_make_the_pair_the_first_and_seven_answers_out_of_reach() -> None:
    skill = taken_for_surprise()
    assert skill.expected(FEAR, 100) == pytest.approx(0.315, abs=0.001)
    assert skill.threshold(FEAR) == pytest.approx((118.1, 12.6), abs=0.05)
    served = serve(skill, Slot(FEAR, SURPRISE, Why.PAIR), STRENGTHS)
    assert (served.strength, served.rival) == (100, SURPRISE)
    needs = skill.needs()
    assert max(needs, key=lambda pair: needs[pair]) == (FEAR, SURPRISE)
    assert needs[FEAR, SURPRISE] == pytest.approx(0.724, abs=0.001)


def test_ten_right_answers_are_believed_and_send_the_pair_to_the_day_after() -> None:
    skill = and_learnt()
    assert skill.expected(FEAR, 80) == pytest.approx(0.893, abs=0.001)
    review = skill.reviews.of[FEAR, SURPRISE]
    assert (review.due, review.step) == (2, 1)
    assert not skill.reviews.is_due((FEAR, SURPRISE), 1)
    assert skill.reviews.is_due((FEAR, SURPRISE), 2)


def test_a_kept_pair_comes_back_after_three_seven_and_fourteen_days_and_at_once_when_mixed_up() -> None:
    skill = and_learnt()
    dues = []
    for day in (2, 5, 12, 26):
        for _ in range(5):
            skill.take(PracticeAnswer(FEAR, 80, FEAR, day))
        dues.append(skill.reviews.of[FEAR, SURPRISE].due - day)
    assert dues == [3, 7, 14, 14]
    skill.take(PracticeAnswer(SURPRISE, 80, FEAR, 27))
    assert skill.reviews.waits_for((FEAR, SURPRISE), 27)


def test_not_sure_is_not_right_and_accuses_no_emotion() -> None:
    skill = Skill()
    before = skill.taken_for(FEAR, SURPRISE)
    skill.take(PracticeAnswer(FEAR, 100, None))
    assert skill.expected(FEAR, 100) < Skill().expected(FEAR, 100)
    assert skill.taken_for(FEAR, SURPRISE) == pytest.approx(before)
    assert not skill.reviews.of


def test_with_two_answers_a_hit_is_likelier_and_says_less() -> None:
    wide, two = Skill(), Skill()
    assert two.expected(FEAR, 80, SURPRISE) > two.expected(FEAR, 80)
    wide.take(PracticeAnswer(FEAR, 80, FEAR))
    two.take(PracticeAnswer(FEAR, 80, FEAR, rival=SURPRISE))
    assert two.expected(FEAR, 80) < wide.expected(FEAR, 80)


def test_neutral_has_no_strength() -> None:
    skill = Skill([PracticeAnswer(Emotion.NEUTRAL, 0, Emotion.SAD)] * 3)
    assert skill.expected(Emotion.NEUTRAL, 0) == skill.expected(Emotion.NEUTRAL, 100) < 2 / 3
    assert skill.reviews.waits_for((Emotion.SAD, Emotion.NEUTRAL), 0)
