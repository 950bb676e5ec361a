"""A face that was missed comes back three to six faces later, where none of its emotion comes anyway."""

from core.domain.exercise.plan import Plan
from core.domain.practice.again import EARLIEST, LATEST, on_another_person, place_of_return
from tests.domain.exercise.faces import bare, graded_form


def ahead(*targets: str, first: int = 3) -> list[tuple[int, str]]:
    return list(enumerate(targets, start=first))


def test_it_takes_the_place_of_the_fourth_face_after_it() -> None:
    assert place_of_return(2, "fear", ahead("sad", "angry", "happy", "sad", "sad", "angry")) == 6


def test_the_nearest_free_place_is_taken_where_the_fourth_has_a_stand_in_or_the_run_ends() -> None:
    open_now = [(number, target) for number, target in ahead("sad", "sad", "sad", "sad", "sad", "sad") if number != 6]
    assert place_of_return(2, "fear", open_now) == 5
    assert place_of_return(2, "fear", ahead("sad", "sad", "sad")) == 5
    assert place_of_return(2, "fear", ahead("sad", "sad")) is None


def test_one_that_comes_anyway_needs_no_other_but_only_within_the_distance() -> None:
    for gap in range(1, LATEST + 3):
        others = ["sad"] * (LATEST + 3)
        others[gap - 1] = "fear"
        assert (place_of_return(2, "fear", ahead(*others)) is None) == (EARLIEST <= gap <= LATEST)


def test_it_comes_on_another_person_than_the_missed_one_and_its_neighbours_with_the_same_strength() -> None:
    faces = graded_form()
    alike = [face for face in faces if (face.target, face.intensity) == (faces[0].target, faces[0].intensity)]
    shown = dict(enumerate(alike[:4]))
    like = on_another_person(faces, shown, 0, 2, 1, Plan().practice_votes)
    assert like is not None
    assert (like.target, like.intensity) == (shown[0].target, shown[0].intensity)
    assert like.identity not in {shown[0].identity, shown[1].identity, shown[3].identity}


def test_where_there_is_no_other_like_it_nothing_comes_back() -> None:
    faces = bare(1)
    shown = dict(enumerate(faces))
    assert on_another_person(faces, shown, 0, 4, 1, Plan().practice_votes) is None
    assert on_another_person(faces[1:], shown, 0, 4, 1, Plan().practice_votes) is None
