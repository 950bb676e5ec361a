"""The first run: the first clinician makes the account that all others come from."""

import streamlit as st

from core.domain.people import Role
from core.services.accounts.accounts import setup_needed
from core.services.gate.problems import PROBLEMS
from pages.account.door.forms import Form, code_field, new_password, show_form
from pages.shared.resources import store
from pages.shared.words import _

secret = st.query_params.get("secret", "")
st.title(_("Welcome to Lexithymia"))
if not setup_needed(store()):
    st.markdown(_(PROBLEMS["set-up"]))
    st.page_link("pages/account/sign_in.py", label=_("Sign in"))
elif not secret:
    st.markdown(_("Nobody has an account here yet."))
    st.markdown(_(PROBLEMS["console"]))
else:
    st.markdown(
        _(
            "Nobody has an account here yet. The first one is for a clinician, who then adds patients and colleagues. "
            "It stays on this server."
        )
    )
    hint = _("It stands for your name, for example: Dr. Ruiz")
    fields = (code_field(hint=hint), new_password(Role.CLINICIAN))
    show_form(Form("/auth/set-up", _("Make the account"), fields, {"secret": secret}))
