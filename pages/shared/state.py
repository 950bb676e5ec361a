"""What one browser tab remembers: a typed object for the frame, and one for each room that needs one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from core.domain.exercise.trials import Block
from core.domain.language import SOURCE
from core.services.accounts.sign_in import HalfIn
from core.services.clinic.in_room import HandedOver

_KEY = "lexithymia"
_State = TypeVar("_State")


@dataclass
class AppState:
    """All that one browser tab remembers."""

    token: str = ""
    """The sign-in's secret, from the cookie."""
    administrator: bool = False
    """Whether the person is one."""
    half_in: HalfIn | None = None
    """Whose second factor is still due."""
    handed_over: HandedOver | None = None
    """For which run a clinician has handed this browser over."""
    recovery_codes: list[str] = field(default_factory=list)
    """New ones, to be written down."""
    language: str = SOURCE
    page: str = ""
    """Address of the page of the last run."""
    run: str | None = None
    """The run of faces on the screen, if any."""
    trying: str | None = None
    """The same of a visitor, of whom nothing is kept."""
    paused: bool = False
    """The person asked to stop for now."""
    over: str | None = None
    """The run that has just ended."""
    tried: Block | None = None
    """A visitor's run that has just ended."""
    flash: str | None = None
    """A sentence to be shown once."""
    link: str = ""
    """The secret of an invitation that was just made, to be shown once."""
    emptied: dict[str, int] = field(default_factory=dict)
    """How often each form was emptied."""
    typed: dict[str, str | float | date] = field(default_factory=dict)
    """What stood in the fields of a page that could not be shown, by their keys."""
    expression_over: str | None = None
    """The run before the camera that has just ended."""

    @property
    def playing(self) -> bool:
        """Whether a run of faces is on the screen, and nothing else shall be."""
        return self.run is not None or self.trying is not None


def state() -> AppState:
    """The state of the tab that is running this script."""
    return tab_state(AppState, _KEY)


def tab_state(kind: type[_State], key: str) -> _State:
    """The one object of `kind` that this tab keeps under `key`; a new one the first time. All go when the person at the
    tab changes."""
    own: _State | None = st.session_state.get(key)
    if own is None:
        st.session_state[key] = own = kind()
    return own


def text_value(key: str) -> str:
    """What stands in the text field with this key, for what happens at a click before the page is run."""
    return str(st.session_state.get(key, ""))


def field_value(key: str) -> Any:
    """What stands in the field with this key, of whatever type its widget gives; None if nothing."""
    return st.session_state.get(key)


def form_key(name: str) -> str:
    """Of the form called `name`, and how those of its fields begin: another one each time it was emptied. A form is
    emptied once what it held was taken; what was refused, or could not be saved, stays in it."""
    return f"{name}-{state().emptied.get(name, 0)}"


def empty_form(name: str) -> None:
    """From the next run of the page on there is nothing in this form."""
    app = state()
    app.emptied[name] = app.emptied.get(name, 0) + 1


def keep_typed() -> None:
    """Before a page that cannot be shown: Streamlit forgets what stands in fields that it did not meet."""
    typed = {key: value for key, value in st.session_state.items() if isinstance(value, str | int | float | date)}
    state().typed |= {str(key): value for key, value in typed.items() if not isinstance(value, bool)}  # no buttons


def restore_typed() -> None:
    """Before a page is shown: what `keep_typed` kept."""
    app = state()
    for key, value in app.typed.items():
        st.session_state.setdefault(key, value)
    app.typed = {}


def component_value(key: str, name: str) -> Any:
    """What the component with this key has just told as `name`, for what happens before the page is run."""
    value = st.session_state.get(key)
    return value.get(name) if value is not None else None
