"""All that one browser tab remembers: one typed object under one key."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from core.domain.caseload import Wish
from core.domain.seen import Read
from core.domain.trials import Block
from core.services.sign_in import HalfIn
from pages.shared.express_state import Express

_KEY = "lexithymia"


@dataclass
class AppState:
    """`token` is the sign-in's secret from the cookie, `administrator` whether its person is one; `half_in` is whose
    second factor is still due, `recovery_codes` are new ones to be written down; `block` is the run
    of faces on the screen, if any; `feedback_for` the number of the trial whose feedback is shown; `paused`: the
    person asked to stop for now; `over` is the block that has just ended, `trouble` a sentence to be shown once;
    `express` is where they stand before the camera, `expression_over` the run there that has just ended;
    `read_files` is what was seen in the files on the screen, by their ids; `wish` is what the list of patients
    shows."""

    token: str = ""
    administrator: bool = False
    half_in: HalfIn | None = None
    recovery_codes: list[str] = field(default_factory=list)
    language: str = "en"
    block: Block | None = None
    feedback_for: int | None = None
    paused: bool = False
    over: Block | None = None
    trouble: str | None = None
    express: Express = field(default_factory=Express)
    expression_over: str | None = None
    read_files: dict[str, Read] = field(default_factory=dict)
    wish: Wish = field(default_factory=Wish)


def state() -> AppState:
    """The state of the tab that is running this script."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = AppState()
    found: AppState = st.session_state[_KEY]
    return found


def typed(key: str) -> str:
    """What stands in the text field with this key, for what happens at a click before the page is run."""
    return str(st.session_state.get(key, ""))


def told(key: str, name: str) -> Any:
    """What the component with this key has just told as `name`, for what happens before the page is run."""
    found = st.session_state.get(key)
    return found.get(name) if found is not None else None
