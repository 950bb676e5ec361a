"""Who guesses leaves traces, and a flood of guesses no flood of rows."""

from collections import Counter
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest

from core.domain.people import REFUSALS, AccountEvent, EntryPlace, Role
from core.services.accounts import accounts, second_factor
from tests.attacks.visitor import Visitor
from tests.e2e.server import AppServer
from tests.support import PASSWORD

WRONG = "not this password 4711"
ADDRESS = "203.0.113.77"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"TRUSTED_PROXIES": "127.0.0.1, ::1"}


@pytest.fixture
def thief(server: AppServer) -> Visitor:
    return Visitor(server.url, ADDRESS)


def refused(server: AppServer, administrator: str, person: str | None) -> dict[tuple[AccountEvent, EntryPlace], int]:
    """How often somebody was refused who said that they are `person`, by kind and place; one row an hour for each."""
    counted, rows = Counter[tuple[AccountEvent, EntryPlace]](), Counter[tuple[AccountEvent, EntryPlace]]()
    for entry in accounts.events(server.store, administrator):
        if entry.what in REFUSALS and entry.person == person and entry.place is not None:
            counted[entry.what, entry.place] += entry.number
            rows[entry.what, entry.place] += 1
    assert max(rows.values(), default=0) <= 2, "two where the hour has just changed"
    return dict(counted)


def test_wrong_passwords_are_told_by_who_was_meant_and_from_where(
    server: AppServer, administrator: str, thief: Visitor
) -> None:
    link = accounts.invite_patient(server.store, administrator, "P-01")
    with Visitor(server.url, "203.0.113.78") as patient, Visitor(server.url) as here:
        patient.post("/auth/join", invitation=link, password=PASSWORD, language="en")
        patient.sign_in("P-01", WRONG)
        here.sign_in("P-01", WRONG)
        for _ in range(30):
            thief.sign_in("P-01", WRONG)
    counted = refused(server, administrator, "P-01")
    assert counted == {
        (AccountEvent.SIGN_IN_REFUSED, EntryPlace.KNOWN_BROWSER): 1,
        (AccountEvent.SIGN_IN_REFUSED, EntryPlace.THIS_MACHINE): 1,
        (AccountEvent.SIGN_IN_REFUSED, EntryPlace.NEW_BROWSER): 4,
        (AccountEvent.KEPT_OUT, EntryPlace.NEW_BROWSER): 26,
    }
    patient_id = accounts.patients(server.store, administrator)[0].id
    seen = accounts.refused(server.store, administrator, patient_id)
    assert sum(one.number for one in seen) == sum(counted.values())


def test_a_code_that_nobody_has_leaves_a_trace_too(server: AppServer, administrator: str, thief: Visitor) -> None:
    thief.sign_in("nobody's code", WRONG)
    thief.sign_in("another's code", WRONG)
    assert refused(server, administrator, None)[AccountEvent.SIGN_IN_REFUSED, EntryPlace.NEW_BROWSER] == 2


def test_links_and_one_time_codes_leave_traces(server: AppServer, administrator: str, thief: Visitor) -> None:
    link = accounts.invite_colleague(server.store, administrator, "Dr Sanz", Role.CLINICIAN)
    token = accounts.accept_invitation(server.store, link, PASSWORD, "en")
    second_factor.confirm(server.store, token, pyotp.TOTP(second_factor.begin(server.store, token).secret).now())
    thief.post("/auth/join", invitation=link, password=PASSWORD)
    thief.sign_in("Dr Sanz")
    thief.post("/auth/second-factor", one_time_code="000000")
    assert refused(server, administrator, "Dr Sanz") == {
        (AccountEvent.LINK_REFUSED, EntryPlace.NEW_BROWSER): 1,
        (AccountEvent.ONE_TIME_CODE_REFUSED, EntryPlace.NEW_BROWSER): 1,
    }


def test_outcomes_are_counted_among_the_figures(server: AppServer, administrator: str, thief: Visitor) -> None:
    answer = thief.sign_in("somebody", WRONG)
    thief.post("/auth/language", language="en", back="/?problem=made-up")
    outcome = parse_qs(urlsplit(answer).query)["problem"][0]
    figures = httpx.get(f"{server.url}/metrics").text
    assert f'lexithymia_entries_total{{form="sign-in",outcome="{outcome}"}}' in figures
    assert 'lexithymia_entries_total{form="language",outcome="done"}' in figures
    assert "made-up" not in figures


def test_no_password_and_no_address_is_kept(server: AppServer, thief: Visitor) -> None:
    thief.sign_in("P-01", WRONG)
    kept = b"".join(path.read_bytes() for path in server.local.glob("lexithymia.db*"))
    assert not [secret for secret in (WRONG, ADDRESS, "203.0.113") if secret.encode() in kept]
    assert ADDRESS not in server.log
