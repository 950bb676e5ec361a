"""Databases for tests: SQLite and PostgreSQL, migrated, with or without the built-in faces, copied from a template."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from core.services.faces import stimulus_sets
from core.storage.database import Store
from core.storage.migrate import upgrade
from tests import postgres

KINDS = ("sqlite", "postgresql")


@contextmanager
def database(kind: str, folder: Path, *, migrated: bool = True, stocked: bool = False) -> Iterator[Store]:
    """A database of its own of one kind; `stocked` means that the built-in faces and a network's answers are in it.

    Where there is no PostgreSQL the test is skipped, unless CI is set: then it fails.
    """
    with (
        url(kind, folder) if not migrated else _copy(kind, folder, _template(kind, stocked)) as address,
        closing(Store(address)) as store,
    ):
        yield store


@contextmanager
def copy_of(original: Store, folder: Path) -> Iterator[Store]:
    """A database of its own that is as that of `original`, to which nobody may be connected."""
    original.close()
    with (
        _copy(original.url.get_backend_name(), folder, original.url.database or "") as address,
        closing(Store(address)) as store,
    ):
        yield store


@contextmanager
def url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database of one kind."""
    name = f"test_{uuid4().hex}"
    if kind == "sqlite":
        yield f"sqlite:///{folder / name}.db"
        return
    try:
        yield postgresql().create(name)
    finally:
        postgresql().drop(name)


def postgresql() -> postgres.PostgresServer:
    """The server of this run, or a skipped test that says why there is none."""
    try:
        return postgres.server()
    except RuntimeError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


def let_nothing_be_written(store: Store) -> None:
    """From now on the database takes nothing more: SQLite's disk is full, PostgreSQL has become a read-only replica."""
    with store.begin() as db:
        if store.engine.dialect.name == "sqlite":
            pages = db.execute(text("PRAGMA page_count")).scalar_one()
            full = f"PRAGMA max_page_count={pages}"
            event.listen(store.engine, "connect", lambda connection, _: connection.execute(full).close())
        else:
            db.execute(text(f'ALTER DATABASE "{store.url.database}" SET default_transaction_read_only = on'))
    store.engine.dispose()  # it holds for new connections


@contextmanager
def _copy(kind: str, folder: Path, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    if kind == "sqlite":
        path = folder / f"{name}.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    try:
        yield postgresql().create(name, template)
    finally:
        postgresql().drop(name)


@cache
def _template(kind: str, stocked: bool) -> str:
    """The path or the name of a database that is copied for each test."""
    from tests.support import FakeRater

    name = f"template_{uuid4().hex}"
    if kind == "sqlite":
        path = Path(mkdtemp(prefix="lexithymia-test-")) / f"{name}.db"
        address, made = f"sqlite:///{path}", str(path)
    else:
        address, made = postgresql().create(name), name
    store = Store(address)
    upgrade(store)
    if stocked:
        stimulus_sets.update_faces(store, FakeRater())
    store.close()
    return made
