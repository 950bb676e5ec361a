"""The ladder: the best way that a preflight leaves open, and the first thing that stands in the way of the stream."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.camera.ladder import Preflight, Reason, Tick, Way, ticks, way

GOOD = Preflight(
    secure=True,
    permission="granted",
    cameras=1,
    stream=True,
    frames_per_second=20.0,
    light=0.45,
    faces=1,
    face_size=0.5,
)


def test_with_nothing_in_the_way_it_is_the_live_stream() -> None:
    assert way(GOOD) == (Way.STREAM, None)
    assert all(ticks(GOOD).values())


@pytest.mark.parametrize(
    ("fact", "expected", "why"),
    [
        ({"secure": False}, Way.FILE, Reason.INSECURE),
        ({"permission": "denied"}, Way.FILE, Reason.DENIED),
        ({"permission": "prompt"}, Way.FILE, Reason.NOT_ANSWERED),
        ({"cameras": 0}, Way.FILE, Reason.NO_CAMERA),
        ({"permission": "none"}, Way.FILE, Reason.NO_CAMERA),
        ({"stream": False}, Way.SNAPSHOT, Reason.STREAM_BLOCKED),
        ({"frames_per_second": 2.0}, Way.SNAPSHOT, Reason.TOO_SLOW),
        ({"light": 0.02}, Way.FILE, Reason.TOO_DARK),
        ({"faces": 0, "face_size": None}, Way.SNAPSHOT, Reason.NO_FACE),
        ({"faces": 2}, Way.SNAPSHOT, Reason.TWO_FACES),
        ({"face_size": 0.1}, Way.SNAPSHOT, Reason.TOO_SMALL),
    ],
)
def test_each_obstacle_leads_one_step_down_and_is_named(fact: dict[str, Any], expected: Way, why: Reason) -> None:
    assert way(replace(GOOD, **fact)) == (expected, why)


def test_a_dark_picture_is_called_dark_though_no_face_is_found_in_it() -> None:
    assert way(replace(GOOD, light=0.02, faces=0, face_size=None))[1] is Reason.TOO_DARK


def test_a_way_that_broke_off_is_not_taken_again_and_the_last_step_is_not_today() -> None:
    unplugged = replace(GOOD, gave_way=frozenset({Way.STREAM}))
    assert way(unplugged) == (Way.SNAPSHOT, Reason.GAVE_WAY)
    assert way(replace(unplugged, cameras=0)) == (Way.FILE, Reason.NO_CAMERA)
    nothing = replace(GOOD, gave_way=frozenset({Way.STREAM, Way.SNAPSHOT, Way.FILE}))
    assert way(nothing) == (Way.NOT_TODAY, Reason.GAVE_WAY)
    assert way(replace(nothing, secure=False)) == (Way.NOT_TODAY, Reason.INSECURE)


def test_a_tick_says_nothing_before_it_can_be_known() -> None:
    waiting = replace(GOOD, stream=None, frames_per_second=None, light=None, faces=None, face_size=None)
    assert ticks(waiting) == {Tick.CAMERA: True, Tick.LIGHT: None, Tick.FACE: None, Tick.SPEED: None}
    denied = replace(GOOD, permission="denied")
    assert ticks(denied) == {Tick.CAMERA: False, Tick.LIGHT: None, Tick.FACE: None, Tick.SPEED: None}
    crowded = replace(GOOD, faces=2)
    assert ticks(crowded) == {Tick.CAMERA: True, Tick.LIGHT: True, Tick.FACE: False, Tick.SPEED: True}
