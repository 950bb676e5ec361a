"""Every page of every role, with something to show: axe finds nothing on phone and computer, light and dark, in
English and Spanish; nothing scrolls sideways in any window, nothing fails, and the content security policy keeps
nothing away that a page needs.

Each page is opened twice: in one language axe looks at a phone in one theme, in the other at a computer in the other,
and each sees half of the windows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from core.translations import say
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.demonstration import come_in
from tests.e2e.look import look_everywhere
from tests.e2e.people import id_of
from tests.e2e.policy import kept_away
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.others import first_of
from tests.support import new_patient

CHART = ".js-plotly-plot .main-svg"
TABS = ("Calendar and history", "Details", "Matrices", "Questionnaires", "Feelings", "Plan", "Studies", "Consent")
PANEL = "[role=tabpanel]"
LANGUAGES = {"en": "en-GB", "es": "es-ES"}
EACH_LANGUAGE = first_of("en", "es")


@dataclass(frozen=True)
class Place:
    """What stands there now: a page, or a part of one whose rest was seen before."""

    name: str
    part: str | None = None


Walk = Iterator[Place]


@dataclass(frozen=True)
class Guest:
    """Who walks through the pages of a server, in one language."""

    page: Page
    server: AppServer
    language: str

    def says(self, sentence: str) -> str:
        return say(self.language, sentence)

    def speak(self, language: str | None = None) -> None:
        """Choose the language of the pages from now on."""
        said: dict[str, str | float | bool] = {"language": language or self.language}
        answer = self.page.request.post(
            f"{self.server.url}/auth/language", form=said, headers={"Origin": self.server.url}
        )
        expect(answer).to_be_ok()

    def walk(self, *paths: str, awaited: str = "h1") -> Walk:
        for path in paths:
            self.page.goto(f"{self.server.url}/{path}")
            self.page.locator(awaited).first.wait_for(timeout=SOON)
            self.page.locator(f"html[lang={self.language}]").wait_for(state="attached", timeout=SOON)
            yield Place(path or "home")


def of_a_visitor(guest: Guest, invitation: str) -> Walk:
    page = guest.page
    yield from guest.walk("", "sign-in", "sign-in?problem=unknown", "about", "set-up", "nowhere")
    yield from guest.walk("join?invitation=used")
    yield from guest.walk("try", awaited=".trial .answers")
    answer_by_key(page, "3")
    page.get_by_text(guest.says("What others saw")).click()
    more = guest.says("More about the computer (new tab)")
    expect(page.get_by_role("link", name=more)).to_be_visible(timeout=SOON)
    yield Place("feedback")
    yield from guest.walk(invitation.removeprefix(f"{guest.server.url}/"), awaited="form.door")


def of_a_new_patient(guest: Guest, _: str) -> Walk:
    page = guest.page
    yield from guest.walk("")
    page.get_by_role("button", name=guest.says("Begin")).click()
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    answer_by_key(page, "1")
    yield Place("check")
    page.get_by_role("button", name=guest.says("Stop for now")).click()
    expect(page.get_by_role("heading", name=guest.says("Stopped for now"))).to_be_visible(timeout=SOON)
    yield Place("stopped")
    for place in guest.walk("", "progress", "my-data", "consent", "express", "faces-in-files", "account"):
        yield Place(f"{place.name}, with a run begun")


def of_a_patient(guest: Guest) -> Walk:
    """Who has finished many runs, some of them before the camera."""
    page = guest.page
    yield from guest.walk(
        "", "learn", "learn?emotion=fear", "reading?page=body", "my-words", "check-in", "about", "network"
    )
    yield from guest.walk("progress", awaited=CHART)
    yield from guest.walk("result", "expression-result")
    expect(page.get_by_role("heading", name=guest.says("What you showed"))).to_be_visible()
    page.goto(f"{guest.server.url}/result")
    expect(page.get_by_role("heading", name=guest.says("Your result"))).to_be_visible(timeout=SOON)


def of_a_clinician(guest: Guest) -> Walk:
    page = guest.page
    yield from guest.walk("", awaited=".caseload svg")
    yield from guest.walk(f"patient?patient={id_of(guest.server.store, 'P-003')}", awaited=CHART)
    for tab in TABS:
        page.get_by_role("tab", name=guest.says(tab), exact=True).click()
        yield Place(tab, PANEL)
    hidden = page.locator(".legend .traces[style*='opacity: 0.5']")
    assert hidden.count() == 0, "the page moved under the pointer, and a click on a tab took a line out of a chart"
    paths = ("sets", "colleagues", "events", "audit", "unblind", "faces-in-files", "about", "account", "network")
    yield from guest.walk(*paths)


def of_a_researcher(guest: Guest) -> Walk:
    yield from guest.walk("", awaited=CHART)
    expect(guest.page.get_by_text(guest.says("By emotion, in checks"))).to_be_visible()
    yield from guest.walk("studies", "export", "sets", "faces-in-files", "about", "account", "network")


IN_THE_DEMONSTRATION = first_of((of_a_patient, "P-003"), (of_a_clinician, "Dr. Vega"), (of_a_researcher, "R. Luna"))
"""Who walks there."""


def everything_wrong(guest: Guest, places: Walk) -> list[str]:
    page, noticed = guest.page, kept_away(guest.page)
    wrong, half = [], list(LANGUAGES).index(guest.language)
    for place in places:
        wrong += look_everywhere(page, place.name, place.part, half)
        if page.get_by_text(re.compile(guest.says("Something went wrong on our side."))).count():
            wrong.append(f"{place.name}: an error")
        wrong += [f"{place.name}: {one}" for one in noticed]
        noticed.clear()
    return wrong


@pytest.mark.parametrize("language", EACH_LANGUAGE)
@pytest.mark.parametrize("places", first_of(of_a_visitor, of_a_new_patient))
def test_pages_of_who_is_new_here(
    server: AppServer,
    clinician: str,
    invitation: str,
    code: str,
    open_page: OpenPage,
    places: Callable[[Guest, str], Walk],
    language: str,
) -> None:
    token = new_patient(server.store, clinician, f"{language} here") if places is of_a_new_patient else ""
    guest = Guest(open_page(token=token, locale=LANGUAGES[language]), server, language)
    guest.speak()
    wrong = everything_wrong(guest, places(guest, invitation))
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("language", EACH_LANGUAGE)
@pytest.mark.parametrize(("places", "who"), IN_THE_DEMONSTRATION)
def test_pages_after_months_of_use(
    demonstration: AppServer, open_page: OpenPage, places: Callable[[Guest], Walk], who: str, language: str
) -> None:
    guest = Guest(open_page(locale=LANGUAGES[language]), demonstration, language)
    come_in(guest.page, demonstration, who)
    guest.speak()
    try:
        wrong = everything_wrong(guest, places(guest))
    finally:
        guest.speak("en")
    assert wrong == [], "\n".join(wrong)
