"""What somebody wrote in their diary comes out of no service, file or address for anybody else: neither where nothing
is shown, nor where the whole diary is, to whom own words and notes do not belong."""

import asyncio
import io
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from core.domain.exercise.selection import Selection
from core.domain.patient.consent import Purpose
from core.domain.people import Refusal
from core.services.feelings import sharing
from core.services.privacy import consents, my_data
from core.services.privacy.consent_texts import newest
from core.services.research import export_files
from core.storage.database import Store
from core.web import logs, server
from core.web.cookies import COOKIE
from core.web.files.personal_files import offer
from core.web.runs import HEADER
from pages.clinician.record.report import make_report
from tests.refusals.test_services import SERVICES, special
from tests.refusals.whose import WHOSE
from tests.refusals.world import NOTE, OWN_WORD, World, build
from tests.services.clinic.printed import texts
from tests.services.research.later import weeks_later
from tests.support import new_store, served

LAST = ("erasure.erase", "care.end_care")
"""After these nothing is left to be seen."""
CLOSES = ("consents.set_minor",)
"""After these a guardian is to be asked, and until then nothing is shown."""
SECRETS = NOTE.encode(), OWN_WORD.encode()
SHOWN = b"worried"
"""A word of the list, which goes with a diary that is shown."""
IDS = ("check_in_id", "block_id", "practice_id", "patient_id")
"""Of the owner, in the place of what an address asks for."""


@pytest.fixture(scope="module", params=[False, True], ids=["nothing is shown", "the whole diary is shown"])
def shown(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def store(shown: bool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_store(tmp_path_factory.mktemp("clinic"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def world(shown: bool, store: Store, tmp_path_factory: pytest.TempPathFactory) -> World:
    world = build(store, tmp_path_factory.mktemp("out"))
    owner = world.tokens["owner"]
    consents.decide(store, owner, Purpose.RESEARCH, newest(Purpose.RESEARCH), True)
    sharing.share_diary(store, owner, shown)
    return world


@pytest.fixture(autouse=True)
def _weeks_later() -> Iterator[None]:
    with weeks_later():
        yield


def unpacked(content: bytes) -> bytes:
    """With all that is in it, where it is a zip."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"\n".join([content, *(unpacked(packed.read(name)) for name in packed.namelist())])


def told(world: World, store: Store, name: str, who: str, **more: Any) -> bytes:
    """All that a service answers or writes, what it refuses in words included."""
    try:
        answer = world.call(SERVICES[name], store, who, **special(world, name), **more)
    except Refusal as refusal:
        return str(refusal).encode()
    except (ValueError, OSError) as error:
        return repr(error).encode()
    out: Path = world.values["out"]
    files = [path for path in (out, *out.rglob("*")) if path.is_file()]
    written = b"\n".join(unpacked(path.read_bytes()) for path in files)
    if isinstance(answer, bytes):
        return unpacked(answer) + written
    try:
        return pickle.dumps(answer) + written
    except (pickle.PicklingError, AttributeError, TypeError):
        return repr(answer).encode() + written


def leaked(content: bytes) -> bool:
    return any(secret in content for secret in SECRETS)


def test_the_owner_reads_their_own_words(world: World, store: Store) -> None:
    for name in ("diary.mine", "diary.page", "check_ins.again", "my_data.copy_of"):
        assert all(secret in told(world, store, name, "owner") for secret in SECRETS), name


def test_a_clinician_s_report_and_a_researcher_s_export_hold_no_more_than_what_is_shown(
    world: World, store: Store, shown: bool
) -> None:
    report = " ".join(texts(make_report(store, world.tokens["carer"], world.values["patient_id"], "en"))).encode()
    made = export_files.make(store, world.tokens["researcher"], Selection(), lambda rows: True)
    exported = unpacked(export_files.file_of(store, world.tokens["researcher"], made.name).read_bytes())
    for content in (report, exported):
        assert not leaked(content)
    assert (b"Own feelings" in report, b"felt_words" in exported and SHOWN in exported) == (shown, shown)


def test_no_address_gives_it_to_anybody_else(world: World, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, researcher = world.tokens["owner"], world.tokens["researcher"]
    made = export_files.make(store, researcher, Selection(), lambda rows: True)
    copy = offer(owner, "my-data", "my-data.zip", "application/zip", lambda: my_data.copy_of(store, owner))
    with served(store):
        routes = all_routes(monkeypatch)
        paths = [("GET", copy), *requests(routes, world, made.name)]
        fetched = asyncio.run(answers(Starlette(routes=routes), paths, world.tokens))
    assert all(secret in fetched["owner"] for secret in SECRETS), "the search finds what an address gives"
    assert {who for who, content in fetched.items() if leaked(content)} == {"owner"}
    assert b"participant_id" in fetched["researcher"]


def test_no_service_tells_anybody_else(world: World, store: Store) -> None:
    names = [name for name in WHOSE if name not in LAST and not name.startswith(("sign_in.", "second_factor."))]
    names.sort(key=lambda name: name in CLOSES)
    leaks = [
        (name, who)
        for name in names
        for who in world.tokens.keys() - {"owner"}
        if leaked(told(world, store, name, who))
    ]
    assert leaks == []


def all_routes(monkeypatch: pytest.MonkeyPatch) -> list[Route]:
    """Of the product beside Streamlit; nothing else of a server is set up."""
    monkeypatch.setattr(logs, "set_up", lambda: None)
    monkeypatch.setattr("os.umask", lambda mask: mask)
    found: list[Route] = server.beside_streamlit([], lambda *_: {}, lambda: None)["routes"]
    return found


def requests(routes: list[Route], world: World, export: str) -> list[tuple[str, str]]:
    """Method and path of every route, with each of the owner's ids; what ends a sign-in comes last."""
    asked = set()
    for route in routes:
        for method in route.methods or ():
            for id_ in IDS:
                path = route.path.replace("{number:int}", "1").replace("{part:int}", "0").replace("{name}", export)
                for name in ("{run}", "{id}", "{file}", "{digest}"):
                    path = path.replace(name, str(world.values[id_]))
                asked.add((method, path))
    return sorted(asked, key=lambda one: ("sign-out" in one[1], *one))


async def answers(app: Starlette, paths: list[tuple[str, str]], tokens: dict[str, str]) -> dict[str, bytes]:
    """All that an app sends to each of these sign-ins, by who they are of."""
    fetched = {}
    said = {HEADER: "1", "Origin": "http://localhost", "Content-Type": "application/json"}
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    for who, token in tokens.items():
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=said) as client:
            fetched[who] = b""
            for method, path in paths:
                body = b'{"known": 0, "events": []}' if method == "POST" else b""
                answer = await client.request(method, path, content=body, headers={"Cookie": f"{COOKIE}={token}"})
                fetched[who] += str(answer.headers).encode() + unpacked(answer.content)
    return fetched
