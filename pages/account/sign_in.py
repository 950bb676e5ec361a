"""Sign in with a code and a password."""

import streamlit as st

from pages.shared.door import Field, Form, code_field, show_form
from pages.shared.words import _

st.title(_("Sign in"))
password = Field("password", _("Your password"), "password", "current-password", show=_("Show what I type"))
show_form(Form("/auth/sign-in", _("Sign in"), (code_field(), password)))
st.markdown(_("Forgotten the password? Your clinician can give you a new link."))
st.page_link("pages/account/welcome.py", label=_("Back to the beginning"))
