"""Player component: plays a run in the browser, from its first item to its last; the script runs again at the end.

Faces, answers and feedback go through the routes of `core.web.runs`. Pages say which run, in which words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from core.domain.emotions import Emotion
from core.domain.exercise.events import Answered, NotUnderstood, RunEvent, parse_event
from core.services.exercise.runs import Begun
from core.translations import say
from pages.shared.component import ELEMENTS, KEPT, THEME, as_data, component, source
from pages.shared.emotions import label
from pages.shared.palette import css_variables
from pages.shared.recognise import FACE_SCRIPT, HEAT_MAP_SCRIPT, HEAT_MAP_STYLE, MOVING_SCRIPT
from pages.shared.recognise.view import capital
from pages.shared.state import component_value
from pages.shared.words import _, language

_HERE = Path(__file__).parent
OUTBOX = _HERE / "outbox.js"
"""Keeps what a page tells until the server has it."""
FORM = (ELEMENTS, THEME, KEPT, OUTBOX, _HERE / "form.js")
"""With it what every form has that is told part by part."""
_STEPS = sorted((_HERE / "steps").glob("*.js"))
_PARTS = [_HERE / f"{name}.js" for name in ("clock", "keys", "conditions", "outbox", "pictures", "steps")]
_component = component(
    "lexithymia_player",
    html=source(_HERE / "player.html"),
    css=css_variables() + source(*(_HERE / f"{name}.css" for name in ("player", "lesson", "vignette")), HEAT_MAP_STYLE),
    js=source(
        ELEMENTS, THEME, KEPT, *_PARTS, FACE_SCRIPT, MOVING_SCRIPT, HEAT_MAP_SCRIPT, *_STEPS, _HERE / "player.js"
    ),
)


@dataclass(frozen=True)
class Ended:
    """How the person left a run. `answers` of a run that nobody keeps."""

    stopped: bool
    answers: tuple[Answered, ...] = ()


def play(run: Begun, *, after: str, on_end: Callable[[Ended], None]) -> None:
    """Play a run. `on_end` is called when it is over or the person stops for now, before the script runs; `after`: the
    address of the page that comes then, should that not work."""
    # Streamlit refuses a key with two underscores in a row, which the name of a try-out may have.
    key, task = f"player-{sha256(run.id.encode()).hexdigest()[:16]}", run.task

    def changed() -> None:
        ended = parse_ended(component_value(key, "event"))
        if ended is not None:
            on_end(ended)

    answers = {response: say(language(), said) for response, said in task.answers.items()} or {
        e.word: label(e) for e in Emotion
    }
    data = {
        "run": run.id,
        "step": task.step,
        "keeps": run.keeps,
        "measured": run.measured,
        "language": language(),
        "first": run.next,
        "after": after,
        "answers": [{"response": response, "label": capital(said)} for response, said in answers.items()],
        "words": {name: say(language(), said) for name, said in task.words.items()} | _words(run.keeps),
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


def _words(keeps: bool) -> dict[str, str]:
    """What the player says in every task."""
    line = _("No connection just now. Your answers are kept here and go when it is back.")
    return {
        "progress": _("{position} of {of}"),
        "stop": _("Stop for now"),
        "stop_note": _("Nothing is lost. You can go on later.") if keeps else _("Nothing of this is kept."),
        "next": _("Next"),
        "result": _("See the result"),
        "go_on": _("Go on"),
        "saving": _("Saving…"),
        "too_quick": _("That was too quick to count. Let the key go, then press it once."),
        "no_connection": line if keeps else _("No connection just now."),
        "signed_out": _("You are signed out. Your answers are kept here: sign in again, and they go."),
        "sign_in": _("Sign in"),
        "keep_open": _("Please keep this page open until the end: this browser lets us keep nothing."),
    }
