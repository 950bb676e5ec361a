"""The screen of the exercise while the camera is live: what to do on the left, the mirror on the right; on a phone the
example beside the mirror, and under both what to do, on its side beside them.

Its skeleton is always the same, so that the browser keeps the stream from step to step.
"""

import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.domain.camera.ladder import Reason, Way
from core.domain.devices import device_kind
from core.domain.emotions import Emotion
from core.domain.people import Refusal
from core.services.exercise import expression
from core.services.gate.access import signed_in
from core.vision.reader import FaceReader
from pages.patient.camera.gate import go_elsewhere
from pages.patient.camera.live_view import LiveView
from pages.patient.camera.overlay import Overlay
from pages.patient.camera.state import CameraState, express_state
from pages.patient.camera.stream import claim_camera, show_camera
from pages.shared.emotions import label
from pages.shared.frame.again import run_again, step_button
from pages.shared.resources import rater, store
from pages.shared.state import state
from pages.shared.words import _

ASIDE, GLASS = 208, 460  # pixels of the 700 that a page of a patient has, the rest is the gap
EXAMPLE = 112  # pixels on a phone: the mirror beside it and the button under both fit on one screen
EVERY = 25  # frames from one search for faces to the next: fewer than one in twenty comes late by it
POLL = 0.5  # seconds from one look at the stream to the next
_ON_ITS_SIDE = f"<style>{(Path(__file__).parent / 'on_its_side.css').read_text(encoding='utf-8')}</style>"
ASKED_AGAIN = 5.0  # seconds after which a consent, withdrawn in another tab, ends the stream


def live_view(express: CameraState) -> LiveView:
    """The stream of this tab, begun where there is none. Where this server takes no more, the page is run again with
    the next way down."""
    if express.view is None:
        network = rater()
        express.view = LiveView(lambda: FaceReader(network, every=EVERY))
        express.hold, express.asked_at = None, time.monotonic()
        if not claim_camera(signed_in(store(), state().token).id, express.view):
            express.step_down(Way.STREAM, Reason.NO_PLACE)
            run_again()
    return express.view


def bars() -> Overlay:
    """Live bars, in the person's language."""
    return Overlay(tuple(label(emotion) for emotion in Emotion), large=is_phone())


def is_phone() -> bool:
    return device_kind(st.context.headers.get("User-Agent") or "") == "phone"


def show_live(
    title: str, aside: Callable[[], None], example: Callable[[], object] | None = None
) -> tuple[LiveView, DeltaGenerator] | None:
    """Title, what to do, an example of it, and the mirror; with the stream the place for what follows from it. None
    where another tab has the camera now."""
    express = express_state()
    view = live_view(express)
    st.title(title)
    phone = is_phone()
    with st.container(key="live-phone" if phone else "live"):
        with st.container(horizontal=True, gap="small"):
            with st.container(width=ASIDE if not phone else EXAMPLE if example else "content"):
                if example:
                    example()
                if not phone:
                    aside()
            with st.container(key="mirror", width="stretch" if phone else GLASS):
                answered = show_camera(view, on=not view.taken, device=express.found.device if express.found else "")
        place = st.container()
    if phone:
        with place:
            aside()
    st.html(_ON_ITS_SIDE)
    if not answered:
        express.step_down(Way.STREAM, Reason.STREAM_BLOCKED)
        run_again()
    if not view.taken:
        return view, place
    st.info(_("The camera is in use in another tab of yours. It can be in one tab only."))
    step_button(_("Use it here"), express.begin_again, type="primary", width="stretch")
    go_elsewhere()
    return None


def stays_live(view: LiveView) -> bool:
    """To be asked at each look at the stream: False, and the page is run again, where it ended or broke off."""
    express = express_state()
    if express.view is not view or view.taken or view.over:
        run_again()
    if not _still_allowed(express):
        express.drop_view()
        run_again()
    if view.silent or (not view.began and express.waited):
        express.step_down(Way.STREAM, Reason.GAVE_WAY if view.silent else Reason.STREAM_BLOCKED)
        run_again()
    if view.began and not view.still:
        return True
    if view.began:
        st.markdown(_("The picture stands still. One moment, please."))
    else:
        st.markdown(_("The camera is starting. This takes a few seconds."))
    return False


def _still_allowed(express: CameraState) -> bool:
    """Whether the person is still signed in and agrees to the camera."""
    if time.monotonic() - express.allowed_at < ASKED_AGAIN:
        return True
    try:
        expression.require_camera(store(), state().token)
    except Refusal:
        return False
    express.allowed_at = time.monotonic()
    return True
