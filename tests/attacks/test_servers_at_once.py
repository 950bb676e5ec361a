"""Four servers are started at the same moment on an empty database: all of them serve."""

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import KINDS, url
from tests.e2e.server import AppServer

SERVERS = 4


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_servers_that_start_together_on_an_empty_database_all_serve(kind: str, tmp_path: Path) -> None:
    with url(kind, tmp_path) as address:
        told = {"DATABASE_URL": address}
        servers = [AppServer(tmp_path / str(number), environment=told) for number in range(SERVERS)]
        for server in servers:
            server.local.mkdir()
        try:
            with ThreadPoolExecutor(SERVERS) as pool:
                list(pool.map(AppServer.start, servers))
            assert [_health(server)["status"] for server in servers] == ["ok"] * SERVERS
            assert all("Traceback" not in server.log for server in servers)
        finally:
            for server in servers:
                server.kill()


def _health(server: AppServer) -> dict[str, str]:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=10) as answer:
        read: dict[str, str] = json.load(answer)
        return read
