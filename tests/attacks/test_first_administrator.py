"""No header makes an administrator or opens the figures: a proxy on the same machine passes all on."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from core.services.accounts import accounts
from core.storage.tables import PersonRow
from tests.e2e.server import AppServer
from tests.support import PASSWORD

FORGED: tuple[dict[str, str], ...] = (
    {},
    {"Host": "localhost", "Origin": "http://localhost"},
    {"Host": "127.0.0.1:80", "Origin": "http://127.0.0.1:80"},
    {"Host": "[::1]", "Origin": "http://[::1]"},
    {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"},
)
PASSED_ON = (
    {"X-Forwarded-For": "203.0.113.7"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Server": "proxy"},
    {"Forwarded": "for=127.0.0.1"},
    {"Via": "1.1 proxy"},
    {"X-Real-IP": "127.0.0.1"},
    {"Host": "clinic.example"},
)


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """It believes a proxy on the same machine, and shows its figures to who has a token."""
    return {"TRUSTED_PROXIES": "127.0.0.1, ::1", "METRICS_TOKEN": "a token"}


def _ask(server: AppServer, method: str, path: str, headers: dict[str, str], **fields: str) -> tuple[int, str]:
    """The status, and where it leads."""
    said = {"Host": f"localhost:{server.port}", "Origin": server.url} | headers
    if fields:
        said["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPConnection("localhost", server.port, timeout=60)
    connection.request(method, path, urlencode(fields), said)
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers.get("Location", "")


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_nobody_without_the_secret_becomes_an_administrator(server: AppServer, headers: dict[str, str]) -> None:
    for secret in ("", "guessed"):
        _, leads_to = _ask(server, "POST", "/auth/set-up", headers, code="x", password=PASSWORD, secret=secret)
        assert "problem=console" in leads_to
    assert accounts.setup_needed(server.store)


@pytest.mark.parametrize("headers", PASSED_ON, ids=str)
def test_figures_are_not_for_who_came_through_a_proxy_of_this_machine(
    server: AppServer, headers: dict[str, str]
) -> None:
    assert _ask(server, "GET", "/metrics", headers)[0] == 404
    assert _ask(server, "GET", "/metrics", {"Authorization": "Bearer wrong", **headers})[0] == 404
    assert _ask(server, "GET", "/metrics", {"Authorization": "Bearer a token", **headers})[0] == 200


def test_figures_are_for_programs_of_this_machine(server: AppServer) -> None:
    assert _ask(server, "GET", "/metrics", {})[0] == 200


def test_of_twenty_with_the_secret_at_once_one_gets_an_account(server: AppServer) -> None:
    secret = parse_qs(urlsplit(server.set_up_link).query)["secret"][0]

    def make(number: int) -> str:
        fields = {"code": f"Dr {number}", "password": PASSWORD, "secret": secret}
        return _ask(server, "POST", "/auth/set-up", {}, **fields)[1]

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(make, range(20)))
    assert sorted(answer.partition("&")[0] for answer in answers) == ["/"] + ["/set-up?problem=set-up"] * 19
    with server.store.begin() as db:
        assert db.query(PersonRow).count() == 1
