"""All that one browser tab remembers: one typed object under one key."""

from dataclasses import dataclass

import streamlit as st

from core.domain.trials import Block

_KEY = "lexithymia"


@dataclass
class AppState:
    """`token` is the sign-in's secret from the cookie, `administrator` whether its person is one; `block` is the run
    of faces on the screen, if any; `feedback_for` the number of the trial whose feedback is shown; `paused`: the
    person asked to stop for now; `over` is the block that has just ended, `trouble` a sentence to be shown once."""

    token: str = ""
    administrator: bool = False
    language: str = "en"
    block: Block | None = None
    feedback_for: int | None = None
    paused: bool = False
    over: Block | None = None
    trouble: str | None = None


def state() -> AppState:
    """The state of the tab that is running this script."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = AppState()
    found: AppState = st.session_state[_KEY]
    return found
