"""Faces of a film: found, followed, known again and smoothed. The film is the built-in faces, moved about."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.media.decoder import decode
from core.stimuli.builtin import FOLDER
from core.vision.boxes import Box
from core.vision.rater import load_default
from core.vision.reader import FaceReader

HAPPY, NEUTRAL = 3, 6
WIDTH, HEIGHT = 640, 480
Frame = NDArray[np.uint8]


def face(identity: str, name: str) -> Frame:
    """A built-in face at half its size, 192×192."""
    path = FOLDER / identity / f"{name}.webp"
    return decode(path.read_bytes())[::2, ::2]


def frame(*faces: tuple[Frame, int, int]) -> Frame:
    """A frame with each face at its left and top."""
    empty = np.full((HEIGHT, WIDTH), 150, np.uint8)
    for picture, left, top in faces:
        empty[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return empty


@pytest.fixture(scope="module")
def people() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def reader(**options: float) -> FaceReader:
    return FaceReader(load_default(), **options)  # type: ignore[arg-type]


def test_a_moving_face_keeps_its_number_and_its_box_goes_along(people: list[str]) -> None:
    read, picture = reader(), face(people[0], "neutral_000")
    seen = [read.read(frame((picture, 50 + 8 * n, 100)), n / 15) for n in range(30)]
    assert {len(one.faces) for one in seen} == {1}
    assert len({one.faces[0].id for one in seen}) == 1
    first, last = seen[0].faces[0].box, seen[-1].faces[0].box
    assert (last[0] - first[0]) * WIDTH == pytest.approx(8 * 29, abs=20)


def test_between_searches_a_face_is_followed_without_a_search(
    people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, picture = reader(every=10), face(people[0], "neutral_000")
    read.read(frame((picture, 100, 100)), 0)
    monkeypatch.setattr(read._finder, "find", lambda grey: pytest.fail("searched"))
    for n in range(1, 8):
        seen = read.read(frame((picture, 100 + 10 * n, 100 + 5 * n)), n / 30)
    assert len(seen.faces) == 1
    assert seen.faces[0].box[0] * WIDTH > 150


def test_a_face_that_a_search_missed_is_searched_for_often(people: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    read, still = reader(every=20), frame((face(people[0], "neutral_000"), 100, 100))
    read.read(still, 0)
    searched: list[int] = []

    def misses(grey: Frame) -> list[Box]:
        searched.append(number)
        return []

    monkeypatch.setattr(read._finder, "find", misses)
    for number in range(1, 33):
        read.read(still, number / 60)
    assert searched == [20, 25, 30], "after the first miss not in twenty frames, but in five"


def test_probabilities_follow_the_face_slowly_and_raw_ones_at_once(people: list[str]) -> None:
    read = reader(smoothing=0.5)
    calm, glad = (frame((face(people[0], name), 200, 100)) for name in ("neutral_000", "happy_100"))
    for n in range(15):
        read.read(calm, n / 15)
    at_once = read.read(glad, 1.0).faces[0]
    assert at_once.raw[HAPPY] > 0.5 > at_once.probabilities[HAPPY]
    for n in range(1, 30):
        later = read.read(glad, 1 + n / 15).faces[0]
    assert later.probabilities[HAPPY] > 0.5
    assert sum(later.probabilities) == pytest.approx(1)


def test_two_people_are_two_faces_with_numbers_of_their_own_largest_first(people: list[str]) -> None:
    read = reader()
    large = np.kron(face(people[1], "neutral_000")[::2, ::2], np.ones((3, 3), np.uint8))
    both = frame((face(people[0], "neutral_000"), 20, 100), (large, 320, 100))
    alone = read.read(frame((face(people[0], "neutral_000"), 20, 100)), 0).faces[0].id
    for n in range(1, 8):
        seen = read.read(both, n / 15)
    assert [one.box[0] > 0.5 for one in seen.faces] == [True, False]
    assert seen.faces[1].id == alone != seen.faces[0].id


def test_a_find_in_a_single_frame_is_no_second_face(people: list[str]) -> None:
    read, picture = reader(every=1), face(people[0], "neutral_000")
    still = frame((picture, 20, 100))
    ghost = frame((picture, 20, 100), (face(people[1], "neutral_000"), 400, 100))
    seen = [read.read(ghost if n == 5 else still, n / 15) for n in range(10)]
    assert {len(one.faces) for one in seen} == {1}


def test_who_leaves_is_gone_and_who_comes_is_somebody_else(people: list[str]) -> None:
    read = reader()
    first = read.read(frame((face(people[0], "neutral_000"), 200, 100)), 0).faces[0].id
    for n in range(1, 10):
        gone = read.read(frame(), n / 5)
    assert gone.faces == ()
    assert read.read(frame((face(people[0], "neutral_000"), 200, 100)), 3).faces[0].id != first


def test_light_is_that_of_the_face_and_a_dark_frame_has_none(people: list[str]) -> None:
    bright = reader().read(frame((face(people[0], "neutral_000"), 200, 100)), 0)
    dark = reader().read(np.zeros((HEIGHT, WIDTH), np.uint8), 0)
    assert dark.faces == ()
    assert dark.light == 0 < bright.light < 1


def test_a_frame_that_goes_dark_loses_its_face_at_once(people: list[str]) -> None:
    read = reader()
    read.read(frame((face(people[0], "neutral_000"), 200, 100)), 0)
    assert read.read(np.zeros((HEIGHT, WIDTH), np.uint8), 0.1).faces == ()


def test_a_telephone_that_is_turned_begins_anew(people: list[str]) -> None:
    read = reader()
    upright = np.ascontiguousarray(frame((face(people[0], "neutral_000"), 40, 100))[:, :300])
    read.read(frame((face(people[0], "neutral_000"), 400, 100)), 0)
    assert len(read.read(upright, 0.1).faces) == 1
