"""A page, drawn again from its top once what it shows stands elsewhere.

Streamlit draws what stands above before it hears what comes below, and a click in a fragment draws that fragment alone.
"""

from collections.abc import Callable
from typing import Any, NoReturn

import streamlit as st


def run_again() -> NoReturn:
    """Draw the whole page now; what it draws from has just changed, or the next run would come here too.

    For what is learnt while the page is drawn: a look at the stream finds it ended, the browser answers.
    """
    st.rerun()


def step_button(label: str, take: Callable[..., None], *args: Any, **look: Any) -> None:
    """A button that takes a step with `take(*args)` before the whole page is drawn, from within a fragment too.

    `look` goes to `st.button`.
    """

    def clicked() -> None:
        take(*args)
        run_again()

    st.button(label, on_click=clicked, **look)
