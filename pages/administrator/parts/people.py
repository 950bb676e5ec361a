"""Lists of people and what may be done with their accounts, for clinicians and administrators."""

from collections.abc import Callable, Sequence

import streamlit as st

from core.services.accounts.accounts import Account, renew_invitation, set_active
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, plain
from pages.shared.invitation_sheet import show_link
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def show_people(
    accounts: Sequence[Account],
    more: Callable[[Account], str],
    actions: Callable[[Account], None] = lambda account: None,
) -> None:
    """One line each: code, where the account stands, `more`, what can be done: a new link, closing and opening, and
    `actions`."""
    show_flash()
    for account in accounts:
        with st.container(border=True):
            code, words, change = st.columns((3, 6, 2), vertical_alignment="center")
            code.markdown(f"**{plain(account.code)}**")
            words.markdown(f"{_account_state(account)} {more(account)}".strip())
            with change.popover(_("Change"), width="stretch"):
                can_have_link = account.active and not account.at_provider
                wants_link = can_have_link and st.button(_("New link"), key=f"renew-{account.id}", width="stretch")
                actions(account)
                action(_("Close the account") if account.active else _("Open the account again"), account, _turn)
            if wants_link:
                with flash_refusals():
                    show_link(renew_invitation(store(), state().token, account.id))
                show_flash()


def action(label: str, account: Account, what: Callable[[Account], None]) -> None:
    """A button that does `what` with `account`; a refusal is said above the list."""
    st.button(
        label, key=f"{what.__name__}-{account.id}", on_click=_flashing_refusals, args=(what, account), width="stretch"
    )


def _flashing_refusals(what: Callable[[Account], None], account: Account) -> None:
    with flash_refusals():
        what(account)


def _turn(account: Account) -> None:
    set_active(store(), state().token, account.id, not account.active)


def _account_state(account: Account) -> str:
    if not account.active:
        return _("The account is closed. What was answered is kept.")
    if account.joined:
        return _("Has joined.")
    if account.invited_until is not None:
        return _("Invited. The link works until {date}.").format(date=day(account.invited_until))
    return _("The link is too old. Make a new one.")
