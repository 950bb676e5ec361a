"""A small OpenID provider on this machine, real but for the person: it says whatever the test told it to say."""

import base64
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "lexithymia", "a secret between server and provider"


class Provider:
    """`says` are the claims of whoever comes next. Its host is another site than "localhost"."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.says: dict[str, object] = {}
        self._key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self._given: dict[str, dict[str, object]] = {}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
            ]
        )

    async def _about(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        code, at = secrets.token_urlsafe(), int(time.time())
        own = {"iss": self.issuer, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": asked["nonce"]}
        self._given[code] = {**self.says, **own}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request: Request) -> Response:
        who = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if who.split(":")[0] != CLIENT:
            return JSONResponse({"error": "invalid_client"}, 401)
        claims = self._given.pop(str((await request.form())["code"]))
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self._key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    async def _keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})


@contextmanager
def provider() -> Iterator[Provider]:
    """A running provider."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Provider(listening.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(made.app(), log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield made
        server.should_exit = True
        thread.join(10)
