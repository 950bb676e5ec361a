"""Blocks are balanced, spread over people, in a fair order, and the same for the same seed."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.design import (
    draw_check,
    draw_practice,
    draw_tryout,
    first_form,
    first_level,
    form_for,
    next_level,
    replacement,
)
from core.domain.exercise.plan import Plan, blueprint
from core.domain.exercise.trials import Stimulus
from core.domain.language import ToldError
from core.domain.network.votes import COLUMN
from core.translations import told
from tests.domain.exercise.faces import bare, graded_form, voted

SEEDS = range(200)
FORM = graded_form()
PRINT = blueprint(Plan(), "v", "en", "computer")


def no_person_twice_in_a_row(faces: Sequence[Stimulus]) -> bool:
    return all(a.identity != b.identity for a, b in pairwise(faces))


def no_target_three_times_in_a_row(faces: Sequence[Stimulus]) -> bool:
    return all(len({f.target for f in faces[i : i + 3]}) > 1 for i in range(len(faces) - 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_check_of_the_built_in_faces_is_balanced_whatever_the_seed(seed: int) -> None:
    check = draw_check(FORM, PRINT, seed)
    assert len({face.hash for face in check}) == 42
    for emotion in Emotion:
        faces = [face for face in check if face.target is emotion]
        expected = [0] * 6 if emotion is Emotion.NEUTRAL else [40, 60, 60, 80, 80, 100]
        assert sorted(face.intensity or 0 for face in faces) == expected
        assert len({face.identity for face in faces}) == 6
        assert Counter(face.sex for face in faces) == {"f": 3, "m": 3}
        assert sum((face.skin or 0) > 3.5 for face in faces) == 3
    times = Counter(face.identity for face in check)
    assert len(times) == 16
    assert set(Counter((face.sex, (face.skin or 0) > 3.5) for face in check).values()) == {10, 11}
    assert set(times.values()) == {2, 3}
    assert no_person_twice_in_a_row(check)
    assert no_target_three_times_in_a_row(check)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_check_without_identities_and_intensities_is_balanced_over_emotions(seed: int) -> None:
    check = draw_check(voted(), PRINT, seed)
    assert Counter(face.target for face in check) == dict.fromkeys(Emotion, 6)
    assert len({face.hash for face in check}) == 42
    assert no_target_three_times_in_a_row(check)


def test_the_same_seed_gives_the_same_block_in_whatever_order_the_faces_come() -> None:
    shuffled = random.Random(5).sample(FORM, len(FORM))
    assert draw_check(FORM, PRINT, 11) == draw_check(shuffled, PRINT, 11)
    assert draw_practice(FORM, Plan(), 80, 11) == draw_practice(shuffled, Plan(), 80, 11)
    assert draw_check(FORM, PRINT, 11) != draw_check(FORM, PRINT, 12)


def test_every_face_of_a_cell_has_its_turn() -> None:
    wanted = [f for f in FORM if f.target is Emotion.FEAR and f.intensity == 40]
    drawn = {face.hash for seed in range(400) for face in draw_check(FORM, PRINT, seed)}
    assert {face.hash for face in wanted} <= drawn


def test_a_check_keeps_to_the_votes_of_its_blueprint() -> None:
    clear = blueprint(Plan(check_votes=(8, 10)), "v", "en", "computer")
    check = draw_check(voted(), clear, 3)
    assert all(face.votes and face.votes[COLUMN[face.target]] >= 8 for face in check)


def test_a_longer_check_repeats_the_intensities() -> None:
    check = draw_check(FORM, blueprint(Plan(check_length=84), "v", "en", "computer"), 1)
    fear = sorted(face.intensity or 0 for face in check if face.target is Emotion.FEAR)
    assert fear == [40, 40, 60, 60, 60, 60, 80, 80, 80, 80, 100, 100]


def test_too_few_faces_are_named_with_what_was_found_and_what_helps() -> None:
    without = [f for f in FORM if not (f.target is Emotion.DISGUST and f.intensity == 60 and f.identity != "p3")]
    with pytest.raises(ValueError, match=r"needs 2 faces of disgust at 60 %, and 1 can be chosen from\. Import more"):
        draw_check(without, PRINT, 0)
    with pytest.raises(ToldError) as error:
        draw_check(without, PRINT, 0)
    assert told("es", error.value.whole).startswith("cada serie necesita caras de asco al 60 % (2) y no hay bastantes")
    with pytest.raises(ValueError, match="needs 6 faces of anger, and 3 can be chosen from"):
        draw_check(voted(each=3), PRINT, 0)


def test_a_set_of_one_person_still_makes_a_block() -> None:
    alone = draw_practice(graded_form(people=2)[:31], Plan(practice_length=7), 100, 0)
    assert Counter(face.target for face in alone) == dict.fromkeys(Emotion, 1)


@pytest.mark.parametrize("seed", range(50))
def test_practice_is_balanced_at_its_level_and_never_shows_a_person_too_often(seed: int) -> None:
    practice = draw_practice(FORM, Plan(), 60, seed)
    assert Counter(face.target for face in practice) == dict.fromkeys(Emotion, 2)
    assert {face.intensity for face in practice if face.target is not Emotion.NEUTRAL} == {60}
    assert max(Counter(face.identity for face in practice).values()) == 1
    assert no_target_three_times_in_a_row(practice)


def test_practice_of_some_emotions_shares_the_faces_among_them() -> None:
    plan = Plan(practice_length=10, emotions=(Emotion.ANGRY, Emotion.DISGUST, Emotion.FEAR))
    counts = Counter(face.target for face in draw_practice(FORM, plan, 100, 1))
    assert sorted(counts.values()) == [3, 3, 4]
    assert set(counts) == set(plan.emotions)


def test_practice_takes_the_nearest_intensity_that_a_set_has() -> None:
    halves = [face for face in FORM if face.intensity in (0, 40, 100)]
    assert {f.intensity for f in draw_practice(halves, Plan(), 60, 1)} == {0, 40}
    assert {f.intensity for f in draw_practice(halves, Plan(), 80, 1)} == {0, 100}


def test_practice_works_on_a_set_that_knows_only_its_targets() -> None:
    assert len(draw_practice(bare(), Plan(), 100, 1)) == 14


def test_the_tryout_shows_six_emotions_clearly_on_six_people() -> None:
    faces = draw_tryout(FORM, 4)
    assert {face.target for face in faces} == set(Emotion) - {Emotion.NEUTRAL}
    assert {face.intensity for face in faces} == {100}
    assert len({face.identity for face in faces}) == 6


def test_practice_becomes_fainter_as_a_person_improves_and_clearer_when_it_is_hard() -> None:
    plan = Plan()
    assert first_level(plan) == 100
    assert [next_level(plan, level, 12, 14) for level in (100, 80, 60, 40)] == [80, 60, 40, 40]
    assert [next_level(plan, level, 9, 14) for level in (100, 80, 60, 40)] == [100, 80, 60, 40]
    assert [next_level(plan, level, 6, 14) for level in (100, 80, 60, 40)] == [100, 100, 80, 60]


def test_a_few_answers_say_too_little_to_change_the_level() -> None:
    assert next_level(Plan(), 80, 6, 6) == 80


def test_a_level_outside_a_new_plan_moves_into_it() -> None:
    assert next_level(Plan(practice_intensities=(80, 100)), 40, 3, 3) == 80


def test_a_void_face_is_replaced_by_an_unused_one_of_its_cell_and_of_somebody_else() -> None:
    for seed in range(50):
        block = draw_check(FORM, PRINT, seed)
        void = block[-1]
        like = replacement(FORM, block, void, seed)
        assert like not in block
        assert like.target is void.target
        assert like.target is Emotion.NEUTRAL or like.intensity == void.intensity
        assert like.identity != void.identity
        assert Counter(f.identity for f in block)[like.identity] == 2


def test_a_replacement_is_not_the_person_just_seen() -> None:
    for seed in range(50):
        block = draw_check(FORM, PRINT, seed)
        assert replacement(FORM, block, block[0], seed).identity != block[-1].identity


def test_a_replacement_keeps_to_the_votes_of_the_check() -> None:
    faces = voted()
    clear = blueprint(Plan(check_votes=(8, 10)), "v", "en", "computer")
    block = draw_check(faces, clear, 1)
    for void in block:
        votes = replacement(faces, block, void, 1, clear.votes).votes
        assert votes is not None
        assert votes[COLUMN[void.target]] >= 8


def test_a_used_up_cell_gives_a_face_again_rather_than_none() -> None:
    cell = [face for face in FORM if face.target is Emotion.NEUTRAL]
    used = [*cell, cell[0]]
    assert replacement(FORM, used, cell[0], 1) in cell[1:]


def test_forms_alternate_and_half_of_all_people_begin_with_each() -> None:
    people = [f"person-{n}" for n in range(1000)]
    begin_with_a = sum(first_form(person) == "A" for person in people)
    assert 450 < begin_with_a < 550
    assert [form_for(i, "x") for i in range(4)] in (["A", "B", "A", "B"], ["B", "A", "B", "A"])
    assert form_for(0, "x") == first_form("x")
