"""My patients: who is in this clinician's care, and the way to take in another."""

import streamlit as st

from core.services import accounts, invitations
from core.services.accounts import Account
from pages.shared.door import provider
from pages.shared.people import day, show_people
from pages.shared.resources import store
from pages.shared.sheet import choose_language, show_link
from pages.shared.state import state
from pages.shared.trouble import show_trouble, trying
from pages.shared.words import _

app = state()


def last_active(account: Account) -> str:
    if account.last_active is None:
        return _("No practice yet.") if account.joined else ""
    return _("Last practised on {date}.").format(date=day(account.last_active))


def add() -> None:
    """Ask for a code; show the link of whoever was added."""
    st.header(_("Add a patient"))
    st.markdown(_("Choose a code that tells you who it is and nobody else, for example P-017. No name is needed."))
    with st.form("patient", clear_on_submit=True, border=False):
        code = st.text_input(_("Code of the patient"), max_chars=64)
        language = choose_language()
        minor = st.checkbox(_("A minor: a parent or guardian must agree too"))
        if st.form_submit_button(_("Add and make a link"), type="primary"):
            with trying():
                show_link(accounts.invite_patient(store(), app.token, code, language, minor))
            show_trouble()


def take_in(name: str) -> None:
    """Ask for the code of a patient who signed in at the provider called `name`, before anybody cared for them."""
    with st.expander(_("The patient signed in with {name}").format(name=name)):
        st.markdown(_("The patient finds their code under My account. With it you take them into your care."))
        with st.form("came-alone", clear_on_submit=True, border=False):
            code = st.text_input(_("Code under My account"), max_chars=64)
            if st.form_submit_button(_("Take into care")):
                with trying():
                    invitations.take_into_care(store(), app.token, code)
                show_trouble()


st.title(_("My patients"))
people, form = st.columns((5, 3), gap="large")
with form:
    add()
    if name := provider():
        take_in(name)
mine = accounts.patients(store(), app.token)
with people:
    if mine:
        show_people(mine, last_active, page="pages/clinician/patient.py")
    else:
        st.markdown(_("Nobody is in your care yet. Add the first patient here."))
