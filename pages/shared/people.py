"""Lists of people and their one-time links, for clinicians and administrators."""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlencode, urlsplit

import streamlit as st
from babel.dates import format_date

from core.services.accounts import Account, renew_invitation
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.trouble import show_trouble, trying
from pages.shared.words import _


def show_people(accounts: Sequence[Account], more: Callable[[Account], str], page: str = "") -> None:
    """One line each: code (leading to `page`, if there is one), where the account stands, `more`, a new link."""
    for account in accounts:
        with st.container(border=True):
            code, words, renew = st.columns((3, 6, 2), vertical_alignment="center")
            if page:
                code.page_link(page, label=f"**{_plain(account.code)}**", query_params={"patient": account.id})
            else:
                code.markdown(f"**{_plain(account.code)}**")
            words.markdown(f"{_standing(account)} {more(account)}".strip())
            if renew.button(_("New link"), key=f"renew-{account.id}", width="stretch"):
                with trying():
                    show_link(account.code, renew_invitation(store(), state().token, account.id))
                show_trouble()


def _standing(account: Account) -> str:
    if account.joined:
        return _("Has joined.")
    if account.invited_until is not None:
        return _("Invited. The link works until {date}.").format(date=day(account.invited_until))
    return _("The link is too old. Make a new one.")


def show_link(code: str, invitation: str) -> None:
    """The link to hand over. It is shown this once: only its hash is kept."""
    here = urlsplit(st.context.url or "")
    with st.container(border=True):
        st.markdown(
            _(
                "This link is for **{code}**. It works once, within 14 days, and is shown only now. Copy it and hand "
                "it over in person or by a safe way. With it, {code} chooses a password."
            ).format(code=_plain(code))
        )
        st.code(
            f"{here.scheme}://{here.netloc}/join?{urlencode({'invitation': invitation})}",
            language=None,
            wrap_lines=True,
        )


def day(when: datetime) -> str:
    """A date in words, in the language of this tab."""
    return str(format_date(when, "d MMM y", locale=state().language))


def _plain(text: str) -> str:
    """`text` with everything that Markdown would read as a sign escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~:$" else sign for sign in text)
