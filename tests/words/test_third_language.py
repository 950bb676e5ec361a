"""A further language costs its catalogue: with an empty one, everything opens and is said in the source's language."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from core.commands import words
from core.config import ROOT, settings
from core.domain.devices import Browser
from core.domain.emotions import Emotion
from core.domain.exercise.selection import Selection
from core.domain.language import SOURCE
from core.domain.patient.consent import FIRST, Purpose
from core.services.accounts import accounts
from core.services.accounts.sign_in import HalfIn
from core.services.exercise import recognition, tryout
from core.services.privacy import consents, my_data
from core.services.privacy.consent_texts import newest, text
from core.services.research.export import export
from core.storage.tables import ConsentRow
from core.translations import languages, locale, offered, say
from core.web.accounts import AccountRoutes
from core.web.cookies import COOKIE, LANGUAGE_COOKIE
from core.web.files.exports import ExportRoutes
from core.web.server import middleware
from pages.clinician.record.report import make_report
from pages.shared import frame
from pages.shared.recognise.feedback_words import feedback_in_json
from tests.refusals.test_pages import WHOSE
from tests.services.clinic.printed import texts
from tests.support import PASSWORD, new_clinician, new_store, served
from tests.words.third import MADE_UP, Clinic, page_link, said, switch_page

PEOPLE = {"owner": "P-003", "carer": "Dr. Sol", "administrator": "Dr. Vega", "researcher": "R. Luna", "visitor": ""}
PAGES = [(page, who) for page, whose in sorted(WHOSE.items()) for who in PEOPLE if who in whose]
TABS = ("Details", "Matrices", "Questionnaires", "Feelings", "Plan", "Studies", "Consent")


@pytest.fixture(autouse=True)
def _alone(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages work on the demonstration, each without the frame around it."""
    monkeypatch.setattr("streamlit.page_link", page_link)
    monkeypatch.setattr("streamlit.switch_page", switch_page)
    with served(clinic.store):
        yield


def opens_in_both(clinic: Clinic, script: str, code: str, asked: dict[str, str] | None = None, **app: Any) -> list[str]:
    """All that a page says, which is the same in the made-up language as in the source."""
    source, made_up = (
        clinic.page(script, code, language, asked or {}, **app, administrator=code == PEOPLE["administrator"])
        for language in (SOURCE, MADE_UP)
    )
    assert not source.exception
    assert not made_up.exception
    assert said(made_up) == said(source)
    return said(made_up)


def test_a_file_makes_a_language_which_a_browser_may_ask_for(third_language: str) -> None:
    names = languages()
    assert next(iter(names)) == SOURCE
    assert names[third_language] == "Qq-QQ", "its code, where Unicode's data have no name for it"
    assert [offered(wished) for wished in (MADE_UP, "qq", f"{SOURCE}-GB", "")] == [MADE_UP, "", SOURCE, ""]
    assert locale(MADE_UP) == locale(SOURCE)


@pytest.mark.parametrize(("script", "who"), PAGES)
def test_every_page_opens_for_every_role(clinic: Clinic, script: str, who: str) -> None:
    assert opens_in_both(clinic, script, PEOPLE[who])


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_of_the_patient_s_page_opens(clinic: Clinic, tab: str) -> None:
    patient = clinic.ids["P-003"]
    shown = opens_in_both(
        clinic, "clinician/patient.py", "Dr. Sol", {"patient": patient}, widgets={f"tabs-{patient}": tab}
    )
    assert shown != opens_in_both(clinic, "clinician/patient.py", "Dr. Sol", {"patient": patient})


def test_every_question_and_every_lesson_opens(clinic: Clinic) -> None:
    for purpose in Purpose:
        shown = opens_in_both(clinic, "account/consent.py", "P-003", {"purpose": purpose})
        assert text(purpose, SOURCE).title in "".join(shown) or purpose in FIRST, "what is answered is not asked"
    for emotion in Emotion:
        opens_in_both(clinic, "patient/learn.py", "P-003", {"emotion": emotion.word})


def test_the_exercise_plays_in_that_language_and_what_is_said_of_a_face(clinic: Clinic) -> None:
    token = clinic.tokens["P-001"]
    browser = Browser(MADE_UP, "Europe/Madrid", "phone", "test")
    block = recognition.begin(clinic.store, token, browser)
    assert opens_in_both(clinic, "patient/recognise.py", "P-001", run=block.id)
    assert opens_in_both(clinic, "patient/recognise.py", "P-001", paused=True)
    said = tryout.state(clinic.store, tryout.begin(clinic.store)).items[0].feedback
    assert said is not None
    assert feedback_in_json(said, MADE_UP) == feedback_in_json(said, SOURCE)
    assert feedback_in_json(said, "es") != feedback_in_json(said, SOURCE)


def test_who_comes_in_is_led_in_that_language(clinic: Clinic) -> None:
    link = accounts.invite_patient(clinic.store, clinic.tokens["Dr. Vega"], "P-900", MADE_UP)
    assert opens_in_both(clinic, "account/join.py", "", {"invitation": link})
    assert opens_in_both(clinic, "account/set_up.py", "", {"secret": "from the console"})
    half_in = HalfIn("Dr. Sol", MADE_UP, has_factor=True)
    assert opens_in_both(clinic, "account/second_factor.py", "", half_in=half_in)


@pytest.mark.parametrize("code", [*PEOPLE.values(), "P-001"])
def test_the_frame_is_in_the_person_s_language_or_the_browser_s(
    clinic: Clinic, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    jar = {COOKIE: clinic.tokens.get(code, ""), LANGUAGE_COOKIE: "" if code else MADE_UP}
    monkeypatch.setattr(frame, "cookie", lambda name: jar.get(name, ""))
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not at.exception
    assert at.session_state["lexithymia"].language == MADE_UP
    assert f'"language": "{MADE_UP}"' in _plain(at), "which is the document's"


def test_somebody_whose_language_is_gone_reads_the_source_s(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "offered", lambda wished: "")
    monkeypatch.setattr(frame, "cookie", lambda name: clinic.tokens["P-003"] if name == COOKIE else "")
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not at.exception
    assert at.session_state["lexithymia"].language == SOURCE


def test_the_invitation_sheet_is_printed(clinic: Clinic) -> None:
    link = accounts.invite_patient(clinic.store, clinic.tokens["Dr. Vega"], "P-901", MADE_UP)
    script = "from pages.shared.invitation_sheet import show_link\nshow_link({!r})"
    at = AppTest.from_string(script.format(link), default_timeout=60).run()
    assert not at.exception
    assert "Your way into Lexithymia" in _plain(at)
    assert f'"language": "{MADE_UP}"' in _plain(at)


def test_the_report_is_made(clinic: Clinic) -> None:
    for code in ("P-002", "P-003"):
        source, made_up = (
            texts(make_report(clinic.store, clinic.tokens["Dr. Sol"], clinic.ids[code], language))
            for language in (SOURCE, MADE_UP)
        )
        assert made_up == source


def test_an_export_names_the_language_and_is_otherwise_in_the_field_s(clinic: Clinic, tmp_path: Path) -> None:
    export(clinic.store, clinic.tokens["R. Luna"], Selection(), tmp_path / "export.zip", lambda rows: True)
    with zipfile.ZipFile(tmp_path / "export.zip") as packed:
        [people] = [name for name in packed.namelist() if name.endswith("participants.tsv")]
        rows = list(csv.DictReader(io.StringIO(packed.read(people).decode()), delimiter="\t"))
    assert {row["language"] for row in rows} == {MADE_UP}


def test_a_copy_of_one_s_data_says_each_sentence_once(clinic: Clinic) -> None:
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(clinic.store, clinic.tokens["P-003"]))) as packed:
        about = packed.read("README.txt").decode()
    assert about.count("This is a copy of everything that is kept about you.") == 1
    assert about.count("Purpose: your training and treatment") == 1
    for name in my_data.TABLES:
        assert f"\n{name} " in about


def test_every_sentence_and_so_every_refusal_is_said(third_language: str) -> None:
    sentences = [message.id for message in words.sentences(words.sources(ROOT), ROOT) if message.id]
    assert len(sentences) > 1000
    for sentence in sentences:
        one = sentence if isinstance(sentence, str) else sentence[0]
        assert say(third_language, one) == one


def test_a_refusal_and_an_error_are_told_on_the_page(clinic: Clinic) -> None:
    script = """
from core.domain.people import NotSignedIn
from pages.shared.frame import refusals_on_page
from pages.shared.recognise.feedback_words import feedback_in_json
from pages.shared.state import state
state().language = {language!r}
with refusals_on_page():
    raise {error}
"""
    for error in ('NotSignedIn("You are not signed in. Please sign in again.")', 'ValueError("of nobody")'):
        told = []
        for language in (SOURCE, MADE_UP):
            at = AppTest.from_string(script.format(language=language, error=error), default_timeout=60).run()
            told.append([one.value.split("number:")[0] for one in (*at.info, *at.warning)])
        assert len(told[1]) == 1
        assert told[0] == told[1]


def test_a_yes_to_the_english_text_is_kept_as_one_to_the_english_text(clinic: Clinic) -> None:
    token = clinic.tokens["P-001"]
    consents.decide(clinic.store, token, Purpose.CAMERA, newest(Purpose.CAMERA), True)
    with clinic.store.begin() as db:
        mine = ConsentRow.person_id == clinic.ids["P-001"]
        row = db.scalars(select(ConsentRow).where(mine).order_by(ConsentRow.id.desc())).first()
        assert row is not None
        assert (row.purpose, row.language) == (Purpose.CAMERA, SOURCE)
        assert row.text_hash == text(Purpose.CAMERA, SOURCE).hash


def test_every_route_answers(third_language: str, tmp_path: Path) -> None:
    store = new_store(tmp_path)
    clinician = new_clinician(store)

    async def _broken(_request: Request) -> None:
        raise ValueError("of nobody")

    routes = [*AccountRoutes(store, "").routes(), *ExportRoutes(store).routes(), Route("/broken", _broken)]
    app = Starlette(routes=routes, middleware=middleware(settings()))
    link = accounts.invite_patient(store, clinician, "P-01", third_language)

    async def asked() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        here = {"origin": "http://site"}
        async with httpx.AsyncClient(transport=transport, base_url="http://site") as client:
            return [
                await client.post("/auth/language", data={"language": third_language, "back": "/"}, headers=here),
                await client.post(
                    "/auth/join",
                    data={"invitation": link, "password": PASSWORD, "language": third_language},
                    headers=here,
                ),
                await client.post("/auth/sign-in", data={"code": "P-01", "password": "wrong"}, headers=here),
                await client.post("/auth/sign-in", data={}, headers={"origin": "http://elsewhere"}),
                await client.get("/exports/none.zip"),
                await client.get("/broken"),
            ]

    language, joined, wrong, foreign, gone, broken = anyio.run(asked)
    assert language.cookies[LANGUAGE_COOKIE] == third_language
    assert joined.headers["location"] == "/"
    assert [account.code for account in accounts.patients(store, clinician) if account.joined] == ["P-01"]
    assert wrong.headers["location"] == "/sign-in?problem=unknown"
    for response, status, sentence in (
        (foreign, 403, "This request came from another site. Open the page again."),
        (gone, 404, "This export is not here any more. Please make it again."),
        (broken, 500, "Something went wrong on our side. Please go back and try again."),
    ):
        assert response.status_code == status
        assert response.text.splitlines().count(sentence) == 1
    store.close()


def _plain(at: AppTest) -> str:
    return "".join(str(element.proto) for element in at.main).replace('\\"', '"')
