"""A stream lasts from step to step, however late the server counts its runs of the script.

Each run is a process of its own: beside TensorFlow, which other tests import, the library of the stream crashes.
"""

import subprocess
import sys
from types import SimpleNamespace
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from tests.others import first_of

LASTS, ENDS = "the stream lasts", "the stream was ended"


class _Worker:
    """Of a stream that plays, as far as a run of the script looks at it."""

    backend, local_description, stopped = "aiortc", None, False

    def stop(self) -> None:
        self.stopped = True


def _page() -> None:
    from core.vision.reader import FaceReader
    from pages.patient.camera.live_view import LiveView
    from pages.patient.camera.stream import show_camera
    from pages.shared.state import tab_state
    from tests.support import FakeRater

    view = tab_state(lambda: LiveView(lambda: FaceReader(FakeRater())), "view")  # type: ignore[arg-type]
    show_camera(view, on=True)


def _after_runs_counted_at_once(runs: int) -> str:
    counted = SimpleNamespace(script_run_count=1)
    with mock.patch("streamlit_webrtc.component.get_this_session_info", return_value=counted):
        page = AppTest.from_function(_page, default_timeout=60).run()
        worker = _Worker()
        stream = page.session_state[f"camera-{page.session_state['view'].number}"]
        stream._set_worker(worker)
        stream._set_state(stream.state._replace(playing=True))
        counted.script_run_count += runs
        page.run()
    assert not page.exception
    return LASTS if stream._get_worker() is worker and not worker.stopped else ENDS


@pytest.mark.parametrize("runs", first_of(1, 2, 3))
def test_runs_that_are_counted_late_end_no_stream(runs: int) -> None:
    done = subprocess.run([sys.executable, "-m", __name__, str(runs)], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == LASTS, done.stderr


if __name__ == "__main__":
    print(_after_runs_counted_at_once(int(sys.argv[1])))
