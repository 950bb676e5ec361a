"""The routes and the middleware on a real server, spoken to over HTTP as a browser would."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.config import settings
from core.services.accounts import accounts
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.storage.queries.people_queries import hashed
from core.web.accounts import AccountRoutes
from core.web.files.face_sets import FaceSetRoutes
from core.web.files.uploads import UploadRoutes
from core.web.fonts import font_routes
from core.web.health import Health
from core.web.metrics import metrics_route
from core.web.scripts import script_routes
from core.web.server import middleware

PASSWORD = "a quiet room with light"
SECRET = "printed on the console"


@dataclass
class WebClient:
    """A running server and one browser at it: `cookies` is the browser's jar, `text` what it got last."""

    store: Store
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    text: str = ""

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

    def get(self, path: str, **headers: str) -> HTTPResponse:
        said = {"Host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self._send("GET", path, "", said)[0]

    def _send(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[HTTPResponse, SimpleCookie]:
        connection = HTTPConnection("localhost", self.port, timeout=20)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        self.text = response.read().decode(errors="replace")
        cookies = SimpleCookie()
        for line in response.headers.get_all("Set-Cookie") or []:
            cookies.load(line)
        for name, morsel in cookies.items():
            self.cookies[name] = morsel.value
        connection.close()
        return response, cookies


async def _seen(request: Request) -> Response:
    """What reaches a route of who asked."""
    return PlainTextResponse(f"{request.client.host if request.client else ''} {request.url.scheme}")


async def _broken(request: Request) -> Response:
    raise ValueError("P-01 lives in Calle Mayor")


def serve(
    store: Store, trusted_proxies: str = "", metrics_token: str = "", publish_all: Callable[[], None] = lambda: None
) -> Iterator[WebClient]:
    """A site on a free port of this machine."""
    more = [Route("/seen", _seen), Route("/broken/{secret}", _broken), metrics_route(metrics_token)]
    door = AccountRoutes(store, hashed(SECRET))
    routes = [
        *door.routes(),
        *font_routes(),
        *script_routes(publish_all),
        *UploadRoutes(store).routes(),
        *FaceSetRoutes(store).routes(),
        *Health(store).routes(),
        *more,
    ]
    app = Starlette(routes=routes, middleware=middleware(replace(settings(), trusted_proxies=trusted_proxies)))
    with socket.create_server(("localhost", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield WebClient(store, listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'web.db'}")
    upgrade(store)
    yield store
    store.close()


@pytest.fixture
def site(store: Store) -> Iterator[WebClient]:
    """A site that believes no proxy."""
    yield from serve(store)


@pytest.fixture
def proxied_site(store: Store) -> Iterator[WebClient]:
    """A site behind a proxy on this machine, whose figures may be read with a token."""
    yield from serve(store, "127.0.0.0/8, ::1", "a token")


@pytest.fixture
def clinician(store: Store) -> str:
    """The sign-in of the first clinician."""
    return accounts.create_first_clinician(store, "Dr. Ruiz", PASSWORD, "en")
