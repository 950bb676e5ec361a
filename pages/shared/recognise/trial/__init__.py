"""Trial component (Streamlit): paints a face, takes the answer and stamps both with the browser's clock.

Use one key per block, not per face: a key that changes remounts the component, which loses what it preloaded and
lets a double click through. The same event may come twice: `Block.answer` ignores a number answered before.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.shared.component import ELEMENTS, as_data, source
from pages.shared.palette import css_variables
from pages.shared.recognise import FACE_SCRIPT, HEAT_MAP_SCRIPT, HEAT_MAP_STYLE
from pages.shared.recognise.events import TrialEvent, parse_event
from pages.shared.recognise.view import TrialView

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "lexithymia_trial",
    html=source(_HERE / "trial.html"),
    css=css_variables() + source(_HERE / "trial.css", HEAT_MAP_STYLE),
    js=source(
        ELEMENTS,
        FACE_SCRIPT,
        _HERE / "trial_outbox.js",
        HEAT_MAP_SCRIPT,
        _HERE / "trial_feedback.js",
        _HERE / "trial.js",
    ),
)


def show_trial(view: TrialView, *, key: str, on_event: Callable[[TrialEvent], None] | None = None) -> TrialEvent | None:
    """Show one face, or the feedback to it, and return what the person did since the last run, if anything.

    `on_event` gets the same event before the script runs, so that the next face needs one run and no `st.rerun`.
    The component repeats an answer, "next" or "stop" until `view` shows another number or stage.
    """

    def changed() -> None:
        event = parse_event(st.session_state[key].get("event"))
        if event is not None and on_event is not None:
            on_event(event)

    result = _component(key=key, data=as_data(view.data()), on_event_change=changed)
    return parse_event(result.get("event"))
