"""Tasks of the expression exercise once the way is known: choose, Mirror, begin Show it or Name it."""

import streamlit as st

from core.domain.camera.expression import ExpressionKind
from core.domain.camera.ladder import Way
from core.domain.exercise.programme import DayPart
from core.domain.practice.reviews import Pair
from core.services.exercise import expression, programme
from pages.patient.camera import words
from pages.patient.camera.gate import go_elsewhere
from pages.patient.camera.live_view import LiveView
from pages.patient.camera.overlay import Overlay
from pages.patient.camera.screen import bars, show_live, stays_live
from pages.patient.camera.state import CameraScreen, express_state
from pages.patient.parts.day_steps import in_the_day
from pages.shared.browser import browser
from pages.shared.emotions import label
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.frame.again import step_button
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

SLOWLY = 2.0  # seconds, so that words can be read


def show_choice() -> None:
    """The tasks that are open on this way."""
    express = express_state()
    title = _("Show an emotion")
    if express.way is Way.STREAM:
        live = show_live(title, _choices)
        if live is None:
            return
        view, place = live
        view.show(Overlay())
        with place:
            _keep_watch(view)
    else:
        st.title(title)
        say_way()
        _choices()
    show_flash()
    go_elsewhere()


def say_way() -> None:
    """Why it is not the live picture, how it goes on, and the way back to it."""
    express = express_state()
    assert express.way is not None
    if express.why is not None:
        st.info(f"{words.why(express.why)} {words.instead(express.way)}")
    step_button(_("Try the camera again"), express.begin_again, type="tertiary")


def _choices() -> None:
    if in_the_day(DayPart.SHOW):
        _pair_of_the_day()
        return
    if express_state().way is Way.STREAM:
        step_button(_("Mirror"), _go_to, CameraScreen.MIRROR, width="stretch")
        quiet(_("Try faces out and see what the computer makes of them. Nothing is kept."))
    step_button(_("Show it"), _begin, ExpressionKind.SHOW, width="stretch", type="primary")
    quiet(_("You are asked for seven emotions, one after the other. You see an example for each."))
    step_button(_("Name it"), _begin, ExpressionKind.NAME, width="stretch")
    quiet(_("You show what you like and say what it was. Then you hear what the computer saw."))


def _pair_of_the_day() -> None:
    """The one thing to do, where this is a part of the day."""
    pair = programme.pair_to_show(store(), state().token)
    one, other = (label(emotion) for emotion in pair)
    said = _("Today’s two are **{one}** and **{other}**. You show each of them twice, beside an example.")
    st.markdown(said.format(one=one, other=other))
    step_button(_("Show it"), _begin, ExpressionKind.SHOW, pair, width="stretch", type="primary")


def _go_to(step: CameraScreen) -> None:
    express_state().step = step


def _begin(task: ExpressionKind, pair: Pair | None = None) -> None:
    express = express_state()
    assert express.way is not None
    with flash_refusals():
        express.run = expression.begin(store(), state().token, browser(), task, express.way, pair)
        express.step, express.hold, express.reading, express.told = CameraScreen.RUN, None, None, None
        express.shapes = {}


def show_mirror() -> None:
    """Free play, of which nothing is stored."""
    expression.require_camera(store(), state().token)
    live = show_live(_("Mirror"), _beside_mirror)
    if live is not None:
        view, place = live
        view.show(bars())
        with place:
            _say_seen(view)


def _beside_mirror() -> None:
    st.markdown(_("Move your face and watch the bars: they show what the computer sees just now."))
    quiet(_("It can be wrong. It looks at one moment and does not know what you feel."))
    step_button(_("Back to the choice"), _go_to, CameraScreen.CHOICE, width="stretch")


@st.fragment(run_every=SLOWLY)
def _say_seen(view: LiveView) -> None:
    """The bars in words."""
    if not stays_live(view):
        return
    seen = view.seen
    if seen is None or not seen.faces:
        st.markdown(_("There is no face in the picture. Please sit so that your face is in the middle."))
    elif len(seen.faces) > 1:
        st.markdown(_("There is more than one face in the picture. Please be alone before the camera."))
    else:
        st.markdown(_("Just now the computer sees mostly **{emotion}**.").format(emotion=label(seen.faces[0].top)))


@st.fragment(run_every=SLOWLY)
def _keep_watch(view: LiveView) -> None:
    stays_live(view)
