"""A stream lasts from step to step, however late the server counts its runs of the script."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest


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


@pytest.mark.parametrize("later", [1, 2, 3])
def test_runs_that_are_counted_late_end_no_stream(later: int, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = SimpleNamespace(script_run_count=1)
    monkeypatch.setattr("streamlit_webrtc.component.get_this_session_info", lambda: counted)
    page = AppTest.from_function(_page, default_timeout=60).run()
    worker = _Worker()
    stream = page.session_state[f"camera-{page.session_state['view'].number}"]
    stream._set_worker(worker)
    stream._set_state(stream.state._replace(playing=True))
    counted.script_run_count += later
    page.run()
    assert not page.exception
    assert not worker.stopped
    assert stream._get_worker() is worker
