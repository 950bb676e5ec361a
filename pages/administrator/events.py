"""What happened to accounts: who did what to whom and when, for administrators."""

import streamlit as st

from core.services.accounts import accounts
from pages.shared.account_events import what_happened, who_did
from pages.shared.format import moment, plain
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

st.title(_("What happened"))
st.markdown(_("The last 200 things that happened to accounts here. Passwords and addresses are not kept."))
rows = [
    {
        _("When"): moment(event.at),
        _("Whose account"): plain(event.person) if event.person else _("nobody’s"),
        _("What"): what_happened(event),
        _("By whom"): plain(who_did(event)),
    }
    for event in accounts.events(store(), state().token)
]
if rows:
    st.table(rows)
else:
    st.markdown(_("Nothing is written here yet."))
st.page_link("pages/administrator/audit.py", label=_("Who saw what of patients: the audit log"))
