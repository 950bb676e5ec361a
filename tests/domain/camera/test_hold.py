"""One attempt: counted down, held for two seconds by one face, interrupted by anything else, averaged over frames."""

import pytest

from core.domain.camera.hold import Hold, Interruption, Phase
from core.domain.camera.seen import SeenFace, SeenFrame

STEP = 0.1


def face(happy: float = 0.4, number: int = 1) -> SeenFace:
    raw = tuple(happy if place == 3 else (1 - happy) / 6 for place in range(7))
    return SeenFace(number, (0.2, 0.2, 0.5, 0.5), (1 / 7,) * 7, raw)


def show(hold: Hold, start: float, seconds: float, *faces: SeenFace) -> float:
    """Frames every tenth of a second from `start` for `seconds`; returns when the next one is due."""
    steps = round(seconds / STEP)
    for step in range(steps):
        hold.update(SeenFrame(start + STEP * step, faces, 0.5))
    return start + STEP * steps


def test_it_counts_down_then_holds_two_seconds_then_is_done() -> None:
    hold = Hold()
    assert (hold.phase, hold.remaining, hold.filled) == (Phase.COUNTDOWN, 3.0, 0.0)
    now = show(hold, 100.0, 1.1, face())
    assert (hold.phase, round(hold.remaining, 3)) == (Phase.COUNTDOWN, 2.0)
    now = show(hold, now, 3.0, face())
    assert (hold.phase, round(hold.filled, 2)) == (Phase.HOLDING, 0.5)
    show(hold, now, 1.2, face())
    assert (hold.phase, hold.filled) == (Phase.DONE, 1.0)
    assert hold.reading is not None
    assert hold.reading.frames == 21


def test_the_reading_is_the_mean_of_what_each_frame_said_alone() -> None:
    hold = Hold(countdown=0, held=0.25)
    for at, happy in ((0.0, 0.1), (0.1, 0.4), (0.2, 0.7), (0.3, 0.8)):
        hold.update(SeenFrame(at, (face(happy),), 0.5))
    assert hold.reading is not None
    assert hold.reading.frames == 4
    assert hold.reading.probabilities[3] == pytest.approx(0.5)
    assert sum(hold.reading.probabilities) == pytest.approx(1)


def test_frames_of_the_countdown_and_of_an_interrupted_hold_are_in_no_reading() -> None:
    hold = Hold(countdown=1)
    now = show(hold, 0.0, 1.0, face(0.1))
    now = show(hold, now, 1.0, face(0.1))
    now = show(hold, now, 0.2, face(0.1), face(0.1, 2))
    show(hold, now, 2.2, face(0.9))
    assert hold.reading is not None
    assert hold.reading.probabilities[3] == pytest.approx(0.9)


def test_two_faces_begin_the_two_seconds_anew() -> None:
    hold = Hold(countdown=0)
    now = show(hold, 0.0, 1.5, face())
    now = show(hold, now, 0.1, face(), face(number=2))
    assert (hold.interrupted, hold.filled) == (Interruption.TWO_FACES, 0.0)
    now = show(hold, now, 1.0, face())
    assert (hold.phase, hold.interrupted) == (Phase.HOLDING, None)
    show(hold, now, 1.2, face())
    assert hold.phase is Phase.DONE


def test_half_a_second_without_a_face_is_forgiven_and_more_is_not() -> None:
    hold = Hold(countdown=0)
    now = show(hold, 0.0, 1.0, face())
    now = show(hold, now, 0.3)
    now = show(hold, now, 0.1, face())
    assert (hold.interrupted, round(hold.filled, 2)) == (None, 0.65)
    now = show(hold, now, 0.7)
    assert (hold.interrupted, hold.filled) == (Interruption.NO_FACE, 0.0)


def test_a_camera_that_stood_still_cannot_fill_the_ring() -> None:
    hold = Hold(countdown=0)
    show(hold, 0.0, 1.0, face())
    hold.update(SeenFrame(2.5, (face(),), 0.5))
    assert (hold.phase, hold.interrupted, hold.filled) == (Phase.HOLDING, Interruption.GAP, 0.0)


def test_without_any_face_it_says_so_and_waits() -> None:
    hold = Hold(countdown=0)
    show(hold, 0.0, 5.0)
    assert (hold.phase, hold.interrupted, hold.filled) == (Phase.HOLDING, Interruption.NO_FACE, 0.0)


def test_the_countdown_can_be_had_again_until_the_end_but_not_after() -> None:
    hold = Hold()
    now = show(hold, 0.0, 4.0, face())
    hold.repeat()
    assert (hold.phase, hold.remaining, hold.filled) == (Phase.COUNTDOWN, 3.0, 0.0)
    show(hold, now, 5.2, face())
    reading = hold.reading
    assert reading is not None
    hold.repeat()
    assert (hold.phase, hold.reading) == (Phase.DONE, reading)


def test_a_frame_that_comes_late_is_passed_over() -> None:
    hold = Hold(countdown=0, held=0.2)
    for at in (0.0, 0.1, 0.05, 0.2):
        hold.update(SeenFrame(at, (face(),), 0.5))
    assert hold.reading is not None
    assert hold.reading.frames == 3
