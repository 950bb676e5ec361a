"""Backup and restore of SQLite: save the database while it is in use, put a saved one in its place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.storage.database import Store
from core.storage.migrate import version


def save(store: Store, path: Path) -> tuple[dict[str, int], int]:
    """Copy the database as it is now to `path`, checked; returns rows by table, and 0: no tool is needed."""
    try:
        with store.engine.connect() as connection, closing(sqlite3.connect(path)) as copy:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            return _checked(copy, str(store)), 0
    except sqlite3.OperationalError as error:
        raise ValueError(
            f"The copy could not be written: {error}. There was room for it nowhere near {path}."
        ) from error


def migration(store: Store) -> str | None:
    """The migration of the database, None where there is none or it cannot be read."""
    from sqlalchemy.exc import DatabaseError

    if not _path(store).exists():
        return None
    try:
        return version(store)
    except DatabaseError:  # damaged: what one restores a backup for
        return None
    finally:
        store.close()


@contextmanager
def beside(store: Store) -> Iterator[Path]:
    """A folder on the file system of the database, for what is to replace it."""
    folder = _path(store).parent
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".restoring-") as work:
        yield Path(work)


def put(store: Store, data: Path, counts: dict[str, int], stamp: str, tool: int, force: bool) -> str | None:
    """Check the database at `data` and let it take the place of the store's; returns where that is kept."""
    with closing(sqlite3.connect(data)) as fresh:
        if (restored := _checked(fresh, "the backup")) != counts:
            raise ValueError(f"The backup is damaged: it holds {restored}, and its manifest says {counts}.")
    path = _path(store)
    if not path.exists():
        data.replace(path)
        return None
    aside = path.with_name(f"{path.stem}-before-{stamp}{path.suffix}")
    if not force:
        _refuse_if_in_use(path)
    for ending in ("-wal", "-shm"):  # what a damaged or busy database has not taken in yet belongs to it
        if (more := path.with_name(path.name + ending)).exists():
            more.replace(aside.with_name(aside.name + ending))
    os.link(path, aside)  # so that there is a database under the name at every moment
    data.replace(path)
    return str(aside)


def _path(store: Store) -> Path:
    return Path(store.url.database or "")


def _checked(connection: sqlite3.Connection, name: str) -> dict[str, int]:
    """Rows by table of a database that is whole."""
    if (said := connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
        raise ValueError(f"{name} is damaged: {said}.")
    if dangling := connection.execute("PRAGMA foreign_key_check").fetchall():
        raise ValueError(f"{name} is damaged: {len(dangling)} rows point at rows that do not exist.")
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall()}


def _refuse_if_in_use(path: Path) -> None:
    """SQLite leaves its write-ahead log only while nobody else has the database open."""
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise ValueError(
                f"{path} is in use ({error}). Stop the server first; with --force it goes on with the old database "
                "until it is stopped."
            ) from error
        except sqlite3.DatabaseError:  # damaged
            return
