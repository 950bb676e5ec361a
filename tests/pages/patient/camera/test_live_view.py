"""The stream of one tab, without WebRTC."""

import asyncio
from dataclasses import replace

import av
import cv2
import numpy as np
import pytest

from core.config import settings
from core.domain.camera.hold import Hold, Phase
from core.vision.reader import FaceReader
from pages.patient.camera import stream
from pages.patient.camera.live_view import SILENT, STILL, LiveView
from pages.patient.camera.overlay import Overlay
from pages.patient.camera.stream import claim_camera
from tests.clips import picture
from tests.support import FakeRater


def a_view() -> LiveView:
    return LiveView(lambda: FaceReader(FakeRater()))


def frame(scene: str = "neutral") -> av.VideoFrame:
    small = np.asarray(cv2.resize(picture(scene), (320, 240)), np.uint8)
    return av.VideoFrame.from_ndarray(small, format="bgr24")


def see(view: LiveView, *frames: av.VideoFrame) -> list[av.VideoFrame]:
    return asyncio.run(view.take(list(frames)))


def test_only_the_newest_of_the_frames_that_wait_is_read() -> None:
    view = a_view()
    assert len(see(view, frame("nobody"), frame("nobody"), frame())) == 1
    assert view.seen is not None
    assert len(view.seen.faces) == 1


def test_after_a_frame_that_took_too_long_the_mirror_is_late_once_and_not_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second of two pictures that wait to be sent is left out; where each takes too long, none is but the first."""
    now = [100.0]
    monkeypatch.setattr("pages.patient.camera.live_view.time.monotonic", lambda: now[0])
    view, sent = a_view(), list[int]()
    for waited in (True, True, False, True, True, False, False, False, True):
        now[0] += 0.02 if waited else 0.0
        sent.append(len(see(view, frame())))
        assert view.seen is not None, "a picture that is not sent is read all the same"
    assert sent == [1, 1, 0, 1, 1, 0, 1, 1, 1]


def test_what_is_sent_back_is_mirrored() -> None:
    view = a_view()
    came = frame("nobody")
    before, after = came.to_ndarray(format="bgr24"), see(view, came)[0].to_ndarray(format="bgr24")
    assert abs(before[:, ::-1].astype(int) - after.astype(int)).mean() < 3 < abs(before.astype(int) - after).mean()


def test_an_attempt_gets_the_frames_and_can_be_counted_down_again() -> None:
    view, hold = a_view(), Hold(countdown=0.0, held=60.0)
    view.show(Overlay(), hold)
    see(view, frame())
    see(view, frame())
    assert hold.phase is Phase.HOLDING
    assert hold.filled > 0
    view.repeat()
    assert hold.filled == 0


def test_a_stream_that_is_over_keeps_nothing_and_reads_nothing() -> None:
    view = a_view()
    see(view, frame())
    view.end()
    came = frame()
    assert see(view, came) == [came]
    assert view.seen is None
    assert view.over


def test_a_picture_stands_still_before_its_camera_counts_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    view = a_view()
    assert not view.still
    see(view, frame())
    came = view._times[-1]
    said = []
    for seconds in (1, STILL + 1, SILENT + 1):
        monkeypatch.setattr("time.monotonic", lambda now=came + seconds: now)
        said.append((view.seen is not None, view.still, view.silent))
    assert said == [(True, False, False), (False, True, False), (False, True, True)]


def test_each_stream_has_a_number_of_its_own() -> None:
    assert a_view().number != a_view().number


def test_a_second_stream_of_the_same_person_ends_the_first() -> None:
    first, second, other = a_view(), a_view(), a_view()
    claim_camera("person", first)
    claim_camera("another", other)
    claim_camera("person", second)
    assert (first.taken, second.taken, other.taken) == (True, False, False)
    assert first.over


def test_a_server_takes_so_many_streams_and_counts_none_that_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "settings", lambda: replace(settings(), cameras=2))
    first, second, third, again, late = (a_view() for _ in range(5))
    assert claim_camera("one", first)
    assert claim_camera("two", second)
    assert not claim_camera("three", third)
    assert third.over
    assert claim_camera("one", again), "who has a stream may move it to another tab"
    second.end()
    assert claim_camera("three", late)
    assert not claim_camera("two", second)
