"""A zip of faces over HTTP: who may give one, how much is taken, and what is left of one that did not arrive."""

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from core.config import settings
from core.services.faces import uploaded_sets
from core.storage import waiting_faces
from core.storage.database import Store
from core.web.cookies import COOKIE
from core.web.files import face_sets
from tests.stimuli.zips import zip_with
from tests.support import new_clinician, new_patient

from .conftest import WebClient

ZIP = zip_with({"happy/1.png": bytes(3_000_000)}) * 5


@pytest.fixture(autouse=True)
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path / "local"))
    monkeypatch.setenv("FACES_UPLOAD", "1")
    settings.cache_clear()
    yield tmp_path / "local"
    settings.cache_clear()


@pytest.fixture
def staff(store: Store) -> str:
    return new_clinician(store)


def give(site: WebClient, content: bytes | Iterator[bytes], token: str, **headers: str) -> tuple[int, dict[str, str]]:
    connection = HTTPConnection("localhost", site.port, timeout=30)
    said = {"Host": site.host, "Origin": f"http://{site.host}", "Cookie": f"{COOKIE}={token}"} | headers
    chunked = "Transfer-Encoding" in said
    connection.request("POST", f"{face_sets.PATH}?name=..%2FOur%20faces.zip", content, said, encode_chunked=chunked)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, json.loads(text) if text.startswith("{") else {}


def beginning(site: WebClient, token: str) -> HTTPConnection:
    """A zip of which only the beginning comes."""
    connection = HTTPConnection("localhost", site.port, timeout=30)
    connection.putrequest("POST", face_sets.PATH, skip_host=True)
    said = {"Host": site.host, "Origin": f"http://{site.host}", "Cookie": f"{COOKIE}={token}"}
    for name, value in {**said, "Content-Length": "100000"}.items():
        connection.putheader(name, value)
    connection.endheaders(b"PK")
    return connection


def waiting(local: Path) -> list[Path]:
    return [path for path in (local / "faces").rglob("*") if path.is_file()]


def eventually(local: Path, number: int) -> bool:
    until = time.monotonic() + 10
    while len(waiting(local)) != number and time.monotonic() < until:
        time.sleep(0.05)
    return len(waiting(local)) == number


def test_a_zip_waits_for_its_administrator_alone(site: WebClient, store: Store, staff: str, local: Path) -> None:
    status, said = give(site, ZIP, staff)
    assert status == 200
    (path,) = waiting(local)
    assert (path.name, path.read_bytes()) == ("Our faces.zip", ZIP)
    assert path.parent.stat().st_mode & 0o077 == 0
    assert uploaded_sets.waits(store, staff, said["done"])


def test_who_is_no_administrator_leaves_nothing(site: WebClient, store: Store, staff: str, local: Path) -> None:
    assert give(site, ZIP, "") == (401, {"problem": "signed-out"})
    assert give(site, ZIP, new_patient(store, staff)) == (403, {"problem": "not-allowed"})
    assert give(site, ZIP, staff, Origin="https://elsewhere.example")[0] == 403
    assert waiting(local) == []


def test_too_much_is_refused_whether_it_is_announced_or_not(site: WebClient, staff: str, local: Path) -> None:
    large = bytes(1_200_000)
    assert give(site, large, staff) == (413, {"problem": "bytes"})
    pieces = (large[at : at + 60_000] for at in range(0, len(large), 60_000))
    assert give(site, pieces, staff, **{"Transfer-Encoding": "chunked"})[1] in ({"problem": "bytes"}, {})
    assert eventually(local, 0)


def test_half_an_upload_leaves_nothing(site: WebClient, staff: str, local: Path) -> None:
    connection = beginning(site, staff)
    assert eventually(local, 1)
    connection.close()
    assert eventually(local, 0)


def test_a_full_disk_and_many_at_once_are_said(
    site: WebClient, store: Store, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(waiting_faces, "RESERVE", 10**18)
        assert give(site, ZIP, staff) == (507, {"problem": "disk"})
    monkeypatch.setattr(face_sets, "MOST_ARRIVING", 0)
    assert give(site, ZIP, staff) == (503, {"problem": "busy"})
    assert give(site, ZIP, new_patient(store, staff)) == (403, {"problem": "not-allowed"})


def test_a_second_zip_of_the_same_administrator_takes_the_place_of_the_first(
    site: WebClient, store: Store, staff: str, local: Path
) -> None:
    first = beginning(site, staff)
    assert eventually(local, 1)
    _, said = give(site, ZIP, staff)
    first.send(bytes(99_998))
    assert json.loads(first.getresponse().read()) == {"problem": "lost"}
    first.close()
    assert uploaded_sets.waits(store, staff, said["done"])
