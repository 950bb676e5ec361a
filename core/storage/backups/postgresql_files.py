"""Backup and restore of PostgreSQL: pg_dump while it is in use, pg_restore in its place.

The programs must be at least as new as the server. A password goes to them in their environment, not on a command
line that everybody on the machine can read.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, func, inspect, select, text
from sqlalchemy.pool import NullPool

from core.storage.backups.copying import snapshot
from core.storage.backups.work import RESTORING, work_folder
from core.storage.database import Store
from core.storage.engines import without_password
from core.storage.migrate import version


def save(store: Store, path: Path) -> tuple[dict[str, int], int]:
    """Dump the database as it is now to `path`; returns rows by table, and the version of pg_dump."""
    with snapshot(store) as connection:
        program, tool = _program("pg_dump", _major(connection))
        moment = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        _run(
            program,
            store.url,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={moment}",
            f"--file={path}",
        )
        return _counts(connection), tool


def migration(store: Store) -> str | None:
    """The migration of the database, None where there is no such database."""
    with _maintenance(store.url) as connection:
        if not _exists(connection, store.url):
            return None
    try:
        return version(store)
    finally:
        store.close()


@contextmanager
def beside(_store: Store) -> Iterator[Path]:
    """A folder for the dump."""
    with work_folder(None, f"lexithymia{RESTORING}") as work:
        yield work


def put(store: Store, data: Path, counts: dict[str, int], stamp: str, tool: int, force: bool) -> str | None:
    """Unpack the dump at `data` into a new database, check it, and let it take the name of the store's, in one
    transaction; returns the name under which that one is kept."""
    name = str(store.url.database)
    fresh, aside = (f"{_prefix(store, word)}{stamp}".lower() for word in ("restoring", "before"))
    with _maintenance(store.url) as connection:
        program, _ = _program("pg_restore", max(tool, _major(connection)))
        _require_right_to_create(connection)
        connection.execute(select(func.pg_advisory_lock_shared(_RESTORING)))  # until the connection ends
        stands = _exists(connection, store.url)
        if stands and not force:
            _refuse_if_in_use(connection, name)
        connection.exec_driver_sql(f"CREATE DATABASE {_quoted(fresh)} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            _fill(store.url.set(database=fresh), program, data, counts)
            if stands and force:
                connection.execute(text("SELECT pg_terminate_backend(pid)" + _OTHERS), {"name": name})
            connection.exec_driver_sql("BEGIN")
            if stands:
                connection.exec_driver_sql(f"ALTER DATABASE {_quoted(name)} RENAME TO {_quoted(aside)}")
            connection.exec_driver_sql(f"ALTER DATABASE {_quoted(fresh)} RENAME TO {_quoted(name)}")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql(f"DROP DATABASE {_quoted(fresh)} WITH (FORCE)")
            raise
    return f"the database {aside}" if stands else None


def remove_leftovers(store: Store) -> int:
    """Drop the databases that killed restores were filling, unless one is at work."""
    with _maintenance(store.url) as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(_RESTORING))):
            return 0
        found = _named(connection, _prefix(store, "restoring"))
        for name in found:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")
        return len(found)


def former(store: Store) -> list[str]:
    """The databases that restores put aside."""
    with _maintenance(store.url) as connection:
        return [f"the database {name}" for name in _named(connection, _prefix(store, "before"))]


def remove_former(store: Store, name: str) -> None:
    with _maintenance(store.url) as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {_quoted(name.removeprefix('the database '))}")


_RESTORING = 0x6C657873
"""Key of the advisory lock that a restore shares with others; any number that only this product uses."""


def _prefix(store: Store, word: str) -> str:
    return f"{str(store.url.database)[:40]}_{word}_".lower()


def _named(connection: Connection, prefix: str) -> list[str]:
    """The databases whose names are `prefix` and a time, of which PostgreSQL cuts off what is beyond 63 letters."""
    names = connection.scalars(
        text("SELECT datname FROM pg_database WHERE starts_with(datname, :prefix)"), {"prefix": prefix}
    )
    return [name for name in names if re.fullmatch(r"\d{8}t\d*z?", name.removeprefix(prefix))]


_OTHERS = " FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"


def _fill(url: URL, program: str, data: Path, counts: dict[str, int]) -> None:
    _run(program, url, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(data))
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        if (restored := _counts(connection)) != counts:
            raise ValueError(f"The backup is damaged: it holds {restored}, and its manifest says {counts}.")


@contextmanager
def _maintenance(url: URL) -> Iterator[Connection]:
    """A connection to the same server, but not to the database itself; every statement stands for itself."""
    other = url.set(database="template1" if url.database == "postgres" else "postgres")
    with create_engine(other, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        yield connection


def _exists(connection: Connection, url: URL) -> bool:
    result = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": url.database})
    return result.first() is not None


def _refuse_if_in_use(connection: Connection, name: str) -> None:
    others = connection.execute(text("SELECT count(*)" + _OTHERS), {"name": name}).scalar_one()
    if others:
        raise ValueError(
            f"The database {name} is in use by {others} connections. Stop the servers first; --force ends their "
            "connections, and they go on with the restored database."
        )


def _require_right_to_create(connection: Connection) -> None:
    role, may = connection.execute(
        text("SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
    ).one()
    if not may:
        raise ValueError(
            f"The role {role} may not create databases. Let an administrator say: ALTER ROLE {role} CREATEDB;"
        )


def _counts(connection: Connection) -> dict[str, int]:
    names = inspect(connection).get_table_names()
    return {name: connection.execute(text(f"SELECT count(*) FROM {_quoted(name)}")).scalar_one() for name in names}


def _major(connection: Connection) -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10000


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _program(name: str, at_least: int) -> tuple[str, int]:
    """The oldest program of that name that is new enough, with its version."""
    installed = [str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    versions = {path: _version(path) for path in [*installed, shutil.which(name)] if path}
    enough = [path for path, major in versions.items() if major >= at_least]
    if not enough:
        have = ", ".join(f"{path} is version {major}" for path, major in versions.items()) or "there is none here"
        raise ValueError(
            f"{name} must be version {at_least} or newer, as the server is; {have}. "
            f"Install it (Debian, Ubuntu: apt install postgresql-client-{at_least})."
        )
    best = min(enough, key=lambda path: versions[path])
    return best, versions[best]


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def _run(program: str, url: URL, *words: str) -> None:
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(
        [program, *words[:-1], f"--dbname={without_password(url)}", words[-1]],
        env=os.environ | secret, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ValueError(f"{Path(program).name} failed: {done.stderr.strip()}")
