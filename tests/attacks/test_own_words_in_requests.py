"""Forged check-ins are refused in words that repeat none of theirs, logged without them, and change nothing."""

import json
from secrets import token_hex
from typing import Any

import httpx
import pytest

from core.services.feelings import check_ins, diary
from core.web.cookies import COOKIE
from core.web.runs import HEADER
from tests.e2e.server import AppServer
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER, new_patient

SECRET = "The river was loud that night."


@pytest.fixture
def patient(server: AppServer, administrator: str) -> str:
    token = new_patient(server.store, administrator, f"P-{token_hex(6)}")
    agree_to_diary(server.store, token)
    return token


@pytest.fixture
def begun(server: AppServer, patient: str) -> str:
    return check_ins.begin(server.store, patient, BROWSER).entry.id


def tell(server: AppServer, token: str, check_in: str, part: str, value: Any, **headers: str) -> httpx.Response:
    said = {"Origin": server.url, HEADER: "1", "Content-Type": "application/json", **headers}
    body = json.dumps({"known": 0, "events": [{"seq": 1, "part": part, "value": value}]})
    cookies = {COOKIE: token} if token else {}
    url = f"{server.url}/check-ins/{check_in}?language=es"
    kept = {name: held for name, held in said.items() if held}
    return httpx.post(url, content=body, headers=kept, cookies=cookies, timeout=30)


NOTE = {"with_whom": None, "place": None, "note": SECRET}


def test_a_part_of_one_s_own_is_kept_and_acknowledged(server: AppServer, patient: str, begun: str) -> None:
    answer = tell(server, patient, begun, "situation", NOTE)
    assert (answer.status_code, answer.json()["kept"]) == (200, 1)
    assert diary.mine(server.store, patient).entries[0].note == SECRET
    assert SECRET not in server.log


def test_another_s_a_made_up_one_and_one_without_a_sign_in_or_header_is_refused(
    server: AppServer, administrator: str, patient: str, begun: str
) -> None:
    other = new_patient(server.store, administrator, f"P-{token_hex(6)}")
    agree_to_diary(server.store, other)
    refused = [
        tell(server, other, begun, "situation", NOTE),
        tell(server, patient, "0" * 32, "situation", NOTE),
        tell(server, administrator, begun, "situation", NOTE),
        tell(server, "", begun, "situation", NOTE),
        tell(server, patient, begun, "situation", NOTE, **{HEADER: ""}),
        tell(server, patient, begun, "situation", NOTE, Origin="https://elsewhere.example"),
    ]
    assert [answer.status_code for answer in refused] == [403, 403, 403, 401, 403, 403]
    assert diary.mine(server.store, patient).entries == ()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("situation", {**NOTE, "shared": True}),
        ("words", {"words": [SECRET]}),
        (SECRET, None),
        ("situation", SECRET * 99),
    ],
)
def test_what_is_not_understood_is_not_repeated(
    server: AppServer, patient: str, begun: str, part: str, value: Any
) -> None:
    answer = tell(server, patient, begun, part, value)
    assert answer.status_code == 400
    assert SECRET not in answer.text
    assert "Recarga la página" in answer.text
    assert diary.mine(server.store, patient).entries == ()
    assert SECRET not in server.log


def test_what_comes_after_the_consent_was_taken_back_is_let_go(server: AppServer, patient: str, begun: str) -> None:
    agree_to_diary(server.store, patient, False)
    assert tell(server, patient, begun, "situation", NOTE).status_code == 409
    assert diary.mine(server.store, patient).entries == ()
