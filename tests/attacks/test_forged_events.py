"""Forged events of a run are refused in words, logged, and change nothing; a check tells its browser no answer."""

import gzip
import json
from secrets import token_hex
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind
from core.services.exercise import recognition
from core.storage.tables import SessionRow, TrialRow
from core.web.cookies import COOKIE
from core.web.runs import HEADER
from tests.e2e.answers import sent_answer
from tests.e2e.server import AppServer
from tests.support import BROWSER, new_patient, new_patient_before_blocks

Events = list[dict[str, Any]]


@pytest.fixture
def patient(server: AppServer, administrator: str) -> str:
    return new_patient_before_blocks(server.store, administrator, f"P-{token_hex(6)}")


@pytest.fixture
def run(server: AppServer, patient: str) -> str:
    """The name of the patient's open check."""
    return recognition.begin(server.store, patient, BROWSER, Kind.CHECK).id


def answer(number: int, seq: int = 1, **more: Any) -> dict[str, Any]:
    return {"seq": seq, "type": "answer", "number": number, **sent_answer("fear"), **more}


def post(server: AppServer, token: str, run: str, content: bytes, **headers: str) -> httpx.Response:
    known = {"Origin": server.url, HEADER: "1", "Content-Type": "application/json", **headers}
    cookies = {COOKIE: token} if token else {}
    url = f"{server.url}/runs/{run}?language=es"
    return httpx.post(url, content=content, headers=known, cookies=cookies, timeout=30)


def tell(server: AppServer, token: str, run: str, events: Events) -> httpx.Response:
    return post(server, token, run, json.dumps({"known": 42, "events": events}).encode())


def stored(server: AppServer, run: str) -> int:
    with server.store.begin() as db:
        rows = db.scalars(select(TrialRow).where(TrialRow.block_id == run)).all()
        return sum(row.answered_at is not None or row.painted_at is not None or row.void is not None for row in rows)


FORGED: dict[str, tuple[Events, int]] = {
    "never drawn": ([answer(43)], 409),
    "a face that never stood in": ([answer(1, stand_in=True)], 400),
    "number zero": ([answer(0)], 409),
    "out of order": ([answer(1), answer(3, 2)], 409),
    "painted out of order": ([{"seq": 1, "type": "painted", "number": 9}], 409),
    "left out of order": ([{"seq": 1, "type": "left", "number": 9}], 409),
    "with a target": ([answer(1, target="fear")], 400),
    "with its score": ([answer(1, correct=True)], 400),
    "an unknown kind": ([{"seq": 1, "type": "erase", "number": 1}], 400),
    "an answer that is none": ([answer(1, response="joy")], 400),
    "a time that is none": ([answer(1, response_time_ms="fast")], 400),
    "a thousand at once": ([answer(1, seq) for seq in range(1, 1001)], 400),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_no_page_of_ours_sends_is_refused_whole_in_words_and_logged(
    server: AppServer, patient: str, run: str, forged: str
) -> None:
    events, status = FORGED[forged]
    before = server.log.count("a run's request was refused")
    refused = tell(server, patient, run, events)
    assert refused.status_code == status
    assert "Vuelve a cargar la página" in refused.json()["sentence"]
    assert stored(server, run) == 0
    assert server.log.count("a run's request was refused") == before + 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"events": 7}', b"\xff\xfe", b'{"events":[' + b"[" * 100_000, b"9" * 5000],
    ids=["empty", "half", "list", "null", "number", "bytes", "deep", "long number"],
)
def test_what_is_no_batch_is_refused(server: AppServer, patient: str, run: str, content: bytes) -> None:
    assert post(server, patient, run, content).status_code == 400
    assert stored(server, run) == 0


def test_ten_megabytes_are_not_read(server: AppServer, patient: str, run: str) -> None:
    assert post(server, patient, run, b" " * 10_000_000).status_code == 413


def test_nobody_tells_of_or_looks_into_somebody_elses_run(
    server: AppServer, administrator: str, patient: str, run: str
) -> None:
    stranger = new_patient(server.store, administrator, "P-stranger")
    for token, status in ((stranger, 403), (administrator, 403), ("", 401), ("made up", 401)):
        assert tell(server, token, run, [answer(1)]).status_code == status
        for path in ("", "/1.webp", "/1/0.webp"):
            seen = httpx.get(f"{server.url}/runs/{run}{path}", cookies={COOKIE: token} if token else {})
            assert seen.status_code == status
    assert stored(server, run) == 0


def test_another_site_can_tell_nothing(server: AppServer, patient: str, run: str) -> None:
    batch = json.dumps({"events": [answer(1)]}).encode()
    assert post(server, patient, run, batch, Origin="https://evil.example").status_code == 403
    bare = {"Origin": server.url, "Content-Type": "text/plain"}  # as a form may send it
    sent = httpx.post(f"{server.url}/runs/{run}", content=batch, headers=bare, cookies={COOKIE: patient})
    assert sent.status_code == 403
    assert stored(server, run) == 0


def test_what_is_told_twice_counts_once(server: AppServer, patient: str, run: str) -> None:
    first = tell(server, patient, run, [answer(1, 7), answer(1, 8, response="sad"), answer(2, 9)])
    assert (first.status_code, first.json()["kept"], first.json()["answered"]) == (200, 9, 2)
    again = tell(server, patient, run, [answer(1, 7, response="sad"), answer(2, 9, response="sad")])
    assert (again.json()["kept"], again.json()["answered"]) == (9, 2)
    with server.store.begin() as db:
        rows = db.scalars(select(TrialRow).where(TrialRow.block_id == run).order_by(TrialRow.number)).all()
        assert [row.response for row in rows[:3]] == ["fear", "fear", None]


def test_nothing_that_a_check_s_browser_is_sent_tells_an_answer(
    server: AppServer, administrator: str, patient: str, run: str
) -> None:
    """Neither words, nor headers, nor an order: all but the pictures is the same for every check of its length."""
    other = recognition.begin(
        server.store, new_patient_before_blocks(server.store, administrator, "P-other"), BROWSER
    ).id
    cookies = {COOKIE: patient}
    sent = httpx.get(f"{server.url}/runs/{run}", cookies=cookies)
    assert sent.json() == {
        "answered": 0,
        "of": 42,
        "over": False,
        "next": 1,
        "items": [{"number": n, "exposure_ms": None, "painted": False, "feedback": None} for n in range(1, 43)],
    }
    assert sent.headers["cache-control"] == "no-store"
    with server.store.begin() as db:
        rows = db.scalars(select(TrialRow).where(TrialRow.block_id == run).order_by(TrialRow.number)).all()
        targets = [str(row.target) for row in rows]
    assert len(set(targets)) == 7
    for number in range(1, 43):
        picture = httpx.get(f"{server.url}/runs/{run}/{number}.webp", cookies=cookies)
        told = json.dumps([dict(picture.headers), picture.url.path]).lower()
        assert [emotion.word for emotion in Emotion if emotion.word in told] == []
        assert "etag" not in picture.headers
        assert "last-modified" not in picture.headers
        assert picture.headers["cache-control"] == "private, max-age=86400, immutable"
    kept = tell(server, patient, run, [answer(n, n) for n in range(1, 43)]).json()
    assert kept == {"kept": 42, "answered": 42, "of": 42, "over": True, "next": None, "items": []}
    assert httpx.get(f"{server.url}/runs/{other}/1.webp", cookies=cookies).status_code == 403


def test_a_browser_says_what_it_likes_of_itself(server: AppServer, patient: str, run: str) -> None:
    url = f"{server.url}/runs/{run}?language=%00../../x&time_zone={'A' * 5000}%00"
    headers = {"Origin": server.url, HEADER: "1", "User-Agent": "\x7f" * 3000}
    body = json.dumps({"events": [answer(1)]}).encode()
    kept = httpx.post(url, content=body, headers=headers, cookies={COOKIE: patient})
    assert kept.json()["answered"] == 1
    with server.store.begin() as db:
        row = db.scalars(select(TrialRow).where(TrialRow.block_id == run, TrialRow.number == 1)).one()
        sitting = db.get_one(SessionRow, row.session_id)
        assert (row.language, sitting.time_zone, sitting.user_agent) == ("en", "A" * 64, None)


def test_an_answer_is_compressed_where_the_browser_takes_it(server: AppServer, patient: str) -> None:
    practice = recognition.begin(server.store, patient, BROWSER, Kind.PRACTICE).id
    with httpx.stream(
        "GET", f"{server.url}/runs/{practice}", cookies={COOKIE: patient}, headers={"Accept-Encoding": "gzip"}
    ) as sent:
        packed = b"".join(sent.iter_raw())
    assert sent.headers["content-encoding"] == "gzip"
    told = json.loads(gzip.decompress(packed))
    assert len(told["items"]) == 14
    assert len(packed) < 20_000
    assert set(told["items"][0]["feedback"]["said"]) >= {emotion.word for emotion in Emotion}
    again = httpx.get(
        f"{server.url}/runs/{practice}", cookies={COOKIE: patient}, headers={"If-None-Match": sent.headers["etag"]}
    )
    assert again.status_code == 304
