"""Account forms: sign in, set up, join. The browser posts them to a route: only a route sets cookies."""

from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import streamlit as st

from core.domain.people import Role
from core.services.gate.passwords import SHORTEST
from core.services.gate.problems import PROBLEMS
from pages.shared.component import as_data, component, source
from pages.shared.state import state
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_door",
    html='<form class="door" method="post"></form>',
    css=source(_HERE / "door.css"),
    js=source(_HERE / "door.js"),
    isolate_styles=False,  # password managers look for fields in the page itself
)


@dataclass(frozen=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    type: str
    autocomplete: str
    """As in HTML."""
    hint: str = ""
    value: str = ""
    """Cannot be changed."""
    show: str = ""
    """The label of "show what I type"."""
    mode: str = ""
    """The keyboard of a phone ("numeric")."""


@dataclass(frozen=True)
class Form:
    """A form that is posted to `action`; `at_once` without waiting for a click."""

    action: str
    submit: str
    fields: tuple[Field, ...]
    hidden: dict[str, str] = field(default_factory=dict)
    at_once: bool = False


def show_form(form: Form) -> None:
    """Show `form`, with what was the matter the last time (`?problem=…`), and send the language along."""
    data = {
        "action": form.action,
        "submit": form.submit,
        "fields": [asdict(one) for one in form.fields],
        "hidden": {"language": state().language, **form.hidden},
        "problem": _problem(),
        "at_once": form.at_once,
    }
    _component(key="door", data=as_data(data))


def _problem() -> str:
    """What the address says was the matter, with the numbers that it names."""
    asked = st.query_params.to_dict()
    numbers = {name: value for name, value in asked.items() if value.isdecimal()}
    with suppress(KeyError):  # no problem, or an address that somebody made up
        return _(PROBLEMS[asked["problem"]]).format(**numbers)
    return ""


def code_field(value: str = "", hint: str = "") -> Field:
    return Field("code", _("Your code"), "text", "username", value=value, hint=hint)


def new_password(role: Role, label: str = "") -> Field:
    hint = _("At least {shortest} characters, as in a short sentence.").format(shortest=SHORTEST[role])
    label = label or _("Choose a password")
    return Field("password", label, "password", "new-password", hint, show=_("Show what I type"))


def old_password(name: str = "password", label: str = "") -> Field:
    return Field(name, label or _("Your password"), "password", "current-password", show=_("Show what I type"))
