"""Questionnaire component: asks item by item in the browser and keeps each; the script runs again at the end."""

from pathlib import Path

from core.services.clinic.filling_in import OpenForm
from pages.shared.component import as_data, component, source
from pages.shared.palette import css_variables
from pages.shared.player import FORM
from pages.shared.state import component_value
from pages.shared.words import _, language

_HERE = Path(__file__).parent
_KEY = "questionnaire"
_component = component(
    "lexithymia_questionnaire",
    html=source(_HERE / "questionnaire.html"),
    css=css_variables() + source(_HERE / "questionnaire.css"),
    js=source(*FORM, _HERE / "questionnaire.js"),
)


def show_questionnaire(begun: OpenForm) -> None:
    """Go on with a questionnaire."""
    items, spoken = begun.items, begun.language
    data = {
        "id": begun.id,
        "language": language(),
        "spoken": spoken,
        "instruction": items.instruction[spoken],
        "answers": [{"value": one.value, "label": one.label[spoken]} for one in items.answers],
        "items": [item.text[spoken] for item in items.items],
        "given": [{"item": number, "value": value} for number, value in begun.given.items()],
        "words": {
            "progress": _("{position} of {of}"),
            "skip": _("Leave this one out"),
            "back": _("Back"),
            "stop": _("Stop for now"),
            "stop_note": _("What you answered is kept."),
            "saving": _("Saving…"),
            "no_connection": _("No connection just now. Your answers are kept here and go when it is back."),
            "signed_out": _("You are signed out. Your answers are kept here: sign in again, and they go."),
            "sign_in": _("Sign in"),
            "keep_open": _("Please keep this page open until the end: this browser lets us keep nothing."),
        },
    }
    _component(key=_KEY, data=as_data(data), on_event_change=lambda: None)


def left() -> str | None:
    """How the person has just left it: "over", or "stopped" for now."""
    told = component_value(_KEY, "event")
    return told if told in {"over", "stopped"} else None
