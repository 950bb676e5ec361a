"""Script routes: the source of our components, fetched once by each browser under the digest of what it is.

Streamlit sends a component's source through the socket, uncompressed, again whenever the data beside it change.
"""

import gzip
from collections.abc import Callable
from functools import cache
from hashlib import sha256

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SCRIPTS = "/scripts/"
_published: dict[str, bytes] = {}


def publish(source: str) -> str:
    """The address at which this server gives `source` from now on."""
    content = source.encode()
    digest = sha256(content).hexdigest()[:32]
    _published[digest] = gzip.compress(content, 9, mtime=0)
    return f"{SCRIPTS}{digest}.js"


def script_routes(publish_all: Callable[[], None]) -> list[Route]:
    """GET /scripts/{digest}.js. `publish_all` publishes every component: a replica may be asked for what a page that
    another one ran has named."""
    rest = cache(publish_all)

    async def script(request: Request) -> Response:
        digest = request.path_params["digest"]
        if digest not in _published:
            await to_thread.run_sync(rest)
        if digest not in _published:
            raise HTTPException(404)
        packed = "gzip" in request.headers.get("accept-encoding", "")
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        content = _published[digest] if packed else gzip.decompress(_published[digest])
        return Response(
            content, media_type="text/javascript", headers=headers | ({"Content-Encoding": "gzip"} if packed else {})
        )

    return [Route(f"{SCRIPTS}{{digest}}.js", script, methods=["GET"])]
