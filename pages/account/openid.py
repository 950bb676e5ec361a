"""A provider has said who this is: the browser takes that to our door, which gives it a sign-in of ours."""

import streamlit as st

from pages.account.door.forms import Form, show_form
from pages.shared.words import _

st.title(_("One moment"))
st.markdown(_("You are being signed in."))
show_form(Form("/auth/openid", _("Come in"), (), at_once=True))
