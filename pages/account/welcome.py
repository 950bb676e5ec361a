"""The first screen of a visitor: what this is, a face, two ways on, and where to read more."""

import streamlit as st

from pages.account.door.welcome_face import show_welcome_face
from pages.shared.words import _

st.title("Lexithymia", text_alignment="center")
st.markdown(_("Practise reading what a face shows, at your own pace."), text_alignment="center")
show_welcome_face()
with st.container(horizontal=True, horizontal_alignment="center"):
    if st.button(_("Try six faces"), type="primary", width=240):
        st.switch_page("pages/account/tryout.py")
    if st.button(_("Sign in"), width=240):
        st.switch_page("pages/account/sign_in.py")
with st.container(horizontal=True, horizontal_alignment="center"):
    st.page_link("pages/everybody/about.py", label=_("What is alexithymia?"))
    st.page_link("pages/everybody/about.py", label=_("Where to find help"), query_params={"open": "help"})
