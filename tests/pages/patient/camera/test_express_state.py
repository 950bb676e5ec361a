"""Where a tab stands: the way is decided by what was found, and stepping down says why."""

from core.domain.camera.ladder import Reason, Way
from core.vision.reader import FaceReader
from pages.patient.camera.live_view import LiveView
from pages.patient.camera.preflight import _found
from pages.patient.camera.snapshot import Snapshot, _taken
from pages.patient.camera.state import BrowserCameras, CameraState
from tests.support import FakeRater

CAMERA = BrowserCameras(secure=True, permission="granted", cameras=1, device="abc")


def test_a_stream_that_breaks_off_becomes_snapshots_then_files_then_not_today() -> None:
    express = CameraState(found=CAMERA)
    express.step_down(Way.STREAM, Reason.GAVE_WAY)
    assert (express.way, express.why) == (Way.SNAPSHOT, Reason.GAVE_WAY)
    express.step_down(Way.SNAPSHOT, Reason.NO_CAMERA)
    assert (express.way, express.why) == (Way.FILE, Reason.NO_CAMERA)
    express.step_down(Way.FILE, Reason.GAVE_WAY)
    assert express.way is Way.NOT_TODAY


def test_beginning_again_forgets_what_gave_way_but_not_the_run() -> None:
    express = CameraState(found=CAMERA, noticed=True)
    express.step_down(Way.STREAM, Reason.TOO_SLOW)
    express.begin_again()
    assert (express.way, express.found, express.gave_way, express.noticed) == (None, None, frozenset(), True)


def test_a_stream_is_asked_for_anew_once_the_page_was_left_or_the_line_dropped() -> None:
    view = LiveView(lambda: FaceReader(FakeRater()))
    express = CameraState(found=CAMERA, view=view)
    assert not express.stream_ended(left=False)
    assert express.stream_ended(left=True)
    view.end()
    assert express.stream_ended(left=False)
    view.taken = True
    assert not express.stream_ended(left=True), "it is asked for in another tab"
    assert not CameraState(found=CAMERA).stream_ended(left=True), "there is none"


def test_what_a_browser_sends_is_taken_only_as_far_as_it_fits() -> None:
    told = {"secure": True, "permission": "granted", "cameras": 1, "device": "abc", "devices": []}
    assert _found(told) == CAMERA
    assert _found({**told, "permission": "<script>"}) is None
    odd = _found({**told, "cameras": "many", "devices": [["a", "b"], "cd", 7]})
    assert odd == BrowserCameras(True, "granted", 0, "abc", (("a", "b"),))
    assert _found("granted") is None


def test_a_snapshot_is_a_jpeg_of_bounded_size_or_nothing() -> None:
    assert _taken({"number": 1, "picture": "data:image/jpeg;base64,/9j/"}) == Snapshot(1, b"\xff\xd8\xff")
    assert _taken({"number": 1, "trouble": "NotFoundError"}) == Snapshot(1, None)
    assert _taken({"number": 1, "picture": "data:text/html;base64,AAAA"}) is None
    assert _taken({"number": 1, "picture": "data:image/jpeg;base64,%%%%"}) is None
    assert _taken({"number": 1, "picture": "data:image/jpeg;base64," + "A" * 5_000_000}) is None
    assert _taken({"picture": "data:image/jpeg;base64,/9j/"}) is None
