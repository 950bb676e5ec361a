"""Request log: every request gets a number, is counted by its route, and logged where it wrote or went wrong."""

import logging
from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.translations import N_, say_in_each
from core.web.logs import begin_request, note
from core.web.metrics import REQUESTS, SESSIONS
from core.web.middleware.proxy import number_of

_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
_ERROR = N_("Something went wrong on our side. Please go back and try again.")
_NUMBER = N_("Number of this problem")
_log = logging.getLogger(__name__)


class RequestLog:
    """Middleware. An error that nobody handled becomes a plain page with the request's number."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._session(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = begin_request(number_of(scope))
        began = perf_counter()
        status = 0

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                REQUESTS.labels(_method(scope), route_of(scope), status).inc()
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        except Exception:
            _log.exception("a request failed")
            if not status:
                await PlainTextResponse(_sorry(number), 500)(scope, receive, numbered)
        if scope["method"] not in {"GET", "HEAD"} or status >= 400:
            took = round(1000 * (perf_counter() - began))
            note(_log, "request", method=_method(scope), route=route_of(scope), status=status, ms=took)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        begin_request(number_of(scope))
        opened = False

        async def counted(message: Message) -> None:
            nonlocal opened
            if message["type"] == "websocket.accept":
                opened = True
                SESSIONS.inc()
                REQUESTS.labels("WEBSOCKET", route_of(scope), 101).inc()
            elif message["type"] == "websocket.close" and not opened:
                REQUESTS.labels("WEBSOCKET", route_of(scope), 403).inc()
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            if opened:
                SESSIONS.dec()


def _sorry(number: str) -> str:
    return f"{say_in_each(_ERROR)}\n{say_in_each(_NUMBER, ' / ')}: {number}\n"


def route_of(scope: Scope) -> str:
    """The template of the route that answered: never the address itself, which may hold a secret."""
    route = scope.get("route")
    if route is None:
        return "none"
    return "files" if isinstance(route, Mount) else str(route.path)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"
