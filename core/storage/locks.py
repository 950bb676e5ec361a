"""Locks: one transaction at a time for a named thing, and one process at a time that starts on a database."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.storage.database import Store

_START = 0x6C657870
"""Key of the advisory lock that a starting process holds on PostgreSQL; any number that only this product uses."""
_PATIENCE = 3600.0
"""Seconds that SQLite waits for it."""
_log = logging.getLogger(__name__)


@contextmanager
def start_lock(store: Store) -> Iterator[None]:
    """Be alone in bringing a database up to date; whoever comes second waits until the first is done or dead.

    PostgreSQL holds the lock in a connection of its own, SQLite in an empty file beside the database.
    """
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.detach()  # what is set here, and the lock, end with the connection
            connection.exec_driver_sql("SET lock_timeout = 0; SET statement_timeout = 0")
            if not connection.scalar(select(func.pg_try_advisory_lock(_START))):
                _say_waiting()
                connection.execute(select(func.pg_advisory_lock(_START)))
            yield
    elif store.url.database in {None, "", ":memory:"}:
        yield
    else:
        path = Path(f"{store.url.database}-start")
        if is_locked(path):
            _say_waiting()
        with file_lock(path, _PATIENCE):
            yield


@contextmanager
def file_lock(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold an empty file, made if it is not there, until the block or this process ends.

    It is a SQLite database without a table, whose locks every system knows. Raises sqlite3.OperationalError where
    another process holds it for longer than `patience` seconds.
    """
    with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def is_locked(path: Path) -> bool:
    """Whether a process holds `path` just now."""
    try:
        with file_lock(path):
            return False
    except sqlite3.OperationalError:
        return True


def _say_waiting() -> None:
    _log.info("another process is starting on this database: waiting for it")


def advisory_lock(db: Session, *about: str) -> None:
    """Wait until no other transaction holds any of `about`, and hold them until this one ends.

    What is read and written from here on is not changed by another in between. SQLite lets one write at a time, so
    that a transaction which has written before it reads is alone there anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        for name in sorted(about):  # all in one order, or two would wait for each other
            db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def write_lock(db: Session, about: str) -> None:
    """The same for a transaction that reads before it writes: on SQLite it becomes the one that writes."""
    advisory_lock(db, about)
    connection = db.connection()
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
