"""Same-origin check (against CSRF): what another site starts in a person's browser is refused.

A WebSocket with a foreign origin is refused here and never reaches Streamlit, which would ask an outside service
for this machine's address before it said no.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.translations import N_, say_in_each

_READING = {"GET", "HEAD", "OPTIONS"}
_FOREIGN = N_("This request came from another site. Open the page again.")


class SameOrigin:
    """Middleware: 403 for a WebSocket or a writing request whose Origin is not the Host it was sent to, or is not https
    where the request came over https.

    A browser always names the origin of these. A program that is no browser may leave it out for a WebSocket that
    carries nobody's cookie.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _foreign(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                refusal = PlainTextResponse(f"{say_in_each(_FOREIGN)}\n", 403)
                await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _foreign(scope: Scope) -> bool:
    if scope["type"] not in {"http", "websocket"}:
        return False
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if scope["type"] == "websocket" and origin is None:
        return "cookie" in headers
    if scope["type"] == "http" and scope["method"] in _READING:
        return False
    if origin is None:
        return True
    from_ = urlsplit(origin)
    schemes = {"https"} if scope.get("scheme") in {"https", "wss"} else {"http", "https"}
    return from_.scheme not in schemes or from_.netloc.lower() != headers.get("host", "").lower()
