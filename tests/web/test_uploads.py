"""Pictures and videos over HTTP: who may give them, how much is taken, what comes back, what stays behind."""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any
from weakref import WeakSet

import numpy as np
import pytest

from core.config import settings
from core.domain.camera.seen import SeenFrame
from core.domain.files import MOST_OF_ONE
from core.domain.patient.consent import Purpose
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from core.vision import files
from core.vision.rater import load_default
from core.web.cookies import COOKIE
from core.web.files import uploads
from core.web.files.uploads import take
from tests.support import new_clinician, new_patient
from tests.vision.test_files import PEOPLE, encoded, face, film

from .conftest import WebClient


@pytest.fixture(autouse=True)
def _shipped_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "rater_in_charge", lambda store: load_default())


@pytest.fixture
def staff(store: Store) -> str:
    return new_clinician(store)


def give(
    site: WebClient, content: bytes | Iterator[bytes], token: str, query: str = "", **headers: str
) -> tuple[int, list[dict[str, Any]]]:
    """Send a file as the page does; the status and the lines of the answer."""
    connection = HTTPConnection("localhost", site.port, timeout=30)
    said = {"Host": site.host, "Origin": f"http://{site.host}", "Cookie": f"{COOKIE}={token}"} | headers
    connection.request("POST", f"/files/read{query}", content, said, encode_chunked="Transfer-Encoding" in said)
    response = connection.getresponse()
    lines = [json.loads(line) for line in response.read().decode().splitlines() if line.startswith("{")]
    connection.close()
    return response.status, lines


def happy() -> bytes:
    return encoded(face(PEOPLE[0], "happy_100"))


def test_what_is_seen_in_a_picture_comes_back_and_waits_for_the_page_once(site: WebClient, staff: str) -> None:
    status, lines = give(site, happy(), staff)
    assert status == 200
    (found,) = lines[-1]["frames"][0]["faces"]
    assert found[5] == "happy"
    read = take(lines[-1]["done"])
    assert read is not None
    assert read.kind == "picture"
    assert read.frames[0].faces[0].top.word == "happy"
    assert take(lines[-1]["done"]) is None


def test_a_video_says_how_far_it_is(site: WebClient, staff: str) -> None:
    status, lines = give(site, film([face(PEOPLE[0], "happy_100")] * 20), staff)
    shares = [line["share"] for line in lines[:-1]]
    assert status == 200
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert lines[-1]["kind"] == "video"
    assert len(lines[-1]["frames"]) == 10


def test_a_noisy_picture_may_be_smoothed_first(site: WebClient, staff: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(files, "denoised", lambda grey: asked.append(True) or grey)  # type: ignore[func-returns-value]
    give(site, happy(), staff)
    give(site, happy(), staff, "?denoise=1")
    assert asked == [True]


def test_who_is_not_signed_in_or_comes_from_another_site_reads_nothing(site: WebClient, staff: str) -> None:
    assert give(site, happy(), "") == (401, [{"problem": "signed-out"}])
    assert give(site, happy(), "made up") == (401, [{"problem": "signed-out"}])
    assert give(site, happy(), staff, Origin="https://elsewhere.example")[0] == 403


def test_a_patient_needs_their_own_consent_to_the_camera(site: WebClient, store: Store, staff: str) -> None:
    patient = new_patient(store, staff)
    assert give(site, happy(), patient) == (403, [{"problem": "not-allowed"}])
    consents.decide(store, patient, Purpose.CAMERA, newest(Purpose.CAMERA), True)
    assert give(site, happy(), patient)[0] == 200
    consents.decide(store, patient, Purpose.CAMERA, newest(Purpose.CAMERA), False)
    assert give(site, happy(), patient)[0] == 403


@pytest.mark.parametrize(("variable", "value"), [("SITE", "work"), ("SITE", "education"), ("EXPRESSION", "off")])
def test_where_the_exercise_is_closed_nobody_reads_files(
    site: WebClient, staff: str, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    settings.cache_clear()
    try:
        assert give(site, happy(), staff) == (403, [{"problem": "not-allowed"}])
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_too_much_is_refused_before_it_was_taken(site: WebClient, staff: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    assert give(site, happy(), staff) == (413, [{"problem": "bytes"}])
    assert give(site, iter([happy()]), staff, **{"Transfer-Encoding": "chunked"})[1] == [{"problem": "bytes"}]


def test_a_file_that_cannot_be_read_gets_the_name_of_its_sentence(site: WebClient, staff: str) -> None:
    assert give(site, b"#EXTM3U", staff)[1] == [{"problem": "kind"}]
    assert give(site, happy()[:400], staff)[1] == [{"problem": "broken"}]


def test_no_more_files_are_taken_than_fit_into_memory(
    site: WebClient, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_ARRIVING", 0)
    assert give(site, happy(), staff) == (503, [{"problem": "busy"}])
    monkeypatch.setattr(uploads, "MOST_ARRIVING", 1)
    for _ in range(3):
        assert give(site, happy(), staff)[0] == 200
        assert give(site, b"nothing", staff)[1] == [{"problem": "kind"}]


def test_files_that_arrive_slowly_hold_up_nobody_and_not_for_ever(
    site: WebClient, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "ARRIVES_WITHIN", 3.0)
    slow = beginning(site, staff), beginning(site, staff)
    assert give(site, happy(), staff)[0] == 200
    for connection in slow:
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())) == (408, {"problem": "lost"})
        connection.close()


def test_when_the_tab_goes_the_reading_ends_and_the_file_is_let_go(
    site: WebClient, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Watch:
        pass

    held: WeakSet[Watch] = WeakSet()
    steps = 0

    def endless(content: bytes, rater: object, denoise: bool) -> Iterator[tuple[float, SeenFrame]]:
        nonlocal steps
        held.add(watch := Watch())
        assert watch
        while True:
            steps += 1
            time.sleep(0.01)
            yield min(1.0, steps / 50), SeenFrame(steps, (), 0.5)

    monkeypatch.setattr(files, "read_file", endless)
    connection = HTTPConnection("localhost", site.port, timeout=30)
    said = {"Host": site.host, "Origin": f"http://{site.host}", "Cookie": f"{COOKIE}={staff}"}
    connection.request("POST", "/files/read", happy(), said)
    connection.getresponse().read(10)
    connection.close()
    until = time.monotonic() + 10
    while held and time.monotonic() < until:
        time.sleep(0.05)
        gc.collect()
    assert not held
    assert give(site, b"nothing", staff)[1] == [{"problem": "kind"}], "its place is free again"


def test_ten_megabytes_open_no_file(site: WebClient, staff: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (1700, 2000, 3)).astype(np.uint8)
    large = encoded(noise, "PNG")
    assert len(large) > 10_000_000
    give(site, happy(), staff)  # the network and its libraries are loaded now
    written: list[str] = []
    watching = False  # a hook cannot be taken back
    sys.addaudithook(
        lambda event, given: written.append(str(given[0])) if watching and event == "open" and _writes(given) else None
    )
    watching = True
    assert give(site, large, staff)[0] == 200
    watching = False
    files = [name for name in written if not name.isdigit()]  # a number is the pipe to the process that decodes
    assert [name for name in files if not name.endswith((".db", "-wal", "-shm"))] == []


def _writes(given: tuple[Any, ...]) -> bool:
    mode, flags = given[1], given[2]
    return bool(set(mode or "") & set("wax+")) or bool(flags & (os.O_WRONLY | os.O_RDWR))


def test_one_account_has_some_of_the_places_and_the_others_the_rest(site: WebClient, store: Store, staff: str) -> None:
    holding: list[HTTPConnection] = []

    def all_taken() -> bool:
        if give(site, b"", staff) == (503, [{"problem": "busy"}]):
            return True
        holding.append(beginning(site, staff))
        return False

    assert eventually(all_taken)
    assert len(holding) >= MOST_OF_ONE
    patient = new_patient(store, staff)
    consents.decide(store, patient, Purpose.CAMERA, newest(Purpose.CAMERA), True)
    assert give(site, happy(), patient)[0] == 200
    for connection in holding:
        connection.close()
    assert eventually(lambda: give(site, happy(), staff)[0] == 200)


def beginning(site: WebClient, token: str) -> HTTPConnection:
    """A file of which only the beginning comes."""
    connection = HTTPConnection("localhost", site.port, timeout=30)
    connection.putrequest("POST", "/files/read", skip_host=True)
    said = {"Host": site.host, "Origin": f"http://{site.host}", "Cookie": f"{COOKIE}={token}"}
    for name, value in {**said, "Content-Length": "1000"}.items():
        connection.putheader(name, value)
    connection.endheaders(b"a little")
    return connection


def eventually(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False
