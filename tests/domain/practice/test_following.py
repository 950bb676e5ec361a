"""A face ahead becomes easier after two misses running and harder after six hits, and stays where it will do."""

from dataclasses import replace

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.practice.again import place_of_return
from core.domain.practice.drawing import draw_adapted, faces_by_cell, strength_of
from core.domain.practice.following import FaceAhead, aim_after, follow
from core.domain.practice.planning import Slot, Why
from core.domain.practice.skill import PracticeAnswer, Skill
from tests.domain.exercise.faces import graded_form

FACES = graded_form()
CELLS = faces_by_cell(FACES, Plan())
SEES_60 = [
    PracticeAnswer(emotion, strength, emotion if strength >= 60 else None)
    for strength in (40, 60, 80)
    for emotion in Emotion
    for _ in range(8)
]
HAPPY = Slot(Emotion.HAPPY, Emotion.NEUTRAL, Why.PAIR)


@pytest.mark.parametrize(
    ("run", "aim"),
    [
        ("", 0.8),
        ("-", 0.8),
        ("--", 0.9),
        ("++--", 0.9),
        ("-+-", 0.8),
        ("--+", 0.8),
        ("+++++", 0.8),
        ("++++++", 0.75),
        ("-++++++", 0.75),
        ("++++++-", 0.8),
    ],
)
def test_after_two_misses_running_the_aim_is_higher_and_after_six_hits_lower(run: str, aim: float) -> None:
    assert aim_after([one == "+" for one in run]) == aim


def test_a_day_that_aims_higher_or_lower_already_is_not_turned_round() -> None:
    assert aim_after([False, False], 0.95) == 0.95
    assert aim_after([True] * 6, 0.7) == 0.7


@pytest.mark.parametrize("seed", range(10))
def test_without_an_answer_in_between_nothing_changes(seed: int) -> None:
    skill = Skill(SEES_60)
    drawn = draw_adapted(FACES, Plan(), skill, seed, 0)
    shown = {place: one.face for place, one in enumerate(drawn)}
    for place, one in enumerate(drawn):
        ahead = FaceAhead(place, one.slot, one.served.rival is not None)
        assert follow(skill, 0.8, ahead, shown, CELLS, seed) is None


@pytest.mark.parametrize("seed", range(10))
def test_relief_is_a_plainer_face_of_the_same_emotion_on_another_person_and_says_so(seed: int) -> None:
    skill = Skill(SEES_60)
    drawn = draw_adapted(FACES, Plan(), skill, seed, 0)
    shown = {place: one.face for place, one in enumerate(drawn)}
    changed = 0
    for place, one in enumerate(drawn):
        ahead = FaceAhead(place, one.slot, one.served.rival is not None)
        found = follow(skill, 0.9, ahead, shown, CELLS, seed)
        if found is None:
            continue
        changed += 1
        assert found.face.target is one.face.target
        assert found.served.strength == strength_of(found.face) > strength_of(one.face)
        assert found.served.expected > one.served.expected
        assert found.slot == replace(one.slot, why=Why.RELIEF)
        assert found.face.identity not in {shown[near].identity for near in (place - 1, place + 1) if near in shown}
        assert found.face.hash not in {face.hash for face in shown.values()}
    assert changed > 3


def test_after_hits_a_face_is_fainter_and_keeps_its_reason() -> None:
    skill = Skill(SEES_60)
    drawn = draw_adapted(FACES, Plan(), skill, 1, 0)
    shown = {place: one.face for place, one in enumerate(drawn)}
    found = [
        (one, follow(skill, 0.5, FaceAhead(place, one.slot, one.served.rival is not None), shown, CELLS, 1))
        for place, one in enumerate(drawn)
    ]
    fainter = [(one, other) for one, other in found if other is not None]
    assert fainter
    for one, other in fainter:
        assert strength_of(other.face) < strength_of(one.face)
        assert other.slot == one.slot


def test_an_emotion_that_got_out_of_reach_gets_two_answers() -> None:
    fear = next(face for face in FACES if face.target is Emotion.FEAR and face.intensity == 100)
    skill = Skill([PracticeAnswer(Emotion.FEAR, 100, Emotion.SURPRISE)] * 6)
    ahead = FaceAhead(5, Slot(Emotion.FEAR, Emotion.SURPRISE, Why.PAIR), two=False)
    found = follow(skill, 0.8, ahead, {5: fear}, CELLS, 1)
    assert found is not None
    assert found.served.rival is Emotion.SURPRISE


def test_faces_of_the_last_days_stand_in_only_where_there_is_no_other() -> None:
    skill, ahead = Skill(SEES_60), FaceAhead(5, HAPPY, two=False)
    drawn = next(face for face in FACES if face.target is Emotion.HAPPY and face.intensity == 20)
    found = follow(skill, 0.9, ahead, {5: drawn}, CELLS, 1)
    assert found is not None
    like = CELLS[Emotion.HAPPY, found.served.strength]
    for left in (like[0], like[7]):
        other = follow(skill, 0.9, ahead, {5: drawn}, CELLS, 1, {face.hash for face in like if face != left})
        assert other is not None
        assert other.face == left
    assert follow(skill, 0.9, ahead, {5: drawn}, CELLS, 1, {face.hash for face in like}) == found


def test_what_comes_back_takes_no_place_of_a_face_that_follows_already() -> None:
    ahead = [(number, "sad") for number in range(3, 9)]
    assert place_of_return(2, "fear", ahead, taken={6}) == 5
    assert place_of_return(2, "fear", [*ahead[:-1], (8, "fear")], taken={8}) is None
