"""The frame and the pages of accounts, as a person sees them."""

from collections.abc import Iterator
from contextlib import suppress

import pyotp
import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.people import Refusal, Role
from core.services.accounts import accounts, second_factor
from core.services.accounts.openid import RoleClaim, sign_in_with_openid
from core.services.accounts.sign_in import Visit
from core.services.clinic import caseload
from core.storage.database import Store
from core.storage.tables import InvitationRow, now
from core.web.cookies import COOKIE, LANGUAGE_COOKIE
from pages.shared import frame
from pages.shared.state import AppState
from tests.services.accounts.conftest import PASSWORD
from tests.support import served

pytestmark = pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
"""What a page shows does not depend on the database; the services are tested on both."""

jar: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _browser(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A browser without cookies, at a server with the test's store."""
    jar.clear()
    monkeypatch.setattr(frame, "cookie", lambda name: jar.get(name, ""))
    with served(store):
        yield


def visit(script: str = "app.py", token: str = "", **asked: str) -> AppTest:
    """What somebody with the sign-in `token` sees, when they ask for `script` with `asked` in the address."""
    jar[COOKIE] = token
    at = AppTest.from_file(str(ROOT / script), default_timeout=30)
    if script != "app.py":
        at.session_state["lexithymia"] = AppState(token=token)
    for name, value in asked.items():
        at.query_params[name] = value
    return at.run()


def texts(at: AppTest) -> str:
    return "\n".join(one.value for one in (*at.title, *at.markdown, *at.caption, *at.warning, *at.info))


def test_the_first_page_leads_to_what_alexithymia_is_and_to_help(store: Store, clinician: str) -> None:
    links = [one.proto for one in visit().get("page_link")]
    assert [(one.label, one.page, one.query_string) for one in links] == [
        ("What is alexithymia?", "about", ""),
        ("Where to find help", "about", "open=help"),
    ]


def test_a_fresh_installation_begins_with_the_first_account(store: Store) -> None:
    at = visit()
    assert not at.exception
    assert at.title[0].value == "Welcome to Lexithymia"


def test_set_up_shows_a_form_to_who_came_with_the_link(store: Store) -> None:
    assert "printed where the server was started" in texts(visit("pages/account/set_up.py"))
    at = visit("pages/account/set_up.py", secret="from the console")
    assert "printed where the server was started" not in texts(at)
    assert at.get("bidi_component"), "the form is there"


def test_each_role_begins_at_its_home(store: Store, clinician: str) -> None:
    link = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    researcher = accounts.accept_invitation(store, link, PASSWORD, "en")
    for token, title in ((clinician, "My patients"), (researcher, "Overview")):
        at = visit(token=token)
        assert not at.exception
        assert at.title[0].value == title


def test_the_words_are_in_the_language_of_the_person(store: Store, patient: str) -> None:
    link = accounts.invite_patient(store, accounts.sign_in(store, "Dr. Ruiz", PASSWORD), "P-02")
    accounts.set_language(store, patient, "es")
    at = visit(token=patient)
    assert at.session_state["lexithymia"].language == "es"
    at = visit("pages/account/join.py", invitation=link)
    assert at.title[0].value == "Welcome"


def test_a_link_opens_in_the_language_it_was_made_in_and_not_the_phone_s(
    store: Store, clinician: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "locale", "ca-ES")
    link = accounts.invite_patient(store, clinician, "P-01", "es")
    for invitation, chosen, language in ((link, "", "es"), (link, "en", "en"), ("made up", "", "en")):
        jar[LANGUAGE_COOKIE] = chosen
        at = visit(invitation=invitation)
        assert not at.exception
        assert at.session_state["lexithymia"].language == language, "which the form posts"


def test_an_ended_sign_in_shows_what_a_visitor_sees(store: Store, clinician: str) -> None:
    accounts.sign_out(store, clinician)
    at = visit(token=clinician)
    assert not at.exception
    assert "My patients" not in texts(at)


def test_a_page_that_is_still_open_after_signing_out_says_so_kindly(store: Store, clinician: str) -> None:
    at = visit(token=clinician)
    accounts.sign_out(store, clinician)
    at.run()
    assert not at.exception
    assert "P-01" not in texts(at)


def test_a_link_that_does_not_work_says_kindly_whom_to_ask(store: Store, clinician: str) -> None:
    used, late = (accounts.invite_patient(store, clinician, code) for code in ("P-01", "P-02"))
    accounts.accept_invitation(store, used, PASSWORD, "en")
    with store.begin() as db:
        db.execute(update(InvitationRow).where(InvitationRow.used_at.is_(None)).values(expires_at=now()))
    ended, torn = "This link does not work any more", "This link is not complete"
    for invitation, title, said in (
        (used, ended, "sign in with your code and your password"),
        (late, ended, "ask your clinician for a new one"),
        ("made up", torn, "A part of it is missing."),
        ("", torn, "A part of it is missing."),
    ):
        at = visit("pages/account/join.py", token=clinician, invitation=invitation)
        assert not at.exception
        assert at.title[0].value == title
        assert said in texts(at)


def test_a_clinician_adds_a_patient_and_gets_a_link_that_works(store: Store, clinician: str) -> None:
    at = visit(token=clinician)
    assert "Nobody is in your care yet." in texts(at)
    add(at, "P-01")
    assert "1 patient in your care." in texts(at)
    secret = at.code[0].value.split("invitation=")[1]
    invited = accounts.invited(store, secret)
    assert invited is not None
    assert invited.code == "P-01"


def test_a_code_that_is_taken_is_said_in_words(store: Store, clinician: str, patient: str) -> None:
    at = visit(token=clinician)
    add(at, "p-01")
    assert at.warning[0].value == "The code “p\\-01” is taken. Please choose another.", (
        "Markdown, in which it reads p-01"
    )
    assert not at.code


def add(at: AppTest, code: str) -> None:
    """Fill in the form for another patient."""
    next(field for field in at.text_input if field.label == "Code of the patient").set_value(code)
    next(button for button in at.button if button.label == "Add and make a link").click().run()
    assert not at.exception


def test_a_new_link_replaces_the_old_one(store: Store, clinician: str) -> None:
    old = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    at = visit("pages/administrator/colleagues.py", clinician)
    [button for button in at.button if button.label == "New link"][-1].click().run()
    assert not at.exception
    assert accounts.invited(store, old) is None
    assert accounts.invited(store, at.code[0].value.split("invitation=")[1]) is not None


def test_a_code_is_shown_as_it_was_typed_whatever_signs_it_has(store: Store, clinician: str) -> None:
    accounts.invite_colleague(store, clinician, "*R* [x](http://x)", Role.RESEARCHER)
    at = visit("pages/administrator/colleagues.py", token=clinician)
    assert not at.exception
    assert r"**\*R\* \[x\]\(http\:\/\/x\)**" in [one.value.replace("//", r"\/\/") for one in at.markdown]


def test_an_error_in_a_page_is_said_in_its_place(store: Store, clinician: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(caseload, "anybody", broken)
    at = visit(token=clinician)
    assert at.exception, "Streamlit hears of it, for the log"
    assert at.warning[0].value.startswith("Something went wrong on our side. Nothing you answered is lost.")


def test_a_second_factor_is_offered_to_staff_only(store: Store, clinician: str, patient: str) -> None:
    headers = [[one.value for one in visit("pages/account/me.py", token).header] for token in (clinician, patient)]
    assert ["Second factor" in found for found in headers] == [True, False]


def test_who_signs_in_at_a_provider_is_offered_no_second_factor_and_no_link(store: Store, clinician: str) -> None:
    said = {"iss": "https://id.example", "sub": "s-1", "name": "Dr. Sol", "iat": now().timestamp(), "role": "doctor"}
    token = sign_in_with_openid(store, said, RoleClaim("role", {"doctor": Role.CLINICIAN}), "en")
    assert "Second factor" not in [one.value for one in visit("pages/account/me.py", token).header]
    links = [one.key for one in visit("pages/administrator/colleagues.py", clinician).button if one.label == "New link"]
    assert len(links) == 1, "Dr. Ruiz's own"


def test_who_is_half_in_sees_the_second_step_and_nothing_else(store: Store, clinician: str) -> None:
    enrolment = second_factor.begin(store, clinician)
    second_factor.confirm(store, clinician, pyotp.TOTP(enrolment.secret).now())
    at = visit(token=accounts.sign_in(store, "Dr. Ruiz", PASSWORD))
    assert not at.exception
    assert at.title[0].value == "Your one-time code"


def test_recovery_codes_stay_until_they_are_written_down(store: Store, clinician: str) -> None:
    jar[COOKIE] = clinician
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    at.session_state["lexithymia"] = AppState(token=clinician, recovery_codes=["abcd-efgh-jkmn-pqrs"])
    at.run()
    assert at.code[0].value == "abcd-efgh-jkmn-pqrs"
    assert [one.value for one in at.title] == ["Your recovery codes"]
    at.button[0].click().run()
    assert not at.exception
    assert at.title[0].value == "My patients"


def test_an_administrator_closes_an_account_from_the_list(store: Store, clinician: str) -> None:
    link = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    researcher = accounts.accept_invitation(store, link, PASSWORD, "en")
    at = visit("pages/administrator/colleagues.py", clinician)
    [button for button in at.button if button.label == "Close the account"][-1].click().run()
    assert not at.exception
    assert "The account is closed." in texts(at)
    assert accounts.person_behind(store, researcher) is None


def test_an_administrator_hands_patients_over_and_closes_the_account_then(store: Store, clinician: str) -> None:
    link = accounts.invite_colleague(store, clinician, "Dr. Sanz", Role.CLINICIAN)
    sanz = accounts.accept_invitation(store, link, PASSWORD, "en")
    accounts.invite_patient(store, sanz, "P-01")
    at = visit("pages/administrator/colleagues.py", clinician)

    def click(label: str) -> str:
        [button for button in at.button if button.label == label][-1].click().run()
        assert not at.exception
        return "\n".join(one.value for one in (*at.warning, *at.success))

    assert "Patients who would have nobody, archived ones too: 1." in click("Close the account")
    at.selectbox[-1].select("Dr. Ruiz").run()
    assert r"1 patient is in the care of Dr\. Ruiz now, too." in click("Hand over")
    assert click("Close the account") == ""
    assert [one.code for one in accounts.patients(store, clinician)] == ["P-01"]


def test_what_happened_is_said_in_words(
    store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)  # a page alone knows of no others
    table = visit("pages/administrator/events.py", clinician).table[0].value
    assert [*table["Whose account"], *table["What"]] == [
        *(r"P\-01", r"P\-01", r"P\-01", r"Dr\. Ruiz", r"Dr\. Ruiz"),
        *("signed in", "password chosen with a link", "account made", "signed in", "account made"),
    ]


def test_what_was_refused_is_told_to_administrators_and_to_the_patient_s_clinician(
    store: Store, clinician: str, patient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.page_link", lambda *_where, **_how: None)
    patient_id = accounts.patients(store, clinician)[0].id
    page = "pages/clinician/patient.py"
    assert "Refused sign-ins" not in "".join(one.label for one in visit(page, clinician, patient=patient_id).expander)
    for code in ("P-01", "nobody", *["P-01"] * 6):
        with suppress(Refusal):
            accounts.sign_in(store, code, "not this password", Visit(code))
    table = visit("pages/administrator/events.py", clinician).table[0].value
    assert [*table["Whose account"]][:3] == [r"P\-01", "nobody’s", r"P\-01"]
    assert [*table["What"]][:3] == [
        "had to wait after many attempts, 2 times in an hour",
        "sign-in refused",
        "sign-in refused, 5 times in an hour",
    ]
    assert [*table["By whom"]][:3] == ["another browser"] * 3
    at = visit(page, clinician, patient=patient_id)
    assert not at.exception
    assert "Somebody tried to get in as this patient" in at.warning[0].value
    (refused,) = (one for one in at.expander if one.label == "Refused sign-ins of the last 30 days")
    assert [*refused.table[0].value["From where"]] == ["another browser"] * 2
