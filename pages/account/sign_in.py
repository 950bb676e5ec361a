"""Sign in with a code and a password, or at an OpenID provider where one is configured."""

import streamlit as st

from pages.account.door.demo_cards import show_cards
from pages.account.door.forms import Form, code_field, old_password, show_form
from pages.shared.provider import provider
from pages.shared.words import _

st.title(_("Sign in"))
show_cards()
show_form(Form("/auth/sign-in", _("Sign in"), (code_field(), old_password())))
name = provider()
if name:
    st.button(_("Sign in with {name}").format(name=name), on_click=st.login, width=384)
st.markdown(
    _("Forgotten the password? Your clinician can give you a new link. If you work here, ask an administrator.")
)
st.page_link("pages/account/welcome.py", label=_("Back to the beginning"))
