"""Routes of a run as the player plays it, beside Streamlit: no script runs between two faces.

    GET  /runs/RUN?language=                what is ahead: places and exposures, of a practice with its feedback
    GET  /runs/RUN/NUMBER.webp              the face of that item; no name, hash or target is in the address
    GET  /runs/RUN/NUMBER/PART.webp         a further one: of a practice, the same person from neutral to full
    GET  /runs/RUN/NUMBER/again.webp        of what stands in for it, because its like was missed; and again/PART.webp
    POST /runs/RUN?language=&time_zone=     a batch of events; the answer says up to which number all is kept

The cookie says whose run it may be. A post has to bear HEADER, which no form of another site can send.
"""

import gzip
import json
import logging
from collections.abc import Callable
from hashlib import sha256
from time import perf_counter

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.domain.devices import Browser, device_kind, printable
from core.domain.exercise.events import Batch, NotUnderstood, OutOfOrder, parse_batch
from core.domain.language import SOURCE
from core.domain.people import NotAllowed, NotSaved, NotSignedIn, Refusal
from core.services.exercise import runs, tryout
from core.services.exercise.runs import Item, Picture, RunState
from core.storage.database import Store
from core.translations import offered, say
from core.web.cookies import token_of_link
from core.web.logs import note
from core.web.metrics import ANSWERS
from core.web.middleware.bodies import whole_body

HEADER = "x-lexithymia-run"
LONGEST = 300_000
"""Bytes of a batch that is read."""
STATUS = {NotSignedIn: 401, NotUnderstood: 400, OutOfOrder: 409, NotSaved: 503}
_NAMES = {401: "signed-out", 400: "not-understood", 403: "not-yours", 409: "out-of-order", 413: "long", 503: "later"}
_log = logging.getLogger(__name__)
FeedbackWords = Callable[[object, str], dict[str, object]]
"""A task's feedback in a language, as the player shows it."""


class RunRoutes:
    """The routes."""

    def __init__(self, store: Store, feedback_words: FeedbackWords) -> None:
        self._store, self._feedback_words = store, feedback_words

    def routes(self) -> list[Route]:
        return [
            Route("/runs/{run}", self._state, methods=["GET"]),
            Route("/runs/{run}", self._take, methods=["POST"]),
            Route("/runs/{run}/{number:int}.webp", self._picture, methods=["GET"]),
            Route("/runs/{run}/{number:int}/{part:int}.webp", self._picture, methods=["GET"]),
            Route("/runs/{run}/{number:int}/again.webp", self._stand_in, methods=["GET"]),
            Route("/runs/{run}/{number:int}/again/{part:int}.webp", self._stand_in, methods=["GET"]),
        ]

    async def _state(self, request: Request) -> Response:
        try:
            return await to_thread.run_sync(self._read_state, request)
        except Refusal as refusal:
            return _refused(request, refusal)

    def _read_state(self, request: Request) -> Response:
        name = request.path_params["run"]
        if name.startswith(tryout.PREFIX):
            found = tryout.state(self._store, name)
        else:
            found = runs.state(self._store, token_of_link(request), name)
        return _in_json(request, self._told(found, _language(request)))

    async def _take(self, request: Request) -> Response:
        began = perf_counter()
        if HEADER not in request.headers:
            return _refused(request, NotAllowed("This request came from another site. Open the page again."))
        try:
            body = await whole_body(request, LONGEST)
            if body is None:
                return _refused(request, NotUnderstood("More was sent than a run can hold."), 413)
            batch = parse_batch(_parsed(body))
            answer = await to_thread.run_sync(self._keep, request, batch)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refusal as refusal:
            return _refused(request, refusal)
        if batch.events:
            ANSWERS.observe(perf_counter() - began)
        return answer

    def _keep(self, request: Request, batch: Batch) -> Response:
        name = request.path_params["run"]
        found = runs.take(self._store, token_of_link(request), name, batch, _browser(request))
        return _in_json(request, {"kept": batch.last, **self._told(found, _language(request))})

    async def _stand_in(self, request: Request) -> Response:
        return await self._picture(request, stand_in=True)

    async def _picture(self, request: Request, stand_in: bool = False) -> Response:
        places = request.path_params
        name, number, part = places["run"], places["number"], places.get("part")
        try:
            media_type, content = await to_thread.run_sync(
                self._read, token_of_link(request), name, number, part, stand_in
            )
        except Refusal as refusal:
            return _refused(request, refusal)
        headers = {"Cache-Control": "private, max-age=86400, immutable"}
        return Response(content, media_type=media_type, headers=headers)

    def _read(self, token: str, name: str, number: int, part: int | None, stand_in: bool) -> Picture:
        if name.startswith(tryout.PREFIX):
            return tryout.picture(self._store, name, number, part)
        return runs.picture(self._store, token, name, number, part, stand_in)

    def _told(self, run: RunState, language: str) -> dict[str, object]:
        told: dict[str, object] = {"answered": run.answered, "of": run.length, "over": run.over, "next": run.next}
        told["items"] = [self._item(item, language) for item in run.items]
        if run.stand_ins:
            told["stand_ins"] = [self._item(item, language) for item in run.stand_ins]
        return told

    def _item(self, item: Item, language: str) -> dict[str, object]:
        return {
            "number": item.number,
            "exposure_ms": item.exposure_ms,
            "painted": item.painted,
            **item.told,
            "feedback": self._feedback_words(item.feedback, language) if item.feedback else None,
        }


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("What was sent is not JSON. Please reload the page and go on.") from error


def _in_json(request: Request, told: dict[str, object]) -> Response:
    """Compressed: what is said of the faces of a practice repeats itself."""
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Cache-Control": "no-store", "ETag": f'"{sha256(content).hexdigest()[:32]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        content = gzip.compress(content, 5)
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type="application/json", headers=headers)


def _refused(request: Request, refusal: Refusal, status: int = 0) -> Response:
    """In the words of the page; the player shows them. Logged, for no page of ours sends what is refused for good."""
    status = status or STATUS.get(type(refusal), 403)
    if status not in {401, 503}:
        note(_log, "a run's request was refused", problem=_NAMES.get(status, "refused"))
    sentence = say(_language(request), refusal.sentence).format(**refusal.values)
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"problem": _NAMES[status], "sentence": sentence}, status, headers=headers)


def _language(request: Request) -> str:
    return offered(request.query_params.get("language", "")) or SOURCE


def _browser(request: Request) -> Browser:
    agent = request.headers.get("user-agent", "")
    return Browser(
        language=_language(request),
        time_zone=printable(request.query_params.get("time_zone"), 64),
        device=device_kind(agent),
        user_agent=printable(agent, 512),
    )
