"""Colleagues: an administrator adds clinicians and researchers."""

import streamlit as st

from core.domain.people import Role
from core.services import accounts
from core.services.accounts import Account
from pages.shared.people import show_link, show_people
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.trouble import show_trouble, trying
from pages.shared.words import _

app = state()


def role_name(role: Role) -> str:
    return _("Clinician") if role is Role.CLINICIAN else _("Researcher")


def role_of(account: Account) -> str:
    return _("Clinician and administrator.") if account.administrator else f"{role_name(account.role)}."


def add() -> None:
    """Ask for a code and a role; show the link of whoever was added."""
    st.header(_("Add a colleague"))
    st.markdown(_("A clinician sees the patients in their own care. A researcher sees no patient and no plan."))
    with st.form("colleague", clear_on_submit=True, border=False):
        code = st.text_input(_("Code or name of the colleague"), max_chars=64)
        role = st.radio(_("Role"), [Role.CLINICIAN, Role.RESEARCHER], format_func=role_name)
        if st.form_submit_button(_("Add and make a link"), type="primary"):
            with trying():
                show_link(code.strip(), accounts.invite_colleague(store(), app.token, code, role))
            show_trouble()


st.title(_("Colleagues"))
people, form = st.columns((5, 3), gap="large")
with form:
    add()
with people:
    show_people(accounts.colleagues(store(), app.token), role_of)
