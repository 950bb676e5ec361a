"""Health checks: whether this server lives (GET /livez), whether a proxy should send people to it (GET /healthz)."""

from typing import NamedTuple

from anyio import CapacityLimiter, move_on_after, to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.config import VERSION
from core.storage.database import Store
from core.storage.migrate import newest, version
from core.web.stopping import stopping

PATIENCE = 3.0
"""Seconds the database has to answer."""


class DatabaseState(NamedTuple):
    """What came of a look at the database."""

    reached: bool
    at: str | None
    """The migration."""


class Health:
    """Looks at `store` whenever somebody asks, for at most two who ask at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_once = CapacityLimiter(2)
        self._newest = newest()

    def routes(self) -> list[Route]:
        """GET /livez and GET /healthz."""
        return [Route("/livez", _lives, methods=["GET"]), Route("/healthz", self._answer, methods=["GET"])]

    async def _answer(self, _request: Request) -> Response:
        """200 with status "ok", or 503 with what is the matter: version, database, migrations."""
        state = DatabaseState(False, None)
        with move_on_after(PATIENCE):
            state = await to_thread.run_sync(self._look, limiter=self._at_once, abandon_on_cancel=True)
        up_to_date = state.at == self._newest
        if stopping.is_set():
            status = "stopping"
        elif not state.reached:
            status = "no database"
        else:
            status = "ok" if up_to_date else "migrations missing"
        body = {
            "status": status,
            "version": VERSION,
            "database": "reachable" if state.reached else "unreachable",
            "migrations": {"at": state.at, "newest": self._newest},
        }
        return JSONResponse(body, 200 if status == "ok" else 503, headers={"Cache-Control": "no-store"})

    def _look(self) -> DatabaseState:
        try:
            return DatabaseState(True, version(self._store))
        except (SQLAlchemyError, OSError):
            return DatabaseState(False, None)


async def _lives(_request: Request) -> Response:
    return PlainTextResponse("alive", headers={"Cache-Control": "no-store"})
