"""A second person's approval: what is asked for, where it stands, and what one does with it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import streamlit as st

from core.domain.audit import Act
from core.domain.exercise.approval import Approval, ApprovalState
from core.domain.exercise.selection import Selection
from core.services.research import approvals
from pages.shared.approvals.choice_words import choice_in_words
from pages.shared.format import moment, plain
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def own_requests(acts: Collection[Act]) -> list[Approval]:
    """What the signed-in person asked for and has not done yet, newest first."""
    own = [one for one in approvals.requests(store(), state().token) if one.own and one.act in acts]
    return [one for one in own if one.state is not ApprovalState.USED]


@contextmanager
def request_card(request: Approval) -> Iterator[None]:
    """What is asked for, by whom and why; below it whatever one does with it."""
    with st.container(border=True):
        st.markdown(f"**{_what(request.act)}**")
        st.markdown(plain(_whom(request)))
        st.markdown(plain(request.reason))
        state_words = _own_state(request) if request.own else _("Asked by {code}.").format(code=request.asked_by)
        until = _("It can be used until {until}.").format(until=moment(request.until))
        quiet(plain(f"{state_words} {until}"))
        yield


def _what(act: Act) -> str:
    return {
        Act.EXPORT: _("Make an export"),
        Act.UNBLIND: _("See codes and first days"),
        Act.UNBLIND_ARMS: _("See the arms in studies"),
    }[act]


def _whom(request: Approval) -> str:
    if isinstance(request.whom, Selection):
        return choice_in_words(request.choice)
    return ", ".join(f"sub-{name}" for name in request.whom)


def _own_state(request: Approval) -> str:
    return {
        ApprovalState.WAITING: _("It waits for a second person."),
        ApprovalState.APPROVED: _("It is approved."),
        ApprovalState.DECLINED: _("It was not approved."),
        ApprovalState.USED: _("It is done."),
    }[request.state]
