"""Engines: SQLite set up to survive a crash of the machine, PostgreSQL to survive a crash of its server.

Both answer equally: times in UTC, and text ordered by code points under the collation "C". Their errors do not repeat
what a statement was given, which may be of a person.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from core.config import Limits

_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}
"""A connection whose other end vanished without a word is found dead after 45 s of silence."""
_RECYCLE = 1800
"""Seconds after which a connection is replaced, before proxies on the way forget it."""


def parse(url: str) -> URL:
    """`url` with the driver that is used for it. Raises ValueError for anything but SQLite and PostgreSQL."""
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise ValueError(f"{url.split('@')[-1]!r} is no database URL. {_EXPECTED}") from error
    if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return parsed
    raise ValueError(f"{parsed.drivername!r} cannot be used as a database. {_EXPECTED}")


_EXPECTED = "Expected postgresql://USER:PASSWORD@HOST/NAME or sqlite:////path/to/file.db"


def without_password(url: URL) -> str:
    """`url` as PostgreSQL's own programs take it."""
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query).render_as_string()


def make_engine(url: URL, limits: Limits) -> Engine:
    """An engine for `url`; the folder of a SQLite file is created."""
    if url.get_backend_name() == "postgresql":
        return create_engine(
            url,
            hide_parameters=True,
            connect_args=_postgresql_arguments(url, limits),
            pool_size=limits.pool,
            max_overflow=max(0, limits.pool_most - limits.pool),
            pool_timeout=limits.pool_wait,
            pool_pre_ping=True,
            pool_recycle=_RECYCLE,
        )
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _postgresql_arguments(url: URL, limits: Limits) -> dict[str, Any]:
    """What libpq is told; what the URL itself says (`?connect_timeout=2`) goes first."""
    said = {
        "application_name": "lexithymia",
        "connect_timeout": limits.connect_wait,
        "tcp_user_timeout": 1000 * limits.statement_wait,
        **_KEEPALIVE,
    }
    wanted = {
        "timezone": "UTC",
        "statement_timeout": 1000 * limits.statement_wait,
        "lock_timeout": 1000 * limits.lock_wait,
        "idle_in_transaction_session_timeout": 1000 * limits.idle_wait,
    }
    options = [f"-c {name}={value}" for name, value in wanted.items()]
    more = url.query.get("options", ())
    options += [more] if isinstance(more, str) else more
    return {name: value for name, value in said.items() if name not in url.query} | {"options": " ".join(options)}


_SQLITE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "secure_delete=ON")
"""The last one: what is deleted is overwritten, so that an erased person is in no free page."""


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _SQLITE:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.create_collation("C", lambda one, other: (one > other) - (one < other))
