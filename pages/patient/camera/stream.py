"""Camera stream (WebRTC): from a browser to a `LiveView` on this server and back. No sound, no outside server.

This is the only place that imports streamlit_webrtc, and it does so when the first camera is switched on. A stream is
freed when its page is left or its tab closed (streamlit_webrtc watches for both), when the connection drops, and when
another tab or browser of the same person begins one.
"""

import logging
import threading
from weakref import WeakValueDictionary

import streamlit as st

from core.config import settings
from pages.patient.camera.live_view import LiveView

PLACE = "camera"
_lock = threading.Lock()
_views: WeakValueDictionary[str, LiveView] = WeakValueDictionary()


def claim_camera(person_id: str, view: LiveView) -> bool:
    """`view` is what the camera of this person shows from now on; what another tab of theirs showed ends. Returns False
    where they have no stream and this server has as many as it takes: `view` is over then."""
    with _lock:
        before = _views.get(person_id)
        others = sum(not one.over for id_, one in _views.items() if id_ != person_id)
        if others >= settings().cameras and (before is None or before.over):
            view.end()
            return False
        if before is not None and before is not view:
            before.taken = True
            before.end()
        _views[person_id] = view
        return True


def show_camera(view: LiveView, *, on: bool, device: str = "") -> bool:
    """The mirrored picture with its overlay, where this is called. Keep calling it while the page shows: with `on`
    False the browser lets its camera go, and with it goes all that this server keeps for it.

    `device` is the browser's id of the chosen camera, empty for the one it prefers. Returns False where this server
    was too busy to answer the browser in time: there will be no stream.
    """
    from streamlit_webrtc import WebRtcMode, webrtc_streamer
    from streamlit_webrtc.webrtc import SignallingTimeoutError

    for library in ("aioice", "aiortc", "streamlit_webrtc"):  # they log every address that a browser has
        logging.getLogger(library).setLevel(logging.ERROR)
    view.wanted, view.placed = on and view.placed, True
    name = f"{PLACE}-{view.number}"
    if (before := st.session_state.get(name)) is not None:
        # It takes two runs that a busy server has not counted in time for a page that was left, and ends the stream.
        before._last_rendered_run_count = None
    which: dict[str, object] = {"deviceId": {"exact": device}} if device else {"facingMode": "user"}
    size = {"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30, "max": 30}}
    try:
        webrtc_streamer(
            # A name for each stream: what a browser remembers under one it prefers to the device it is asked for, and a
            # component that was here before would begin at once, and then again when it is told to.
            key=name,
            mode=WebRtcMode.SENDRECV,
            rtc_configuration={"iceServers": list(settings().ice_servers)},
            media_stream_constraints={"video": {**size, **which}, "audio": False},
            # At its first run the component is told to wait: it would begin twice, once for each run until it is ready.
            desired_playing_state=view.wanted,
            queued_video_frames_callback=view.take,
            on_video_ended=view.end,
            sendback_audio=False,
            media_toggle_controls=False,
            video_html_attrs={"autoPlay": True, "controls": False, "muted": True, "style": _STYLE},
        )
    except SignallingTimeoutError:
        return False
    return True


_STYLE: dict[str, str | int | float] = {"width": "100%", "borderRadius": "12px"}
