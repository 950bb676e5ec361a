"""The routes and the middleware on a real server, spoken to over HTTP as a browser would."""

import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from core.services import accounts
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.storage.people import hashed
from core.web.accounts import Door
from core.web.fonts import font_routes
from core.web.origin import SameOrigin

PASSWORD = "a quiet room with light"
SECRET = "printed on the console"


@dataclass
class Site:
    """A running server and one browser at it: `cookies` is the browser's jar."""

    store: Store
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, **headers: str
    ) -> tuple[HTTPResponse, SimpleCookie]:
        """Send a form as the browser does from a page of this site; `headers` replace what it says of itself."""
        said = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        return self._send("POST", path, urlencode(fields or {}), {k: v for k, v in said.items() if v})

    def get(self, path: str) -> HTTPResponse:
        return self._send("GET", path, "", {"Host": self.host})[0]

    def _send(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[HTTPResponse, SimpleCookie]:
        connection = HTTPConnection("localhost", self.port, timeout=20)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        cookies = SimpleCookie()
        for line in response.headers.get_all("Set-Cookie") or []:
            cookies.load(line)
        for name, morsel in cookies.items():
            self.cookies[name] = morsel.value
        connection.close()
        return response, cookies


def serve(store: Store, address: str) -> Iterator[Site]:
    """A site on a free port of this machine, which believes to listen on `address`."""
    door = Door(store, {"en", "es"}, hashed(SECRET), address)
    app = Starlette(routes=[*door.routes(), *font_routes()], middleware=[Middleware(SameOrigin)])
    with socket.create_server(("localhost", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Site(store, listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'web.db'}")
    upgrade(store)
    yield store
    store.close()


@pytest.fixture
def site(store: Store) -> Iterator[Site]:
    """A site that listens on this machine only."""
    yield from serve(store, "localhost")


@pytest.fixture
def reachable_site(store: Store) -> Iterator[Site]:
    """A site that listens to everybody."""
    yield from serve(store, "0.0.0.0")


@pytest.fixture
def clinician(store: Store) -> str:
    """The sign-in of the first clinician."""
    return accounts.create_first_clinician(store, "Dr. Ruiz", PASSWORD, "en")
