"""Violations of the content security policy, as browsers report them: counted, and some of them logged.

    POST /policy-violations    a browser's report; of addresses only their scheme and host are kept

Anybody can send such reports, so they are short, and no more than one is logged in a few seconds.
"""

import json
import logging
from time import monotonic
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.web.logs import note
from core.web.metrics import VIOLATIONS
from core.web.middleware.bodies import whole_body

REPORTS = "/policy-violations"
LONGEST = 8_000
"""Bytes of a report that is read."""
PAUSE = 5.0
"""Seconds after a logged one in which others are only counted."""
_log = logging.getLogger(__name__)


class ViolationRoutes:
    """The route."""

    def __init__(self) -> None:
        self._next = 0.0

    def routes(self) -> list[Route]:
        return [Route(REPORTS, self._take, methods=["POST"])]

    async def _take(self, request: Request) -> Response:
        body = await whole_body(request, LONGEST)
        if body is None:
            return Response(status_code=413)
        try:
            report = json.loads(body)["csp-report"]
            directive, blocked = str(report["violated-directive"]), str(report["blocked-uri"])
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        VIOLATIONS.inc()
        if monotonic() >= self._next:
            self._next = monotonic() + PAUSE
            note(_log, "the content security policy kept something away", directive=directive[:64], what=_bare(blocked))
        return Response(status_code=204)


def _bare(address: str) -> str:
    """The scheme and host of an address, or the word that stands for one ("inline", "eval", "data")."""
    there = urlsplit(address)
    return f"{there.scheme}://{there.hostname}"[:200] if there.hostname else address.partition(":")[0][:20]
