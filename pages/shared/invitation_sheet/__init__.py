"""A one-time link to hand over: as text, and as a sheet to print in the language of who gets it."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st
from babel.dates import format_date

from core.services.accounts.accounts import Invited, invited
from core.services.gate.passwords import SHORTEST
from core.services.gate.problems import N_
from pages.shared.component import as_data, source
from pages.shared.qr import qr_address
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import LANGUAGES, _, catalogue

_HERE = Path(__file__).parent
_component = st.components.v2.component(
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


def choose_language() -> str:
    """Ask which language the new person reads."""
    languages = list(LANGUAGES)
    index = languages.index(state().language)
    return str(st.radio(_("Language"), languages, index=index, format_func=lambda one: LANGUAGES[one], horizontal=True))


def show_link(secret: str) -> None:
    """The link with `secret`. It is shown this once: only its hash is kept."""
    found = invited(store(), secret)
    if found is None:
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
        _component(key="sheet", data=as_data({"print": _("Print the sheet"), **_sheet(found, link)}))
        st.code(link, language=None, wrap_lines=True)


def _sheet(found: Invited, link: str) -> dict[str, str]:
    """What stands on the sheet, in the language of whom it is for."""
    translate = catalogue(found.language).gettext
    date = format_date(found.until, format="long", locale=found.language)
    said = {name: translate(text).format(date=date, shortest=SHORTEST[found.role]) for name, text in _SAID.items()}
    return {**said, "language": found.language, "code": found.code, "link": link, "square": qr_address(link)}
