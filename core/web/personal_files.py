"""Personal files: what a page offers to one sign-in is fetched at an address that opens for that sign-in only.

    GET /personal/ID    the file, made now, as an attachment that no cache keeps

Streamlit's own downloads lie at an address that opens for everybody, without a cookie and after the sign-out.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.domain.people import NotSignedIn, Refusal
from core.services.gate.access import signed_in
from core.storage.database import Store
from core.translations import N_, say_in_each
from core.web.cookies import token_of_link

PATH = "/personal"
MOST = 2_000
"""Offers that are remembered; the oldest go first. An offer is an address and a way to make the file, not the file."""
AT_ONCE = 2
_SIGNED_OUT = N_("Please sign in again, then fetch the file.")
_GONE = N_("This file is not here any more. Please go back to the page that offered it.")
_BUSY = N_("Your last file is still being made. Please try again when it has come.")
_offers: OrderedDict[str, "_Offer"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class _Offer:
    token: str
    key: str
    name: str
    kind: str
    make: Callable[[], bytes]


def offer(token: str, key: str, name: str, kind: str, make: Callable[[], bytes]) -> str:
    """The address at which the sign-in `token` fetches what `make` returns, as a file called `name` of MIME type
    `kind`. The same `key` of the same sign-in keeps its address. `make` runs outside of any tab, at each fetch."""
    new = _Offer(token, key, name, kind, make)
    with _lock:
        known = next((id_ for id_, one in _offers.items() if (one.token, one.key) == (token, key)), None)
        id_ = known or token_urlsafe(16)
        _offers[id_] = new
        _offers.move_to_end(id_)
        while len(_offers) > MOST:
            _offers.popitem(last=False)
    return f"{PATH}/{id_}"


class PersonalFileRoutes:
    """The route."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_once = CapacityLimiter(AT_ONCE)
        self._making: Counter[str] = Counter()

    def routes(self) -> list[Route]:
        return [Route(f"{PATH}/{{id}}", self._fetch, methods=["GET"])]

    async def _fetch(self, request: Request) -> Response:
        token = token_of_link(request)
        try:
            person = await to_thread.run_sync(signed_in, self._store, token)
        except NotSignedIn:
            return _says(_SIGNED_OUT, 401)
        offered = _offers.get(request.path_params["id"])
        if offered is None or not compare_digest(offered.token, token):
            return _says(_GONE, 404)
        if self._making[person.id]:
            return _says(_BUSY, 429)
        self._making[person.id] += 1
        try:
            content = await to_thread.run_sync(offered.make, limiter=self._at_once)
        except Refusal as refusal:
            return _says(refusal.sentence, 403, **refusal.values)
        finally:
            del self._making[person.id]
        disposition = f"attachment; filename*=UTF-8''{quote(offered.name, safe='')}"
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        return Response(content, media_type=offered.kind, headers=headers)


def _says(sentence: str, status: int, **values: object) -> Response:
    said = say_in_each(sentence).format(**values)
    return PlainTextResponse(f"{said}\n", status, headers={"Cache-Control": "no-store"})
