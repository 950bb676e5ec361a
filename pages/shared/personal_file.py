"""A link to a file that is this person's own: only this sign-in can fetch it, and nothing of it is kept."""

from collections.abc import Callable

import streamlit as st

from core.web.files.personal_files import offer
from pages.shared.state import state


def personal_file(
    label: str, key: str, name: str, kind: str, make: Callable[[], bytes], icon: str | None = None
) -> None:
    """A link called `label`. What it leads to is made by `make` at the click, outside of this tab, and saved as `name`;
    `kind` is its MIME type, `key` tells the files of one sign-in apart."""
    address = offer(state().token, key, name, kind, make)
    st.link_button(label, address, icon=icon, width="stretch" if icon else "content")
