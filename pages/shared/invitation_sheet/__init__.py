"""Invitation sheet: a one-time link as text, and as a sheet to print in the language of who gets it."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from core.services.accounts.accounts import OpenInvitation, invited
from core.services.gate.passwords import SHORTEST
from core.translations import N_, say
from pages.shared.component import as_data, component, source
from pages.shared.format import day
from pages.shared.pictures import qr_address
from pages.shared.resources import store
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_sheet",
    html='<div class="sheet-of-paper"></div>',
    css=source(_HERE / "sheet.css"),
    js=source(_HERE / "sheet.js"),
)
_SAID = {
    "title": N_("Your way into Lexithymia"),
    "code_label": N_("Your code"),
    "first": N_("Scan the square with the camera of a phone or tablet, or type the address below into a browser."),
    "then": N_(
        "There you choose a password of at least {shortest} characters; with it and your code you can come back "
        "whenever you like."
    ),
    "until": N_("The link works once, until {date}. Please show this sheet to nobody else."),
    "picture": N_("QR code with the link"),
}


def show_link(secret: str) -> None:
    """The link with `secret`. It is shown this once: only its hash is kept."""
    invitation = invited(store(), secret)
    if invitation is None:
        return
    here = urlsplit(st.context.url or "")
    link = f"{here.scheme}://{here.netloc}/join?{urlencode({'invitation': secret})}"
    with st.container(border=True):
        st.markdown(
            _(
                "This link works once, within 14 days, and is shown only now. Print the sheet, or copy the link, and "
                "hand it over in person or by a safe way."
            )
        )
        _component(key="sheet", data=as_data({"print": _("Print the sheet"), **_sheet(invitation, link)}))
        st.code(link, language=None, wrap_lines=True)


def _sheet(invitation: OpenInvitation, link: str) -> dict[str, str]:
    """What stands on the sheet, in the language of whom it is for."""
    values = {
        "date": day(invitation.until, "long", spoken=invitation.language),
        "shortest": SHORTEST[invitation.role],
    }
    said = {name: say(invitation.language, sentence).format(**values) for name, sentence in _SAID.items()}
    return {**said, "language": invitation.language, "code": invitation.code, "link": link, "square": qr_address(link)}
