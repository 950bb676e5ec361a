"""Upload route for a zip of faces: an administrator's, onto the disk of this server until it is decided on.

    POST /faces/upload?name=KDEF.zip    the body is the zip itself; answers {"done": NAME} or {"problem": NAME}

Streamlit's own uploader speaks English only, keeps files in memory, and has one limit for every page.
"""

from pathlib import Path

from anyio import fail_after, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.domain.files import FileRefused, refused
from core.domain.people import NotSignedIn, Refusal
from core.services.faces import uploaded_sets
from core.storage import waiting_faces
from core.storage.database import Store
from core.web.cookies import token_of

PATH = "/faces/upload"
ARRIVES_WITHIN = 3000.0
"""Seconds; less than an upload waits."""
MOST_ARRIVING = 2
"""Zips that arrive at once at one server."""
_STATUS = {"signed-out": 401, "not-allowed": 403, "bytes": 413, "busy": 503, "lost": 408, "disk": 507}
_PIECE = 1 << 20


class FaceSetRoutes:
    """The route."""

    def __init__(self, store: Store) -> None:
        self._store, self._arriving = store, 0

    def routes(self) -> list[Route]:
        return [Route(PATH, self._take, methods=["POST"])]

    async def _take(self, request: Request) -> JSONResponse:
        name, token = request.query_params.get("name", ""), token_of(request)
        length = request.headers.get("content-length", "")
        size = int(length) if length.isascii() and length.isdigit() else 0
        try:
            if self._arriving >= MOST_ARRIVING:
                await to_thread.run_sync(uploaded_sets.require_uploads, self._store, token)
                raise refused("busy")
            self._arriving += 1
            try:
                part = await to_thread.run_sync(uploaded_sets.begin, self._store, token, name, size)
                return JSONResponse({"done": await _received(request, part)})
            finally:
                self._arriving -= 1
        except NotSignedIn:
            return _no("signed-out")
        except FileRefused as refusal:
            return _no(refusal.name)
        except Refusal:
            return _no("not-allowed")
        except (TimeoutError, ClientDisconnect):
            return _no("lost")


async def _received(request: Request, part: Path) -> str:
    """The body, written to `part`; the name of the upload. Nothing is left of one that does not end well."""
    most, total, ended = uploaded_sets.most_bytes(), 0, False
    try:
        with part.open("xb") as file, fail_after(ARRIVES_WITHIN):
            waiting = bytearray()
            async for piece in request.stream():
                waiting += piece
                total += len(piece)
                if total > most:
                    raise refused("bytes")
                if len(waiting) >= _PIECE:
                    await to_thread.run_sync(file.write, bytes(waiting))
                    waiting.clear()
            await to_thread.run_sync(file.write, bytes(waiting))
        name = uploaded_sets.finish(part)
        ended = True
    except FileNotFoundError:  # the same person gave another one meanwhile
        raise refused("lost") from None
    except OSError as error:
        raise refused("disk") from error
    finally:
        if not ended:
            waiting_faces.delete(part.parent)
    return name


def _no(problem: str) -> JSONResponse:
    return JSONResponse({"problem": problem}, _STATUS[problem])
