"""What is drawn over the mirror."""

import numpy as np

from core.domain.camera.seen import SeenFace, SeenFrame
from pages.patient.camera.overlay import Overlay, Ring, mirrored

WORDS = ("enfado", "asco", "miedo", "alegría", "tristeza", "sorpresa", "neutral")
HAPPY = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0)


def blank(width: int = 640, height: int = 480) -> np.ndarray:
    return np.full((height, width, 3), 128, np.uint8)


def seen(*lefts: float) -> SeenFrame:
    faces = tuple(SeenFace(n, (left, 0.3, 0.25, 0.33), HAPPY, HAPPY) for n, left in enumerate(lefts))
    return SeenFrame(1.0, faces, 0.5)


def changed(picture: np.ndarray) -> float:
    return float((picture != 128).any(axis=2).mean())


def test_a_mirror_shows_left_on_the_left() -> None:
    picture = blank()
    picture[:, :10] = 255
    assert (mirrored(picture)[:, -10:] == 255).all()


def test_each_face_is_outlined_and_an_empty_room_is_left_alone() -> None:
    assert changed(Overlay().draw(blank(), seen())) == 0
    one, two = (changed(Overlay().draw(blank(), seen(*lefts))) for lefts in ((0.1,), (0.1, 0.6)))
    assert 0 < one < two


def test_the_bar_of_what_is_seen_is_the_longest() -> None:
    drawn = Overlay(WORDS).draw(blank(), seen(0.6))
    assert drawn.shape == (480, 640, 3)
    yellow = (np.abs(drawn.astype(int) - (61, 204, 242)).sum(axis=2) < 30).sum()
    green = (np.abs(drawn.astype(int) - (163, 224, 79)).sum(axis=2) < 30).sum()
    assert yellow > 3 * green > 0


def test_on_a_small_screen_the_words_are_larger() -> None:
    small, large = (changed(Overlay(WORDS, large=large).draw(blank(), seen())) for large in (False, True))
    assert 0 < small < large < 0.5


def test_the_ring_fills() -> None:
    accent = (191, 196, 127)
    filled = [
        (np.abs(Overlay().draw(blank(), seen(0.3), Ring(None, share)).astype(int) - accent).sum(axis=2) < 30).sum()
        for share in (0.0, 0.5, 1.0)
    ]
    assert filled[0] < filled[1] < filled[2]


def test_the_countdown_shows_its_number_without_a_face_too() -> None:
    three, two = (Overlay().draw(blank(), seen(), Ring(count, 0.0)) for count in (3, 2))
    assert changed(three) > 0
    assert (three != two).any()


def test_a_picture_too_small_for_words_goes_without() -> None:
    assert Overlay(WORDS).draw(blank(40, 30), seen(0.3)).shape == (30, 40, 3)
