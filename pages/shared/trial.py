"""The trial: a Streamlit component that paints a face, takes the answer and stamps both with the browser's clock.

Use one key per block, not per face: a key that changes remounts the component, which loses what it preloaded and
lets a double click through. The same event may come twice: `Block.answer` ignores a number answered before.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.shared.component import as_data
from pages.shared.palette import css_variables
from pages.shared.trial_events import TrialEvent, parse_event
from pages.shared.trial_view import TrialView

_HERE = Path(__file__).parent
_SCRIPTS = ("elements.js", "trial_face.js", "trial_outbox.js", "heat_map.js", "trial_feedback.js", "trial.js")


def _source(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


_component = st.components.v2.component(
    "lexithymia_trial",
    html=_source("trial.html"),
    css=css_variables() + _source("trial.css", "heat_map.css"),
    js=_source(*_SCRIPTS),
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
