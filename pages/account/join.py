"""The page behind a one-time link: choose a password and come in."""

import streamlit as st

from core.services.accounts import Invited, invited
from core.services.problems import PROBLEMS
from pages.shared.door import Form, code_field, new_password, show_form
from pages.shared.frame import show_way_in
from pages.shared.resources import store
from pages.shared.words import _


def show_invitation(found: Invited) -> None:
    st.title(_("Welcome"))
    st.markdown(
        _("This link is for you. With the code below and a password of your own you can come back whenever you like.")
    )
    fields = (code_field(found.code, _("Please keep it: you need it to sign in.")), new_password())
    show_form(Form("/auth/join", _("Come in"), fields, {"invitation": secret}))


secret = st.query_params.get("invitation", "")
found = invited(store(), secret)
if found is not None:
    show_invitation(found)
else:
    st.title(_("This link does not work any more"))
    st.markdown(_(PROBLEMS["link"]))
    show_way_in()
