"""Backup and restore of SQLite: save the database while it is in use, put a saved one in its place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.storage.backups.work import RESTORING, remove_abandoned, work_folder
from core.storage.database import Store
from core.storage.migrate import version

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What belongs to a database beside its file: without them it is not whole, and beside another they destroy it."""


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
    with work_folder(folder, RESTORING) as work:
        yield work


def put(store: Store, data: Path, counts: dict[str, int], stamp: str, tool: int, force: bool) -> str | None:
    """Check the database at `data`, let it take the place of the store's, and check it there; returns where the former
    one is kept. What fails puts the former one back."""
    path = _path(store)
    _check(data, counts)
    if path.exists() and not force:
        _refuse_if_in_use(path)
    aside = path.with_name(f"{path.stem}-before-{stamp}{path.suffix}")
    stands = path.exists()
    if stands:
        os.link(path, aside)  # so that there is a database under the name at every moment
    _move_side_files(path, aside)
    try:
        data.replace(path)
        _check(path, counts)
    except BaseException:
        if stands:
            if aside.samefile(path):  # renaming one link to the other would leave both
                aside.unlink()
            else:
                aside.replace(path)
            _move_side_files(aside, path)
        raise
    return str(aside) if stands else None


def remove_leftovers(store: Store) -> int:
    """Undo a restore that was killed between taking the side files and the name, and remove folders of killed ones."""
    path = _path(store)
    removed = remove_abandoned(path.parent, RESTORING)
    if not any(path.parent.glob(f"{RESTORING}*")):  # else one is at work, perhaps just there
        for aside in former(store):
            if path.exists() and aside.samefile(path):
                _move_side_files(aside, path)
                aside.unlink()
    return removed


def former(store: Store) -> list[Path]:
    """The databases that restores put aside."""
    path = _path(store)
    return sorted(path.parent.glob(f"{path.stem}-before-*Z{path.suffix}"))


def remove_former(_store: Store, name: str) -> None:
    for ending in ("", *SIDE_FILES):
        Path(name + ending).unlink(missing_ok=True)


def _move_side_files(path: Path, to: Path) -> None:
    for ending in SIDE_FILES:
        if (beside_it := path.with_name(path.name + ending)).exists():
            beside_it.replace(to.with_name(to.name + ending))


def _path(store: Store) -> Path:
    return Path(store.url.database or "")


def _check(path: Path, counts: dict[str, int]) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            restored = _checked(connection, "the backup")
    except sqlite3.DatabaseError as error:
        raise ValueError(f"The backup is damaged: {error}.") from error
    if restored != counts:
        raise ValueError(f"The backup is damaged: it holds {restored}, and its manifest says {counts}.")


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
