"""A face that was missed comes back three to six faces later, where none of its emotion comes anyway."""

from core.domain.practice.again import EARLIEST, LATEST, place_of_return


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
