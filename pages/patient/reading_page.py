"""A page about alexithymia: as a part of the day a few sentences at a time, and then kept as read; from Learn
(`?page=body`) the whole of it at once."""

import streamlit as st

from pages.patient.parts.pages_to_read import show_asked

if not show_asked():
    st.switch_page("pages/patient/learn.py")
