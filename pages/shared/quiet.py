"""Caption that everybody can read: Streamlit's own is too pale for 4.5:1."""

import streamlit as st

_SMALL_AND_SOFT = ":small[:gray[{}]]"


def quiet(sentence: str) -> None:
    """A sentence in smaller, softer type."""
    st.markdown(_SMALL_AND_SOFT.format(sentence))
