"""Player component: plays a run in the browser, from its first item to its last; the script runs again at the end.

Faces, answers and feedback go through the routes of `core.web.runs`. Pages say which run, in which words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.exercise.events import Answered, NotUnderstood, RunEvent, parse_event
from core.domain.exercise.trials import Kind
from pages.shared.component import ELEMENTS, as_data, source
from pages.shared.emotions import label
from pages.shared.palette import css_variables
from pages.shared.recognise import FACE_SCRIPT, HEAT_MAP_SCRIPT, HEAT_MAP_STYLE
from pages.shared.recognise.view import capital
from pages.shared.state import component_value
from pages.shared.words import _, language

_HERE = Path(__file__).parent
_STEPS = sorted((_HERE / "steps").glob("*.js"))
_PARTS = [_HERE / f"{name}.js" for name in ("clock", "keys", "outbox", "pictures")]
_component = st.components.v2.component(
    "lexithymia_player",
    html=source(_HERE / "player.html"),
    css=css_variables() + source(_HERE / "player.css", HEAT_MAP_STYLE),
    js=source(ELEMENTS, *_PARTS, FACE_SCRIPT, HEAT_MAP_SCRIPT, *_STEPS, _HERE / "player.js"),
)


@dataclass(frozen=True)
class Ended:
    """How the person left a run. `answers` of a run that nobody keeps."""

    stopped: bool
    answers: tuple[Answered, ...] = ()


def play(run_id: str, kind: Kind, *, first: int, after: str, on_end: Callable[[Ended], None]) -> None:
    """Play the run with this name. `on_end` is called when it is over or the person stops for now, before the script
    runs; `first`: the face that is probably the first one; `after`: the address of the page that comes then, should
    that not work."""
    key = f"player-{run_id}"

    def changed() -> None:
        ended = parse_ended(component_value(key, "event"))
        if ended is not None:
            on_end(ended)

    data = {
        "run": run_id,
        "step": "face",
        "keeps": kind is not Kind.TRYOUT,
        "asks_best_guess": kind is Kind.CHECK,
        "language": language(),
        "first": first,
        "after": after,
        "answers": [{"response": e.word, "label": capital(label(e))} for e in Emotion],
        "words": _words(kind),
    }
    _component(key=key, data=as_data(data), on_event_change=changed)


def parse_ended(payload: object) -> Ended | None:
    """What the player told last; None for anything else."""
    if not isinstance(payload, Mapping) or payload.get("type") not in ("over", "stopped"):
        return None
    answers = payload.get("answers", [])
    try:
        events: list[RunEvent] = [parse_event(answer) for answer in answers] if isinstance(answers, list) else []
    except (NotUnderstood, AttributeError):
        events = []
    return Ended(payload["type"] == "stopped", tuple(event for event in events if isinstance(event, Answered)))


def _words(kind: Kind) -> dict[str, str]:
    tryout = kind is Kind.TRYOUT
    return {
        "progress": _("{position} of {of}"),
        "face": _("A face, {position} of {of}"),
        "question": _("What does this face show?"),
        "best_guess": _("If you had to choose?"),
        "not_sure": _("Not sure"),
        "cannot_see": _("I cannot see this picture"),
        "stop": _("Stop for now"),
        "stop_note": _("Nothing of this is kept.") if tryout else _("Nothing is lost. You can go on later."),
        "ready": _("Show the face"),
        "ready_note": _("You will see it for a short moment."),
        "same": _("the same"),
        "different": _("different"),
        "why": _("Why?"),
        "slider": _("From neutral to full"),
        "about": _("More about the computer (new tab)"),
        "next": _("Next"),
        "result": _("See the result"),
        "go_on": _("Go on"),
        "saving": _("Saving…"),
        "no_connection": _("No connection just now.")
        if tryout
        else _("No connection just now. Your answers are kept here and go when it is back."),
        "signed_out": _("You are signed out. Your answers are kept here: sign in again, and they go."),
        "sign_in": _("Sign in"),
        "keep_open": _("Please keep this page open until the end: this browser lets us keep nothing."),
    }
