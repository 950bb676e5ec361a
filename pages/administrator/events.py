"""What happened to accounts: who did what to whom and when, for administrators."""

import streamlit as st

from core.domain.people import AccountEvent
from core.services.accounts import accounts
from pages.shared.format import moment, plain
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def words() -> dict[AccountEvent, str]:
    return {
        AccountEvent.MADE: _("account made"),
        AccountEvent.INVITED: _("new link made"),
        AccountEvent.TAKEN_INTO_CARE: _("taken into care"),
        AccountEvent.CARE_SHARED: _("care shared with a colleague"),
        AccountEvent.CARE_ENDED: _("a clinician’s care ended"),
        AccountEvent.JOINED: _("password chosen with a link"),
        AccountEvent.SIGNED_IN: _("signed in"),
        AccountEvent.SIGNED_OUT: _("signed out everywhere"),
        AccountEvent.PASSWORD: _("password changed"),
        AccountEvent.RIGHT_GIVEN: _("made an administrator"),
        AccountEvent.RIGHT_TAKEN: _("administrator’s right taken"),
        AccountEvent.DEACTIVATED: _("account closed"),
        AccountEvent.REACTIVATED: _("account opened again"),
        AccountEvent.FACTOR_ADDED: _("second factor turned on"),
        AccountEvent.FACTOR_REMOVED: _("second factor taken away"),
        AccountEvent.RECOVERY_CODE: _("recovery code used"),
    }


said = words()
st.title(_("What happened"))
st.markdown(_("The last 200 things that happened to accounts here. Passwords and addresses are not kept."))
rows = [
    {
        _("When"): moment(event.at),
        _("Whose account"): plain(event.person),
        _("What"): said[event.what],
        _("By whom"): plain(event.actor) if event.actor else _("by itself"),
    }
    for event in accounts.events(store(), state().token)
]
if rows:
    st.table(rows)
else:
    st.markdown(_("Nothing is written here yet."))
st.page_link("pages/administrator/audit.py", label=_("Who saw what of patients: the audit log"))
