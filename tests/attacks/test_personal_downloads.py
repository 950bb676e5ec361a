"""What a page gives of a person opens for the sign-in that it was offered to, and for nobody without it."""

import ast
import asyncio
from io import BytesIO
from zipfile import ZipFile

import httpx
import pytest

from core.config import ROOT
from core.web.cookies import COOKIE
from tests.attacks.visitor import Visitor
from tests.bench.load_wire import Tab
from tests.e2e.server import AppServer
from tests.support import new_patient
from tests.syntax import syntax

PUBLIC = {"pages/everybody/network/details.py"}
"""Files with a download of Streamlit's own: the card of a network is about nobody."""


@pytest.fixture(scope="module")
def patient(server: AppServer, administrator: str) -> str:
    return new_patient(server.store, administrator, "P-01")


def address_of(server: AppServer, token: str, page: str, label: str) -> str:
    async def opened() -> str:
        tab = await Tab.open(server.url, f"{COOKIE}={token}", page)
        await tab.close()
        return tab.links[label]

    return asyncio.run(opened())


def fetched(server: AppServer, path: str, token: str) -> httpx.Response:
    return httpx.get(f"{server.url}{path}", cookies={COOKIE: token} if token else {})


def test_a_copy_of_ones_data_opens_with_ones_own_cookie_until_the_sign_out(
    server: AppServer, administrator: str, patient: str
) -> None:
    path = address_of(server, patient, "my-data", "Save my data")
    mine = fetched(server, path, patient)
    assert mine.status_code == 200
    assert mine.headers["Cache-Control"] == "no-store"
    assert mine.headers["Content-Disposition"] == "attachment; filename*=UTF-8''my-data.zip"
    assert "csv/account.csv" in ZipFile(BytesIO(mine.content)).namelist()

    assert fetched(server, path, "").status_code == 401
    assert fetched(server, path, "made up").status_code == 401
    for other in (administrator, new_patient(server.store, administrator, "P-02")):
        assert fetched(server, path, other).status_code == 404
    with Visitor(server.url) as again:
        assert again.sign_in("P-01") == "/"
        assert fetched(server, path, again.token).status_code == 404, "another sign-in of the same person"

    with Visitor(server.url) as browser:
        browser.client.cookies.set(COOKIE, patient)
        browser.post("/auth/sign-out")
    assert fetched(server, path, patient).status_code == 401


def test_no_page_gives_what_is_personal_by_an_address_that_opens_for_all() -> None:
    found = set()
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"download_button", "audio", "video", "pdf"}:
                found.add(str(path.relative_to(ROOT)))
    assert found == PUBLIC
