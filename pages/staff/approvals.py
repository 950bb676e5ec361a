"""Approvals: what others ask a second person for, to approve or not; and where one's own requests stand."""

import streamlit as st

from core.domain.exercise.approval import NEEDS_APPROVAL, Approval
from core.services.research import approvals
from pages.shared.approvals import own_requests, request_card
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def decide(request: Approval, yes: bool) -> None:
    with flash_refusals():
        approvals.decide(store(), state().token, request.id, yes)


st.title(_("Approvals"))
st.markdown(
    _(
        "Here an export for research, and each lifting of a blinding, needs the yes of a second person. It holds for "
        "one time, for just what is asked for. Who asked and who decided is written down for good."
    )
)
show_flash()
others = [one for one in approvals.requests(store(), state().token) if not one.own]
st.header(_("To decide"))
if not others:
    quiet(_("Nobody asks for anything just now."))
for one in others:
    with request_card(one), st.container(horizontal=True):
        st.button(_("Approve"), key=f"yes-{one.id}", type="primary", on_click=decide, args=(one, True))
        st.button(_("Do not approve"), key=f"no-{one.id}", on_click=decide, args=(one, False))
st.header(_("Asked by you"))
own = own_requests(NEEDS_APPROVAL)
if not own:
    quiet(_("Nothing. One asks on the page where one would do it."))
for one in own:
    with request_card(one):
        pass
