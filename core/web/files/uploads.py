"""Upload route: a picture or video in, a line of JSON for every step of its reading out.

    POST /files/read[?denoise=1]    the body is the file itself, so that nothing of it goes through a form's parser,
                                    which would put it on disk

The lines are {"share": 0.4} and at the end {"done": ID, "kind", "moves", "unread", "damaged", "preview", "frames":
[{"at", "lasts", "faces": [[id, *box, top, probability]]}]}, as in `FileReading`, or {"problem": NAME} of
`core.domain.files`. The file is held in memory while it is read and let go when that ends, whatever way: done, refused,
or the tab gone. What was seen (numbers) waits for the page under ID. More files may arrive than are read at once, and
each has to be here after a while: a bad connection holds up nobody else. One account has some of the places and one
reader only.
"""

import json
import logging
from base64 import b64encode
from collections import Counter, OrderedDict, defaultdict
from collections.abc import AsyncIterator, Generator, Iterator
from secrets import token_urlsafe
from threading import Lock

from anyio import Lock as Turn
from anyio import Semaphore, fail_after, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from core.domain.camera.seen import FileReading, SeenFrame
from core.domain.files import MOST_ARRIVING, MOST_AT_ONCE, MOST_BYTES, MOST_OF_ONE, FileRefused, refused
from core.domain.people import NotSignedIn, Refusal
from core.media.kinds import kind_of
from core.services.exercise.rate_files import require_files
from core.storage.database import Store
from core.web.cookies import token_of
from core.web.looking import rater_in_charge
from core.web.middleware.bodies import whole_body

ARRIVES_WITHIN = 300.0  # seconds
WAITING = 20
"""Results that wait for their page; an older one goes when another comes."""
STATUS = {"signed-out": 401, "not-allowed": 403, "bytes": 413, "busy": 503, "lost": 408}
_log = logging.getLogger(__name__)
_results: OrderedDict[str, FileReading] = OrderedDict()
_lock = Lock()


def take(result: str) -> FileReading | None:
    """What was seen in the file whose reading ended with this id; once."""
    with _lock:
        return _results.pop(result, None)


def _keep(read: FileReading) -> str:
    name = token_urlsafe(16)
    with _lock:
        _results[name] = read
        while len(_results) > WAITING:
            _results.popitem(last=False)
    return name


class UploadRoutes:
    """The route's ASGI application."""

    def __init__(self, store: Store) -> None:
        self._store, self._reading = store, Semaphore(MOST_AT_ONCE)
        self._here: Counter[str] = Counter()
        self._turns: defaultdict[str, Turn] = defaultdict(Turn)

    def routes(self) -> list[Route]:
        return [Route("/files/read", self, methods=["POST"])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        person = ""
        steps: Generator[bytes, None, None] | None = None
        try:
            person = self._take_place(await to_thread.run_sync(require_files, self._store, token_of(request)))
            with fail_after(ARRIVES_WITHIN):
                body = await whole_body(request, MOST_BYTES)
            if body is None:
                raise refused("bytes")
            async with self._turns[person], self._reading:
                steps = self._steps(body, request.query_params.get("denoise") == "1")
                lines = StreamingResponse(_while_there(request, steps), media_type="application/x-ndjson")
                await lines(scope, receive, send)
        except NotSignedIn:
            await _no("signed-out")(scope, receive, send)
        except FileRefused as refusal:
            await _no(refusal.name)(scope, receive, send)
        except Refusal:
            await _no("not-allowed")(scope, receive, send)
        except TimeoutError:
            await _no("lost")(scope, receive, send)
        except ClientDisconnect:
            pass
        finally:
            if steps is not None:
                steps.close()  # where the tab has gone, so that the file is let go now
            self._leave_place(person)

    def _take_place(self, person: str) -> str:
        """`person`, for whom a place is kept from now on; raises FileRefused where all are taken, or all of theirs."""
        if self._here.total() >= MOST_ARRIVING or self._here[person] >= MOST_OF_ONE:
            raise refused("busy")
        self._here[person] += 1
        return person

    def _leave_place(self, person: str) -> None:
        if not person:
            return
        self._here[person] -= 1
        if not self._here[person]:
            del self._here[person]
            self._turns.pop(person, None)

    def _steps(self, content: bytes, denoise: bool) -> Generator[bytes, None, None]:
        from core.vision.files import read_file  # OpenCV, which few servers need

        try:
            kind, frames, said = kind_of(content), [], 0.0
            for share, seen in read_file(content, rater_in_charge(self._store), denoise=denoise):
                frames.append(seen)
                if share >= said + 0.01:
                    said = share
                    yield _line({"share": round(share, 2)})
            read = FileReading(kind, tuple(frames))
            yield _line(
                {
                    "done": _keep(read),
                    "kind": kind,
                    "moves": read.moves,
                    "unread": read.unread,
                    "preview": b64encode(frames[0].preview).decode() if frames else "",
                    "damaged": round(read.damaged, 1),
                    "frames": [_frame_in_json(s) for s in frames],
                }
            )
        except FileRefused as refusal:
            yield _line({"problem": refusal.name})
        except Exception:
            _log.exception("a file could not be read")
            yield _line({"problem": "broken"})


async def _while_there(request: Request, steps: Iterator[bytes]) -> AsyncIterator[bytes]:
    async for line in iterate_in_threadpool(steps):
        if await request.is_disconnected():
            return
        yield line


def _frame_in_json(seen: SeenFrame) -> dict[str, object]:
    faces = [
        [face.id, *(round(share, 4) for share in face.box), face.top.word, round(max(face.probabilities), 3)]
        for face in seen.faces
    ]
    return {"at": round(seen.at, 3), "lasts": round(seen.lasts, 3), "faces": faces}


def _line(said: dict[str, object]) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _no(name: str) -> Response:
    return JSONResponse({"problem": name}, STATUS.get(name, 400))
