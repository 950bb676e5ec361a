"""What Streamlit serves and this product does not use is not there; an unknown page says so to programs, too."""

import httpx
import pytest

from app import PAGES
from tests.e2e.server import AppServer

UNUSED = (
    "/_stcore/upload_file/session/file",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/app/static/any",
    "/sign-in/_stcore/upload_file/session/file",
    "/sign-in/_stcore/health",
)


@pytest.mark.parametrize("path", UNUSED)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"])
def test_it_answers_404_whatever_is_asked_of_it(server: AppServer, method: str, path: str) -> None:
    answer = httpx.request(method, f"{server.url}{path}", headers={"Origin": server.url}, content=b"x" * 100)
    assert (answer.status_code, answer.text) == (404, "Not Found\n")


def test_a_browser_at_an_unknown_page_gets_the_app_and_the_status_404(server: AppServer) -> None:
    answer = httpx.get(f"{server.url}/nowhere", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 404
    assert "<title>" in answer.text


def test_every_page_has_its_address(server: AppServer) -> None:
    said = {page.path: httpx.get(f"{server.url}/{page.path}").status_code for page in PAGES}
    assert set(said.values()) == {200}
