"""Personal files: what a page offers to one sign-in is fetched at an address that opens for that sign-in only.

    GET /personal/ID    the file, made now, as an attachment that no cache keeps

Streamlit's own downloads lie at an address that opens for everybody, without a cookie and after the sign-out.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest, digest
from secrets import token_bytes
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
_secret = token_bytes(32)
_offers: OrderedDict[str, "_Offer"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class _Offer:
    token: str
    name: str
    kind: str
    make: Callable[[], bytes]


def offer(token: str, key: str, name: str, kind: str, make: Callable[[], bytes]) -> str:
    """The address at which the sign-in `token` fetches what `make` returns, as a file called `name` of MIME type
    `kind`. The same `key` of the same sign-in keeps its address. `make` runs outside of any tab, at each fetch."""
    id_ = digest(_secret, f"{token} {key}".encode(), "sha256").hex()
    with _lock:
        _offers[id_] = _Offer(token, name, kind, make)
        _offers.move_to_end(id_)
        while len(_offers) > MOST:
            _offers.popitem(last=False)
    return f"{PATH}/{id_}"


class PersonalFileRoutes:
    """The route."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_once = CapacityLimiter(AT_ONCE)
        self._making: set[str] = set()

    def routes(self) -> list[Route]:
        return [Route(f"{PATH}/{{id}}", self._fetch, methods=["GET"])]

    async def _fetch(self, request: Request) -> Response:
        token = token_of_link(request)
        try:
            person = await to_thread.run_sync(signed_in, self._store, token)
        except NotSignedIn:
            return plainly(_SIGNED_OUT, 401)
        offered = _offers.get(request.path_params["id"])
        if offered is None or not compare_digest(offered.token, token):
            return plainly(_GONE, 404)
        if person.id in self._making:
            return plainly(_BUSY, 429)
        self._making.add(person.id)
        try:
            content = await to_thread.run_sync(offered.make, limiter=self._at_once)
        except Refusal as refusal:
            return plainly(refusal.sentence, 403, **refusal.values)
        finally:
            self._making.remove(person.id)
        disposition = f"attachment; filename*=UTF-8''{quote(offered.name, safe='')}"
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        return Response(content, media_type=offered.kind, headers=headers)


def plainly(sentence: str, status: int, **values: object) -> Response:
    """`sentence` in every language, instead of a file; no cache keeps it."""
    said = say_in_each(sentence).format(**values)
    return PlainTextResponse(f"{said}\n", status, headers={"Cache-Control": "no-store"})
