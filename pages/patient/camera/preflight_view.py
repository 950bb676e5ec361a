"""Preflight check of the camera: four ticks, and which way faces get to the network today."""

import streamlit as st

from core.domain.camera.ladder import Reason, Way, ticks, way
from pages.patient.camera import words
from pages.patient.camera.gate import go_elsewhere
from pages.patient.camera.live_view import LiveView
from pages.patient.camera.overlay import Overlay
from pages.patient.camera.preflight import ask_for_camera
from pages.patient.camera.screen import POLL, show_live, stays_live
from pages.patient.camera.state import BrowserCameras, express_state
from pages.shared.frame.again import run_again, step_button
from pages.shared.words import _

_ADVICE = {Reason.TOO_DARK, Reason.NO_FACE, Reason.TWO_FACES, Reason.TOO_SMALL}
"""What the person can change while they watch the ticks."""


def show_preflight() -> None:
    """Ask for the camera, then tick off what it takes; ends with `express_state().way`."""
    express = express_state()
    title = _("Is everything ready?")
    before = express.found
    if before is None or before.permission != "granted":
        st.title(title)
        st.markdown(_("Your browser will ask whether this page may use the camera. Nothing is stored."))
        _take_over_cameras(ask_for_camera(express.found))
        _without_stream()
        return

    def aside() -> None:
        _take_over_cameras(ask_for_camera(before))
        _show_ticks()

    live = show_live(title, aside)
    if live is not None:
        view, place = live
        view.show(Overlay())
        with place:
            _watch(view)


def _take_over_cameras(found: BrowserCameras | None) -> None:
    express = express_state()
    if found is not None and found != express.found:
        express.begin_again()
        express.found = found
        run_again()


@st.fragment(run_every=POLL)
def _show_ticks() -> None:
    ticked = ticks(express_state().facts())
    signs = {True: ":material/check_circle:", False: ":material/radio_button_unchecked:", None: ":material/pending:"}
    said = {True: _("yes"), False: _("not yet"), None: _("one moment")}
    with st.container(key="ticks"):
        st.markdown("  \n".join(f"{signs[fits]} {words.tick(item)} ({said[fits]})" for item, fits in ticked.items()))


@st.fragment(run_every=POLL)
def _watch(view: LiveView) -> None:
    """What to change about the picture, and the way on once nothing is missing."""
    express = express_state()
    if not stays_live(view):
        return
    facts = express.facts()
    open_way, reason = way(facts)
    if facts.frames_per_second is None:
        st.markdown(_("One moment: looking at the picture."))
        return
    if open_way is Way.STREAM:
        st.markdown(_("Everything is ready."))
        step_button(_("Go on"), express.go, Way.STREAM, None, type="primary", width="stretch")
        return
    assert reason is not None
    st.warning(words.why(reason) + ("" if reason in _ADVICE else " " + words.instead(open_way)))
    kind = "tertiary" if reason in _ADVICE else "primary"
    step_button(_("Go on without the live picture"), express.step_down, Way.STREAM, reason, type=kind)
    go_elsewhere()


def _without_stream() -> None:
    """No camera yet: after a refusal say why, and offer what is open all the same."""
    express = express_state()
    reason = None
    if express.found is not None:
        open_way, reason = way(express.facts())
        assert reason is not None
        st.info(words.why(reason) + " " + words.instead(open_way))
    step_button(_("Go on with pictures from a file"), express.go, Way.FILE, reason, width="stretch")
    go_elsewhere()
