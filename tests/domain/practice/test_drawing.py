from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import six_weeks
from core.domain.language import ToldError
from core.domain.practice.drawing import draw_adapted, strength_of
from core.domain.practice.planning import Why, plan_run
from core.domain.practice.reviews import pair_of
from core.domain.practice.skill import PracticeAnswer, Skill
from core.domain.practice.threshold import two_answers
from tests.domain.exercise.faces import bare, graded_form, voted

FEAR, SURPRISE = Emotion.FEAR, Emotion.SURPRISE
KNOWN = [PracticeAnswer(emotion, 60, emotion) for emotion in Emotion] * 12
MIXED_UP = [PracticeAnswer(FEAR, 100, SURPRISE)] * 6


def test_two_answers_follow_luces_rule() -> None:
    assert two_answers(np.array([[0.62]]), 0.5)[0, 0] == pytest.approx(0.765, abs=0.001)


@pytest.mark.parametrize("seed", range(20))
def test_a_run_is_even_in_part_and_otherwise_practises_both_members_of_three_pairs(seed: int) -> None:
    slots = plan_run(Skill(MIXED_UP), 14, 0, Random(seed))
    drilled = [(slot.target, slot.rival) for slot in slots if slot.rival is not None]
    assert len(slots) == 14
    assert len(drilled) == 8
    pairs = Counter(pair_of(*members) for members in drilled)
    assert len(pairs) == 3
    assert pairs.most_common(1)[0] == ((FEAR, SURPRISE), 4)
    for pair, faces in pairs.items():
        targets = Counter(target for target, rival in drilled if {target, rival} == set(pair))
        assert targets == dict.fromkeys(pair, faces // 2)


@pytest.mark.parametrize("seed", range(20))
def test_no_target_comes_three_times_and_no_person_twice_in_a_row(seed: int) -> None:
    run = [one.face for one in draw_adapted(graded_form(), Plan(), Skill(MIXED_UP), seed, 0)]
    assert all(len({face.target for face in run[at : at + 3]}) > 1 for at in range(12))
    assert all(one.identity != other.identity for one, other in pairwise(run))
    assert len({face.hash for face in run}) == 14


def test_the_same_answers_and_seed_draw_the_same_run() -> None:
    faces, seen = graded_form(), MIXED_UP
    once = draw_adapted(faces, Plan(), Skill(seen), 5, 0)
    assert draw_adapted(faces[::-1], Plan(), Skill(seen), 5, 0) == once
    assert draw_adapted(faces, Plan(), Skill(seen), 6, 0) != once


def test_each_face_has_the_strength_and_the_answers_that_were_planned_for_it() -> None:
    for one in draw_adapted(graded_form(), Plan(), Skill(MIXED_UP), 1, 0):
        assert one.served.strength == strength_of(one.face)
        assert one.face.target is one.slot.target
        if one.slot.target is FEAR and one.slot.rival is SURPRISE:
            assert one.served.rival is SURPRISE
        assert 0 < one.served.expected < 1


def test_a_pair_that_was_kept_rests_until_it_is_due() -> None:
    kept = [*MIXED_UP, *[PracticeAnswer(FEAR, 100, FEAR, 1)] * 10]

    def faces(day: int) -> int:
        slots = [plan_run(Skill(kept), 14, day, Random(seed)) for seed in range(20)]
        return sum({slot.target, slot.rival} == {FEAR, SURPRISE} for run in slots for slot in run)

    assert faces(1) < faces(2)


def test_faces_of_the_last_days_come_only_where_there_is_no_other() -> None:
    faces = graded_form()
    first = {one.face.hash for one in draw_adapted(faces, Plan(), Skill(), 1, 0)}
    again = {one.face.hash for one in draw_adapted(faces, Plan(), Skill(), 2, 0, first)}
    assert not first & again
    everything = {face.hash for face in faces}
    assert len(draw_adapted(faces, Plan(), Skill(), 2, 0, everything)) == 14


def test_a_plan_bounds_strengths_and_emotions_and_pins_pairs() -> None:
    some = (Emotion.ANGRY, Emotion.DISGUST, FEAR, SURPRISE)
    plan = Plan(practice_intensities=(60, 80), emotions=some, pairs=((Emotion.ANGRY, Emotion.DISGUST),))
    run = draw_adapted(graded_form(), plan, Skill(MIXED_UP), 1, 0)
    assert {one.face.target for one in run} <= set(some)
    assert {one.face.intensity for one in run} <= {60, 80}
    assert {one.slot.rival for one in run} == {None, Emotion.ANGRY, Emotion.DISGUST}


def test_votes_stand_for_strength_where_there_is_none() -> None:
    run = draw_adapted(voted(), Plan(), Skill(MIXED_UP), 1, 0)
    assert {one.served.strength for one in run} <= {0, 35, 50, 65, 80, 90, 100}
    assert all(one.served.strength == strength_of(one.face) for one in run)
    fear = [one.served.strength for one in run if one.slot.target is FEAR]
    assert set(fear) == {100}


def test_a_set_that_knows_nothing_but_targets_adapts_pairs_and_answers() -> None:
    run = draw_adapted(bare(), Plan(), Skill(MIXED_UP), 1, 0)
    assert {one.served.strength for one in run} <= {0, 70}
    assert any(one.served.rival is not None for one in run)


def test_a_small_set_gives_what_it_has_and_too_small_a_one_is_refused() -> None:
    faces = bare(2)
    run = draw_adapted(faces, Plan(), Skill(MIXED_UP), 1, 0)
    assert len({one.face.hash for one in run}) == 14
    with pytest.raises(ToldError, match="more faces of anger, disgust"):
        draw_adapted(faces[:12], Plan(), Skill(MIXED_UP), 1, 0)
    with pytest.raises(ValueError, match="pairs is"):
        replace(Plan(), pairs=((SURPRISE, FEAR),))


def test_a_mixed_week_shows_all_emotions_alike_and_the_fourth_is_a_little_harder() -> None:
    days = six_weeks().training
    for day in days:
        slots = plan_run(Skill(MIXED_UP), 14, 0, Random(day.week), mix=day.mix)
        mixed = {slot.why for slot in slots} == {Why.EVEN}
        assert mixed == (day.week in {1, 4})
        assert not mixed or Counter(slot.target for slot in slots) == dict.fromkeys(Emotion, 2)
    skills = [Skill(KNOWN[: 7 * times]) for times in range(2, 12)]
    usual, fourth = (
        np.mean([one.served.expected for s in skills for one in draw_adapted(graded_form(), Plan(), s, 1, 0, mix=mix)])
        for mix in (replace(days[-1].mix, even=1.0), days[15].mix)
    )
    assert (round(float(usual), 2), round(float(fourth), 2)) == (0.82, 0.76), "of the strengths that there are"


@pytest.mark.parametrize("answers", [[], KNOWN, MIXED_UP])
def test_the_first_week_begins_with_the_plainest_faces_and_goes_down_to_80_percent(
    answers: list[PracticeAnswer],
) -> None:
    week = six_weeks().training[:5]
    runs = [draw_adapted(graded_form(), Plan(), Skill(answers), 1, 0, mix=day.mix) for day in week]
    shown = [{one.served.strength for one in run if one.face.target is not Emotion.NEUTRAL} for run in runs]
    assert shown[:2] == [{100}, {100}]
    assert all(one <= {80, 100} for one in shown[2:])
    assert all(80 in one for one in shown[2:])
    hardest = replace(Plan(), practice_intensities=(40, 60))
    faint = draw_adapted(graded_form(), hardest, Skill(answers), 1, 0, mix=week[0].mix)
    assert {strength_of(one.face) for one in faint} <= {0, 40, 60}, "what the clinician chose goes before"
