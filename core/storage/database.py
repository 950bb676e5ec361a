"""Store (a database in use): sessions that commit or roll back, and one refusal for all that can go wrong in it."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session, sessionmaker

from core.config import Limits, settings
from core.domain.people import NotSaved, Refusal
from core.storage.damage import explain
from core.storage.engines import make_engine, parse

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class Store:
    """The database of one server. `begin()` gives a SQLAlchemy session that commits at the end or rolls back.

    `limits` matter to PostgreSQL only; without them they are those of the environment.
    """

    def __init__(self, url: str, limits: Limits | None = None) -> None:
        """Raises ValueError for a URL that names neither SQLite nor PostgreSQL. Connects later."""
        self.url = parse(url)
        self.engine = make_engine(self.url, limits or settings().limits)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    def __str__(self) -> str:
        """The URL without its password."""
        return self.url.render_as_string()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Raises NotSaved, with nothing changed, when the database is full, locked, restarting or gone.

        A connection lost while it commits is NotSaved too, although the database may have taken it: doing it again
        must be safe. Raises Refusal for a value that no column takes (too long, or with a NUL).
        """
        try:
            with self._sessions.begin() as db:
                yield db
        except DataError as error:
            log.error("the database refused a value: %s", error.orig)
            raise Refusal("This could not be saved. Something in it is too long or has a sign nobody types.") from error
        except (DBAPIError, NoConnectionFree) as error:
            if not _passing(error):
                raise
            log.error("the database refused: %s", getattr(error, "orig", error))
            raise NotSaved("This could not be saved just now. Nothing saved before is lost.") from error

    def close(self) -> None:
        self.engine.dispose()


def in_words(function: Callable[Concatenate[Store, P], R]) -> Callable[Concatenate[Store, P], R]:
    """For commands: what the database of the first argument refuses becomes a ValueError that can be printed."""

    @wraps(function)
    def said(store: Store, /, *more: P.args, **named: P.kwargs) -> R:
        try:
            return function(store, *more, **named)
        except (DBAPIError, sqlite3.Error) as error:
            raise ValueError(explain(error, store.url)) from error

    return said


def _passing(error: DBAPIError | NoConnectionFree) -> bool:
    """Whether the state of the database is at fault, and not what it was asked.

    OperationalError covers a lost connection, a restart, locks, deadlocks, time-outs and a full disk; psycopg calls a
    server that turned read-only, and a transaction ended for idling, internal errors. SQLite calls a statement that
    makes no sense operational too, by its code SQLITE_ERROR.
    """
    if isinstance(error, NoConnectionFree) or error.connection_invalidated:
        return True
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return False
    return isinstance(error, OperationalError | InterfaceError | InternalError)
