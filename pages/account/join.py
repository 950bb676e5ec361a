"""The page behind a one-time link: choose a password and come in."""

import streamlit as st

from core.services.accounts import invitations
from core.services.accounts.accounts import OpenInvitation
from core.services.accounts.invitations import InvitationState
from pages.account.door.forms import Form, code_field, new_password, show_form
from pages.shared.frame import browser_here, show_way_in
from pages.shared.resources import store
from pages.shared.words import _


def show_invitation(invitation: OpenInvitation) -> None:
    st.title(_("Welcome"))
    fields = (code_field(invitation.code, _("Keep it: you sign in with it.")), new_password(invitation.role))
    show_form(Form("/auth/join", _("Come in"), fields, {"invitation": secret}))


def why_not(link: InvitationState) -> str:
    """What became of a link that does not work, and whom to ask."""
    if link is InvitationState.USED:
        return _(
            "It was used already. If that was you, sign in with your code and your password. If it was not you, "
            "please tell the person who gave it to you today."
        )
    if link is InvitationState.LATE:
        return _(
            "It is too old, or a newer one took its place. Please ask your clinician for a new one. If you work here, "
            "ask an administrator."
        )
    return _(
        "A part of it is missing. Please open it again from the sheet or message you got. If that does not help, ask "
        "your clinician for a new one. If you work here, ask an administrator."
    )


secret = st.query_params.get("invitation", "")
found = invitations.invited(store(), secret)
if found is not None:
    show_invitation(found)
else:
    link = invitations.invitation_state(store(), secret)
    if secret:
        invitations.refuse(store(), secret, browser_here())
    st.title(
        _("This link does not work any more")
        if link in {InvitationState.USED, InvitationState.LATE}
        else _("This link is not complete")
    )
    st.markdown(why_not(link))
    show_way_in()
