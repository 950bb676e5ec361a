"""Expression run on the screen: the face at rest first, then try by try. Show it asks, Name it lets the person ask.

A try is `Hold`'s countdown and two seconds on the live stream, or one picture. What came of it is recorded before it
is said.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.domain.camera.expression import Attempt, ExpressionKind, ExpressionRun, Try
from core.domain.camera.hold import Hold, Phase, Reading
from core.domain.camera.ladder import Reason, Way
from core.domain.camera.shape import moved
from core.domain.emotions import Emotion
from core.domain.files import FileRefused
from core.media.decoder import decode_given
from core.services.exercise import expression
from core.storage.database import Store
from core.vision.mesh import shape_of
from core.vision.reader import FaceReader
from pages.patient.camera import words
from pages.patient.camera.live_view import LiveView
from pages.patient.camera.overlay import Overlay
from pages.patient.camera.screen import POLL, show_live, stays_live
from pages.patient.camera.seen_bars import show_bars
from pages.patient.camera.snapshot import Snapshot, take_snapshot
from pages.patient.camera.state import CameraScreen, express_state
from pages.patient.camera.tasks import say_way
from pages.shared.emotions import label
from pages.shared.express.words import beside_rest, saw
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.frame.again import run_again, step_button
from pages.shared.quiet import quiet
from pages.shared.recognise.cues import cue
from pages.shared.resources import rater, store
from pages.shared.state import state
from pages.shared.words import _

RESULT = "pages/patient/expression_result.py"
REST = 0
"""The number under which the face at rest is taken; tries count from 1."""


def show_run() -> None:
    """The run where it stands."""
    express = express_state()
    run = express.run
    assert run is not None
    told_try = next(
        (attempt for attempt in run.tries if attempt.number == express.told and attempt.reading is not None), None
    )
    attempt = told_try or run.current
    if attempt is None:
        end(run)
    elif express.way is Way.STREAM:
        live = show_live(_heading(run, attempt), lambda: _aside(run, attempt), _example(run, attempt))
        if live is not None:
            view, place = live
            view.show(Overlay(), express.hold)
            with place:
                _attempt(view)
    else:
        st.title(_heading(run, attempt))
        if told_try is None and express.reading is None:
            say_way()
        show_example = _example(run, attempt)
        if show_example:
            show_example()
        _aside(run, attempt)
        if told_try is None and express.reading is None:
            _take_picture(run, attempt)
        _after(run, attempt)
    show_flash()
    step_button(_("Stop here. What you did is kept."), _over, expression.stop, run, type="tertiary")


def _over(finish: Callable[[Store, str, str], object], run: ExpressionRun) -> None:
    with flash_refusals():
        finish(store(), state().token, run.id)
        end(run)


def end(run: ExpressionRun) -> None:
    """The run is over: on to its result, away from the camera."""
    express = express_state()
    express.drop_view()
    express.run, express.step, express.way, express.found = None, CameraScreen.CHOICE, None, None
    state().expression_over = run.id
    st.switch_page(RESULT)


def _heading(run: ExpressionRun, attempt: Try) -> str:
    if run.baseline is None:
        return _("First your face at rest")
    if run.task is ExpressionKind.SHOW and attempt.meant is not None:
        return _("Show: {emotion}").format(emotion=label(attempt.meant))
    return _("Name it")


def _aside(run: ExpressionRun, attempt: Try) -> None:
    """What to do."""
    if run.baseline is None:
        st.markdown(_("Relax all the muscles of your face. Later faces are compared with this one."))
        return
    quiet(_("{number} of {all}").format(number=attempt.number, all=run.length))
    if run.task is ExpressionKind.NAME:
        st.markdown(_("Think of an emotion and show it. Afterwards you say which one it was."))
        return
    assert attempt.meant is not None
    quiet(cue(attempt.meant))


def _example(run: ExpressionRun, attempt: Try) -> Callable[[], object] | None:
    """In Show it: shows a face that shows what is asked for."""
    if run.baseline is None or attempt.meant is None or run.task is ExpressionKind.NAME:
        return None
    example = expression.examples(store(), state().token, run.id).get(attempt.number)
    words = _("A face that shows {emotion}").format(emotion=label(attempt.meant))
    return None if example is None else partial(st.image, example[1], width="stretch", alt=words)


@st.fragment(run_every=POLL)
def _attempt(view: LiveView) -> None:
    """A try on the live stream: begin, count, hold, and what came of it."""
    express = express_state()
    run = express.run
    if run is None or not stays_live(view):
        return
    hold = express.hold
    if hold is not None and hold.reading is not None:
        express.hold = None
        view.show(Overlay())
        _read(run, hold.reading)
    elif hold is not None:
        st.progress(hold.filled if hold.phase is Phase.HOLDING else 0.0, text=words.now(hold))
        st.button(_("Count again"), on_click=view.repeat, width="stretch")
    elif express.told is None and express.reading is None:
        st.button(_("Begin the countdown"), on_click=_begin_hold, args=(view,), type="primary", width="stretch")
        _offer_skip(run)
    else:
        attempt = next((t for t in run.tries if t.number == express.told), None) or run.current
        if attempt is not None:
            _after(run, attempt)


def _begin_hold(view: LiveView) -> None:
    hold = Hold()
    express_state().hold = hold
    view.show(Overlay(), hold)


def _take_picture(run: ExpressionRun, attempt: Try) -> None:
    """A try with a single picture, or with one from a file."""
    express = express_state()
    number = REST if run.baseline is None else attempt.number
    device = express.found.device if express.found else ""
    taken = take_snapshot("camera" if express.way is Way.SNAPSHOT else "file", number, device)
    _offer_skip(run)
    if taken is None or taken.number != number:
        return
    if taken.picture is None:
        express.step_down(Way.SNAPSHOT, Reason.NO_CAMERA)
        run_again()
    problem = _read_picture(run, taken)
    if problem:
        st.warning(problem)


def _read_picture(run: ExpressionRun, taken: Snapshot) -> str:
    """Read it, or say what is wrong with it."""
    assert taken.picture is not None
    try:
        grey = decode_given(taken.picture)
    except FileRefused:
        return _("This file is no picture that your browser can show. Please choose another.")
    reader = FaceReader(rater(), smoothing=0, every=1)
    seen = [reader.read(grey, at) for at in (0.0, 0.1)][-1]  # a second face counts once it was found twice
    if len(seen.faces) != 1:
        problem = _("There is no face in this picture. Please take another.")
        return problem if not seen.faces else _("There is more than one face in this picture. Please take another.")
    _read(run, Reading(seen.faces[0].raw, 1, shape_of(grey)))
    return ""


def _read(run: ExpressionRun, reading: Reading) -> None:
    """Keep what was read, or in Name it keep it back until the person has said what it was."""
    express, current = express_state(), run.current
    assert express.way is not None
    assert current is not None
    with flash_refusals():
        if run.baseline is None:
            network = rater().network
            express.run = expression.set_baseline(store(), state().token, run.id, reading, express.way, network)
            _remember(REST, reading)
        elif run.task is ExpressionKind.NAME:
            express.reading = reading
        else:
            _record(run, current.number, current.meant, reading)
    run_again()


def _record(run: ExpressionRun, number: int, meant: Emotion | None, reading: Reading) -> None:
    express = express_state()
    assert express.way is not None
    attempt = Attempt(meant, reading, express.way, rater().network)
    express.run = expression.record(store(), state().token, run.id, number, attempt)
    express.reading, express.told = None, number
    _remember(number, reading)


def _remember(number: int, reading: Reading) -> None:
    if reading.shape is not None:
        express_state().shapes[number] = reading.shape


def _after(run: ExpressionRun, attempt: Try) -> None:
    """Ask what it was, or say what the network saw."""
    express = express_state()
    if express.reading is not None:
        _ask_for_word(run, attempt, express.reading)
    elif express.told is not None and attempt.reading is not None:
        st.markdown(f"{saw(run, attempt)} {_places(attempt)}")
        words = _("To the result") if run.current is None else _("Next")
        step_button(words, _go_on, run, type="primary", width="stretch")
        compared = beside_rest(run, attempt)
        if compared:
            st.markdown(compared)
        show_bars(attempt.reading, run.baseline, key=f"bars-{run.id}-{attempt.number}")
        quiet(_("The thin line is your face at rest. The computer can be wrong."))


def _places(attempt: Try) -> str:
    """Which parts of the face moved as the emotion moves them; empty where the face at rest was not measured."""
    shapes = express_state().shapes
    rest, shape = shapes.get(REST), shapes.get(attempt.number)
    if rest is None or shape is None or attempt.meant is None:
        return ""
    return words.what_moved(attempt.meant, moved(attempt.meant, rest, shape))


def _go_on(run: ExpressionRun) -> None:
    express_state().told = None
    if run.current is None:
        end(run)


def _ask_for_word(run: ExpressionRun, attempt: Try, reading: Reading) -> None:
    """The person's own word comes before the network's."""
    st.markdown(_("Which emotion did you show?"))
    with st.container(horizontal=True):
        for meant in (*Emotion, None):
            name = _("not sure") if meant is None else label(meant)
            key = f"word-{meant if meant is None else meant.word}"
            step_button(name, _keep_word, run, attempt.number, meant, reading, key=key)


def _keep_word(run: ExpressionRun, number: int, meant: Emotion | None, reading: Reading) -> None:
    with flash_refusals():
        _record(run, number, meant, reading)


def _offer_skip(run: ExpressionRun) -> None:
    """In Show it one may go on without an emotion; in Name it one may be done at any time after the first."""
    if run.baseline is None or run.current is None:
        return
    if run.task is ExpressionKind.SHOW:
        step_button(_("Go on without this one"), _skip, run, run.current, type="tertiary")
    elif run.made:
        step_button(_("I am done"), _over, expression.finish, run, type="tertiary")


def _skip(run: ExpressionRun, one: Try) -> None:
    with flash_refusals():
        express_state().run = expression.skip(store(), state().token, run.id, one.number)
