"""My patients: who is in this clinician's care, and the way to take in another."""

import streamlit as st

from core.services import accounts
from core.services.accounts import Account
from pages.shared.people import day, show_link, show_people
from pages.shared.resources import store
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
        if st.form_submit_button(_("Add and make a link"), type="primary"):
            with trying():
                show_link(code.strip(), accounts.invite_patient(store(), app.token, code))
            show_trouble()


st.title(_("My patients"))
people, form = st.columns((5, 3), gap="large")
with form:
    add()
mine = accounts.patients(store(), app.token)
with people:
    if mine:
        show_people(mine, last_active, page="pages/clinician/patient.py")
    else:
        st.markdown(_("Nobody is in your care yet. Add the first patient here."))
