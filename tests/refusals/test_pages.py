"""Every page for every kind of person: the frame shows it to whom it belongs, and a page that is run all the same by
somebody else shows nothing and changes nothing."""

import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from core.config import ROOT
from core.storage.database import Store
from core.web import server
from pages.shared import frame
from pages.shared.state import AppState
from tests.refusals.whose import REFUSED
from tests.refusals.world import NOTE, OWN_WORD, World, build
from tests.support import new_store, served

PATIENT = {"owner", "other patient"}
ADMINISTRATOR = {"administrator"}
CLINICIAN = {"carer", "other clinician"} | ADMINISTRATOR
RESEARCHER = {"researcher"}
STAFF = CLINICIAN | RESEARCHER
VISITOR = {"visitor", "made up", "ended", "closed", "half in"}
SIGNED_IN = PATIENT | STAFF
EVERYBODY = SIGNED_IN | VISITOR

WHOSE: dict[str, set[str]] = {
    "administrator/audit.py": ADMINISTRATOR,
    "administrator/colleagues.py": ADMINISTRATOR,
    "account/consent.py": PATIENT,
    "administrator/events.py": ADMINISTRATOR,
    "account/handed_over.py": {"handed over"},
    "account/join.py": EVERYBODY,
    "account/me.py": SIGNED_IN,
    "account/my_data.py": PATIENT,
    "account/openid.py": set(),  # only on the way back from a provider
    "account/second_factor.py": {"half in"},
    "account/set_up.py": set(),  # only before the first account
    "account/sign_in.py": VISITOR,
    "account/tryout.py": VISITOR | PATIENT,
    "account/welcome.py": VISITOR,
    "staff/approvals.py": set(),  # only where the installation asks for approvals
    "staff/faces.py": STAFF,
    "clinician/patient.py": CLINICIAN,
    "clinician/patients.py": CLINICIAN,
    "everybody/about.py": EVERYBODY,
    "patient/express.py": PATIENT,
    "patient/expression_result.py": PATIENT,
    "everybody/files_page.py": SIGNED_IN,
    "patient/home.py": PATIENT,
    "patient/check_in_page.py": PATIENT,
    "patient/feelings.py": PATIENT,
    "patient/own_summary.py": PATIENT,
    "patient/questionnaire_page.py": PATIENT,
    "patient/reading_page.py": PATIENT,
    "patient/learn.py": PATIENT,
    "everybody/network_page.py": EVERYBODY,
    "patient/progress.py": PATIENT,
    "patient/recognise.py": PATIENT,
    "patient/result.py": PATIENT,
    "researcher/export.py": RESEARCHER,
    "researcher/home.py": RESEARCHER,
    "researcher/studies.py": RESEARCHER,
    "administrator/unblind.py": ADMINISTRATOR,
}
"""Who comes to each page by the frame."""
SHOWS_NOTHING_OF_ANYBODY = {page for page, whose in WHOSE.items() if "visitor" in whose or not whose} | {
    "patient/learn.py",
    "administrator/unblind.py",
}
"""Pages that may run for anybody: what they show belongs to nobody (lessons: the built-in faces)."""


RUN = """
import runpy
from pages.shared.frame import refusals_on_page
with refusals_on_page():
    runpy.run_path({path!r})
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_store(tmp_path_factory.mktemp("clinic"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def world(store: Store, tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(store, tmp_path_factory.mktemp("out"))


@pytest.fixture(autouse=True)
def _this_server(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages work on the test's database."""
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    with served(store):
        yield


class Shown:
    """What `st.Page` is told, and stands in for it."""

    def __init__(self, page: Any, title: str, url_path: str, **_how: Any) -> None:
        self.script = page if isinstance(page, str) else ""
        self.path = url_path


def led_to(who: str, world: World, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The scripts that the frame runs for somebody; all other addresses say that the page is not theirs."""
    shown: list[Shown] = []
    monkeypatch.setattr("streamlit.Page", Shown)
    monkeypatch.setattr("streamlit.navigation", lambda pages, position: shown.extend(pages))
    monkeypatch.setattr(frame, "token_here", lambda: world.tokens[who])
    monkeypatch.setattr(frame, "came_by_openid", lambda: False)
    found = AppState()
    monkeypatch.setattr(frame, "state", lambda: found)
    monkeypatch.setattr(server, "beside_streamlit", lambda *_: {})  # no server shall be made here
    pages = runpy.run_path(str(ROOT / "app.py"), run_name="app")["PAGES"]
    frame.navigate(pages, frame.identify_visitor())
    return {one.script.removeprefix("pages/") for one in shown if one.script}


def test_it_is_stated_of_every_page_whose_it_is() -> None:
    there = {
        str(path.relative_to(ROOT / "pages"))
        for path in (ROOT / "pages").glob("*/*.py")
        if path.parent.name != "shared"
    }
    assert there == set(WHOSE)


def test_the_frame_leads_everybody_to_their_own_pages_and_to_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in world.tokens:
        assert led_to(who, world, monkeypatch) == {page for page, whose in WHOSE.items() if who in whose}, who


@pytest.mark.parametrize("page", sorted(WHOSE.keys() - SHOWS_NOTHING_OF_ANYBODY))
def test_a_page_that_runs_for_somebody_else_is_refused_by_its_services(page: str, world: World) -> None:
    for who in sorted(world.tokens.keys() - WHOSE[page] - {"closed", "made up"}):
        at = AppTest.from_string(RUN.format(path=str(ROOT / "pages" / page)), default_timeout=60)
        at.session_state["lexithymia"] = AppState(token=world.tokens[who], administrator=True)
        at.run()
        said = [one.value for one in (*at.info, *at.warning)]
        assert not at.exception
        assert REFUSED.intersection(said), f"{who} runs {page} and is told {said}"
        assert not at.table
        assert "P-01" not in "\n".join(one.value for one in (*at.markdown, *at.title, *at.code))


@pytest.mark.slow
@pytest.mark.parametrize("who", ["other patient", "carer", "other clinician", "researcher", "administrator"])
def test_no_page_shows_anybody_else_what_somebody_wrote_in_their_diary(who: str, world: World) -> None:
    for page in sorted(page for page, whose in WHOSE.items() if who in whose):
        text = _text_of(page, world, who)
        assert NOTE not in text, page
        assert OWN_WORD not in text, page


def test_the_search_finds_what_pages_show(world: World) -> None:
    text = _text_of("patient/feelings.py", world, "owner")
    assert NOTE in text
    assert OWN_WORD.casefold() in text.casefold()
    assert "P-01" in _text_of("clinician/patient.py", world, "carer")


def _text_of(page: str, world: World, who: str) -> str:
    """All that a page sends to a browser, without the signs that keep it from being read as Markdown."""
    at = AppTest.from_string(RUN.format(path=str(ROOT / "pages" / page)), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=world.tokens[who], administrator=who == "administrator")
    at.run()
    return "\n".join(str(node.proto) for node in at._tree if isinstance(node, Element)).replace("\\", "")
