"""Frame of every page: who is here, which pages are theirs, the foot of the page, refusals and errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import monotonic, time

import streamlit as st
from streamlit.errors import FragmentHandledException
from streamlit.navigation.page import StreamlitPage

from core.domain.language import SOURCE
from core.domain.people import SIGN_IN_LASTS, NotSaved, NotSignedIn, Person, Refusal, Role
from core.services.accounts.accounts import invited, person_behind, setup_needed
from core.services.accounts.sign_in import Visit, half_in_behind
from core.services.clinic.in_room import handed_over_behind
from core.services.research import approvals
from core.translations import languages, offered
from core.web.cookies import LANGUAGE_COOKIE, browser_cookie, sign_in_cookie
from core.web.logs import request_number
from pages.shared.browser import dark
from pages.shared.component import as_data, component, source
from pages.shared.format import refusal_in_text
from pages.shared.frame.again import run_again
from pages.shared.frame.entries import Audience, PageEntry
from pages.shared.resources import store
from pages.shared.state import component_value, keep_typed, state
from pages.shared.words import _

_HERE = Path(__file__).parent
_WARNED_BEFORE = timedelta(minutes=5)
_TRIES_EVERY = timedelta(seconds=5)
_TOLD = "(The person at the page was told.)"
ICON = str(_HERE / "icon.svg")
_component = component(
    "lexithymia_frame",
    html='<p class="idle" role="status"></p><footer class="page-foot"></footer>',
    css=source(_HERE / "frame.css"),
    js=source(_HERE / "frame.js"),
)


def is_fresh() -> bool:
    """Whether this installation waits for its first clinician."""
    return setup_needed(store())


def wants_approval() -> bool:
    """Whether this installation asks a second person before exports and un-blindings."""
    return approvals.needed()


def is_half_in() -> bool:
    """Whether a second factor is still due at this tab."""
    return state().half_in is not None


def came_by_openid() -> bool:
    """Whether a provider has just said who this is, and /auth/openid has not heard of it yet."""
    return bool(st.user.to_dict().get("is_logged_in"))


def cookie(name: str) -> str:
    """What this tab's browser sent when the page was opened; empty if nothing."""
    return st.context.cookies.get(name) or ""


def browser_here() -> Visit:
    """This tab's browser, by which the database knows whether somebody signed in here before."""
    return Visit(browser=cookie(browser_cookie(st.context.headers)))


def token_here() -> str:
    """The sign-in's secret that this tab's browser sent, whatever it is worth."""
    return cookie(sign_in_cookie(st.context.headers))


def identify_visitor() -> Person | None:
    """Who is at this tab, if anybody is signed in; from here on the words are in their language.

    A tab whose sign-in has ended, or is another person's now, forgets all it held.
    """
    token = token_here()
    person = person_behind(store(), token, st.context.timezone)
    handed = handed_over_behind(store(), token) if token and not person else None
    here = person or handed
    if state().token and (here is None or token != state().token or (handed is None) != (state().handed_over is None)):
        st.session_state.clear()
    app = state()
    app.token = token if here else ""
    app.administrator = person is not None and person.administrator
    app.half_in = half_in_behind(store(), token) if token and not here else None
    app.handed_over = handed
    app.language = (offered(here.language) or SOURCE) if here else _visitors_language()
    return person


def _visitors_language() -> str:
    """What was chosen at this browser; else what the link in the address was made in; else the browser's own."""
    return _spoken(cookie(LANGUAGE_COOKIE), _of_the_link(), st.context.locale or "")


def _spoken(*wished: str) -> str:
    """The first of some languages that the product speaks."""
    return next((found for one in wished if (found := offered(one))), SOURCE)


def _of_the_link() -> str:
    """The language of whom `?invitation=…` is for; empty without an open link."""
    secret = st.query_params.get("invitation")
    invitation = invited(store(), secret) if secret else None
    return invitation.language if invitation else ""


def entries_of(entries: list[PageEntry], person: Person | None) -> list[PageEntry]:
    """The pages that are a person's; the first one is their home."""
    here = audience_of(person)
    return [entry for entry in entries if here & entry.audience and entry.only()]


def asked_for() -> str:
    """The path of the page that was chosen in the menu just now; to be asked before the tab may forget all."""
    return str(component_value("menu", "go") or "")


def navigate(entries: list[PageEntry], person: Person | None, go: str = "") -> StreamlitPage:
    """The page at this address, or at the path `go`. What belongs to somebody else keeps its address, and says so in
    plain words."""
    mine = entries_of(entries, person)
    home = _page(mine[0], "home", default=True)
    pages = {mine[0].path: home} | {entry.path: _page(entry, entry.path) for entry in mine[1:]}
    instead = {}
    for entry in entries:
        if entry not in mine[1:]:
            leads_home = (
                entry is mine[0]
                or state().handed_over is not None
                or (person is not None and entry.audience == {Audience.VISITOR})
            )
            show = partial(_go, home) if leads_home else partial(_not_here, person)
            instead[entry.path] = st.Page(show, title=_(entry.title), url_path=entry.path, visibility="hidden")
    chosen = st.navigation([*pages.values(), *instead.values()], position="hidden")
    if go in pages or go in instead:
        st.switch_page((instead | pages)[go])
    return chosen


def run_page(page: StreamlitPage) -> None:
    """Run `page`; the next run finds in `state().page` that it was this one."""
    try:
        page.run()
    finally:
        state().page = page.url_path


def wait(entries: list[PageEntry], refusal: NotSaved) -> None:
    """While nobody can say who is here: each page keeps its address, says why, and tries again."""
    app = state()
    if not app.token:  # a tab that has just been opened
        app.language = _spoken(cookie(LANGUAGE_COOKIE), st.context.locale or "")
    show = partial(_show_refusal, refusal)
    pages = [st.Page(show, title=_(entry.title), url_path=entry.path) for entry in entries]
    chosen = st.navigation(
        [st.Page(show, title="Lexithymia", url_path="home", default=True), *pages], position="hidden"
    )
    st.set_page_config(page_title=chosen.title, page_icon=ICON)
    show_foot(None, bare=True)
    chosen.run()


def audience_of(person: Person | None) -> set[Audience]:
    """Whose pages are theirs."""
    if state().handed_over is not None:
        return {Audience.HANDED_OVER}
    if person is None:
        return {Audience.VISITOR}
    return {Audience(person.role.value)} | ({Audience.ADMINISTRATOR} if person.administrator else set())


def _page(entry: PageEntry, path: str, default: bool = False) -> StreamlitPage:
    return st.Page(f"pages/{entry.script}", title=_(entry.title), url_path=path, default=default)


def _go(home: StreamlitPage) -> None:
    """A home is at the root; its own address leads there, with all that was asked."""
    st.switch_page(home, query_params=st.query_params.to_dict())


def _not_here(person: Person | None) -> None:
    if person is None:
        st.title(_("Please sign in"))
        st.markdown(_("This page needs an account. If you were signed in, that has ended. What you answered is kept."))
    else:
        st.title(_("This page is not yours to see"))
        st.markdown(_("It belongs to another role. Nothing was changed."))
    show_way_in()


def show_way_in() -> None:
    """The link to sign in, for who is not signed in."""
    if not state().token:
        st.page_link("pages/account/sign_in.py", label=_("Sign in"))


def show_foot(person: Person | None, bare: bool) -> None:
    """The language of the document, and unless `bare` the ways to change it and to sign out.

    Staff, whose sign-ins end soon without a click, are told some minutes before.
    """
    here = person or state().half_in
    data = {
        "language": state().language,
        "dark": dark(),
        "languages": languages(),
        "bare": bare,
        "code": here.code if here else "",
        "sign_out": _("Sign out") if here else "",
        "skip": _("Skip to main content"),
        "locked": state().handed_over is not None,
        "streamlit": {
            "Open": _("Open"),
            "Close": _("Close"),
            "Dismiss": _("Close"),
            "Clear all": _("Clear all"),
            "Choose date": _("Choose a date"),
            "day": _("day"),
            "month": _("month"),
            "year": _("year"),
        },
        "nowhere": [_("There is no such page"), _("You are on the first page now.")],
        "lost": _("No connection just now. The page goes on by itself when it is back."),
    }
    if person is not None and person.role is not Role.PATIENT:
        data["idle"] = {
            "since": time(),
            "warn_after": (SIGN_IN_LASTS[person.role].idle - _WARNED_BEFORE).total_seconds(),
            "warning": _("Nothing was clicked here for a while. In a few minutes you will be signed out."),
            "stay": _("Stay signed in"),
        }
    _component(key="frame", data=as_data(data), on_stay_change=lambda: None, on_dark_change=lambda: None)


@contextmanager
def refusals_on_page() -> Iterator[None]:
    """Say where the page was going to be what kept it from it. Errors go on to the log and to `show_error`."""
    try:
        yield
    except Refusal as refusal:
        _show_refusal(refusal)
    except FragmentHandledException:  # said already, where the fragment stands
        raise
    except Exception as error:
        show_error(error)
        error.add_note(_TOLD)
        raise


def show_error(error: Exception) -> bool:
    """Shown for an error that nobody handled. Streamlit has logged it; True keeps its own words off the page."""
    if isinstance(error, Refusal):
        _show_refusal(error)
    elif _TOLD not in getattr(error, "__notes__", []):
        st.warning(
            _("Something went wrong on our side. Nothing you answered is lost. Please reload the page and go on.")
            + " "
            + _("If you tell us about it, name this number: {number}").format(number=request_number())
        )
    return True


def _show_refusal(refusal: Refusal) -> None:
    st.info(refusal_in_text(refusal))
    if isinstance(refusal, NotSignedIn):
        show_way_in()
    elif isinstance(refusal, NotSaved):
        keep_typed()
        _try_again(monotonic())


@st.fragment(run_every=_TRIES_EVERY)
def _try_again(failed: float) -> None:
    """`failed` is when, by the server's clock: the page comes again after a click, or by itself."""
    if st.button(_("Try again")) or monotonic() - failed > _TRIES_EVERY.total_seconds() / 2:
        run_again()
