"""Both ways to start the product serve the same: routes, fonts, pages, and a link where one is needed."""

import re
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

from tests.e2e.server import AppServer, ByStreamlit


class ForEverybody(AppServer):
    """Reachable from elsewhere."""

    @property
    def command(self) -> list[str]:
        return [*super().command, "--address", "0.0.0.0"]


def _status(server: AppServer, path: str, method: str = "GET", **headers: str) -> int:
    connection = HTTPConnection("localhost", server.port, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    status = connection.getresponse().status
    connection.close()
    return status


def _websocket(server: AppServer, origin: str) -> int:
    return _status(
        server,
        "/_stcore/stream",
        Origin=origin,
        Connection="Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="MDEyMzQ1Njc4OWFiY2RlZg==",
    )


def test_streamlit_run_serves_the_whole_product(tmp_path: Path) -> None:
    with ByStreamlit(tmp_path) as server:
        assert _status(server, "/") == 200
        assert _status(server, "/auth/sign-out", "POST", Origin=server.url) == 303
        assert _status(server, "/fonts/atkinson-hyperlegible-next-latin-normal.woff2") == 200
        assert _websocket(server, server.url) == 101
        assert _websocket(server, "https://elsewhere.example") == 403
        assert f"Lexithymia is at {server.url}" in server.log


def test_a_server_for_everybody_prints_the_link_for_the_first_account(tmp_path: Path) -> None:
    with ForEverybody(tmp_path) as server:
        assert re.fullmatch(rf"{server.url}/set-up\?secret=([\w-]{{20,}})", server.set_up_link)
        with urllib.request.urlopen(server.set_up_link, timeout=20) as page:
            assert page.status == 200
