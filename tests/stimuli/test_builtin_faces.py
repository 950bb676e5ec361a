"""The faces that ship are whole, balanced, and nobody is met both in practice and in a check."""

from collections import Counter, defaultdict

import pytest

from core.domain.emotions import Emotion
from core.media.decoder import decode
from core.stimuli.builtin import FOLDER, read_builtin
from core.stimuli.records import Face


@pytest.fixture(scope="module")
def faces() -> list[Face]:
    return read_builtin()[1]


def test_the_set_can_do_everything_and_lacks_nothing() -> None:
    info, faces = read_builtin()
    assert (info.name, len(faces), info.notes) == ("builtin", 1_643, ())
    assert (info.has_identities, info.has_roles, info.has_intensities) == (True, True, True)
    assert (FOLDER / "ICT-FACEKIT-LICENSE.txt").read_text().startswith("MIT License")


def test_every_picture_is_whole_and_as_large_as_its_notice_says(faces: list[Face]) -> None:
    for face in faces:
        assert decode(face.picture).shape == (384, 384)


def test_every_person_shows_six_emotions_at_five_strengths_and_neutral(faces: list[Face]) -> None:
    shown = defaultdict(set)
    for face in faces:
        shown[face.identity].add((face.target, face.intensity))
    graded = {(e, i) for e in Emotion if e is not Emotion.NEUTRAL for i in (20, 40, 60, 80, 100)}
    assert len(shown) == 53
    assert all(cells == graded | {(Emotion.NEUTRAL, 0)} for cells in shown.values())


def test_each_form_has_sixteen_people_half_of_them_women_and_practice_a_few_more(faces: list[Face]) -> None:
    person = {(face.identity, face.role, face.sex) for face in faces}
    assert len(person) == 53
    forms = {(role, sex): 8 for role in ("A", "B") for sex in "fm"}
    assert Counter((role, sex) for _, role, sex in person) == {**forms, ("practice", "f"): 11, ("practice", "m"): 10}
    assert all(face.checkable == (face.role != "practice") for face in faces)


def test_a_face_at_full_strength_names_the_muscles_that_move(faces: list[Face]) -> None:
    for face in faces:
        if face.intensity == 100:
            assert face.muscles
            assert max(face.muscles.values()) > 0.2
