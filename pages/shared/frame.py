"""What surrounds every page: who is here, which pages are theirs, the foot of the page, a kind word on errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.domain.people import NotSignedIn, Person, Refusal, Role
from core.services.accounts import person_behind, setup_needed
from core.web.accounts import COOKIE, LANGUAGE_COOKIE
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import LANGUAGES, _

_HERE = Path(__file__).parent
ICON = str(_HERE / "icon.svg")
_component = st.components.v2.component(
    "lexithymia_frame",
    html='<footer class="foot"></footer>',
    css=(_HERE / "frame.css").read_text(encoding="utf-8"),
    js=(_HERE / "frame.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Entry:
    """A page: its script below pages/, its address, its title, and whose it is (None: visitors).

    `only` says whether it is there at all for whom it is; `listed`, whether the menu shows it.
    """

    script: str
    path: str
    title: str
    roles: set[Role | None]
    listed: bool = True
    only: Callable[[], bool] = lambda: True


def is_fresh() -> bool:
    """Whether this installation waits for its first clinician."""
    return setup_needed(store())


def is_administrator() -> bool:
    return state().administrator


def arrive() -> Person | None:
    """Who is at this tab, if anybody is signed in; from here on the words are in their language.

    A tab that comes back with another sign-in's cookie forgets all it held.
    """
    cookie = st.context.cookies.get(COOKIE) or ""
    if cookie and state().token not in ("", cookie):
        st.session_state.clear()
    app = state()
    app.token = cookie or app.token
    person = person_behind(store(), app.token)
    app.administrator = person is not None and person.administrator
    app.language = person.language if person else _visitors_language()
    return person


def _visitors_language() -> str:
    for wished in (st.context.cookies.get(LANGUAGE_COOKIE), (st.context.locale or "")[:2]):
        if wished in LANGUAGES:
            return wished
    return "en"


def navigate(entries: list[Entry], person: Person | None, bare: bool) -> StreamlitPage:
    """The page at this address. What belongs to somebody else keeps its address, and says so in plain words."""
    role = person.role if person else None
    entries = [entry for entry in entries if (_HERE.parent / entry.script).exists()]  # TEMPORARY
    mine = [entry for entry in entries if role in entry.roles and entry.only()]
    pages = [
        st.Page(
            f"pages/{entry.script}",
            title=entry.title,
            url_path=entry.path,
            visibility="visible" if entry.listed else "hidden",
            default=entry is mine[0],
        )
        for entry in mine
    ]
    for entry in entries:
        if entry not in mine:
            visitors_only = person is not None and entry.roles == {None}
            instead = partial(st.switch_page, pages[0]) if visitors_only else _not_here
            pages.append(st.Page(instead, title=entry.title, url_path=entry.path, visibility="hidden"))
    return st.navigation(pages, position="hidden" if bare or person is None else "top")


def _not_here() -> None:
    st.title(_("This page is not yours to see"))
    st.markdown(_("It belongs to somebody else, or your sign-in has ended. Nothing was changed."))
    show_way_in()


def show_way_in() -> None:
    """The link to sign in, for who is not signed in."""
    if person_behind(store(), state().token) is None:
        st.page_link("pages/account/sign_in.py", label=_("Sign in"))


def show_foot(person: Person | None, bare: bool) -> None:
    """The language of the document, and unless `bare` the ways to change it and to sign out."""
    _component(
        key="frame",
        data={
            "language": state().language,
            "languages": LANGUAGES,
            "bare": bare,
            "code": person.code if person else "",
            "sign_out": _("Sign out") if person else "",
        },
    )


@contextmanager
def kindly() -> Iterator[None]:
    """Say a refusal that a page did not handle; any other error goes on to `say_sorry`."""
    try:
        yield
    except Refusal as refusal:
        _say(refusal)


def say_sorry(error: Exception) -> bool:
    """Shown for an error that nobody handled. Streamlit has logged it; True keeps its own words off the page."""
    if isinstance(error, Refusal):
        _say(error)
    else:
        st.warning(
            _("Something went wrong on our side. Nothing you answered is lost. Please reload the page and go on.")
        )
    return True


def _say(refusal: Refusal) -> None:
    st.info(_(refusal.sentence).format(**refusal.values))
    if isinstance(refusal, NotSignedIn):
        show_way_in()
