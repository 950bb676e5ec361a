"""Two replicas behind the proxy that compose.yaml starts, on one database: a browser stays at one, and goes on at the
other when that one is gone."""

import json
import os
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.config import ROOT
from tests.caddy import caddy
from tests.e2e.acting import SOON, answer_by_key, begin_run, position, sign_in
from tests.e2e.server import AppServer, free_port
from tests.e2e.windows import OpenPage
from tests.support import new_clinician, new_patient_before_blocks

pytestmark = pytest.mark.slow

UNCHECKED = ssl._create_unverified_context()  # the proxy makes its own certificate


class Proxy:
    """Caddy with the configuration of deploy/, in front of `servers`."""

    def __init__(self, folder: Path, servers: list[AppServer]) -> None:
        self.url = f"https://localhost:{free_port()}"
        self._environment = {
            **os.environ,
            "SITE": self.url,
            "TLS": "internal",
            "HTTP_PORT": str(free_port()),
            "CADDY_ADMIN": f"localhost:{free_port()}",
            "REPLICAS": " ".join(server.url.removeprefix("http://") for server in servers),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        }

    def __enter__(self) -> "Proxy":
        command = [caddy(), "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
        self._process = subprocess.Popen(command, env=self._environment, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                if self.get("/")[0] == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.2)
        raise TimeoutError("the proxy did not answer within 20 seconds")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def get(self, path: str) -> tuple[int, dict[str, str]]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=20, context=UNCHECKED) as answer:
                return answer.status, dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers)


@pytest.fixture
def replicas(prepared: Path, tmp_path: Path) -> Iterator[list[AppServer]]:
    shutil.copy(prepared, tmp_path / "lexithymia.db")
    shared = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'lexithymia.db'}",
        "TRUSTED_PROXIES": "127.0.0.0/8, ::1",
        "DRAIN_SECONDS": "3",
        "STREAMLIT_SERVER_COOKIE_SECRET": "the same for both",
    }
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    with AppServer(folders[0], environment=shared) as one, AppServer(folders[1], environment=shared) as two:
        yield [one, two]


def sessions(server: AppServer) -> float:
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("lexithymia_sessions ")))


def test_a_patient_goes_on_at_the_other_replica(replicas: list[AppServer], tmp_path: Path, open_page: OpenPage) -> None:
    shared = AppServer(tmp_path).store
    new_patient_before_blocks(shared, new_clinician(shared), "P-1")
    with Proxy(tmp_path, replicas) as proxy:
        status, headers = proxy.get("/")
        assert status == 200
        assert "max-age" in headers["Strict-Transport-Security"]
        assert [proxy.get(path)[0] for path in ("/metrics", "/healthz", "/_stcore/metrics")] == [404] * 3
        page = open_page(ignore_https_errors=True)
        sign_in(page, proxy.url, "P-1")
        begin_run(page, 42)
        assert next(c for c in page.context.cookies() if c["name"] == "__Host-lexithymia")["secure"]
        for key in "123":
            answer_by_key(page, key)
        theirs = [server for server in replicas if sessions(server)]
        assert len(theirs) == 1, "one browser is at one replica"
        theirs[0].kill()
        page.wait_for_timeout(1000)
        for key in "4567":
            expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
            answer_by_key(page, key)
        assert position(page) == 8
        other = next(server for server in replicas if server is not theirs[0])
        assert sessions(other) == 1


def test_a_replica_that_is_told_to_stop_is_left_first(replicas: list[AppServer], tmp_path: Path) -> None:
    one, _ = replicas
    assert one.process is not None
    one.process.terminate()
    time.sleep(0.5)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{one.url}/healthz", timeout=5)
    assert refused.value.code == 503
    assert json.loads(refused.value.read())["status"] == "stopping"
    with urllib.request.urlopen(f"{one.url}/livez", timeout=5) as still:
        assert still.status == 200
    one.process.wait(20)
