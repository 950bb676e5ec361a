"""Migrations: bring a database to the newest version of the tables, or say how far it is.

Of several servers that start at once, one migrates and the others wait for it. A migration that fails changes
nothing. Alembic is imported where it is needed: a server whose database is up to date starts without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from core.storage.database import Store

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x6C657869
"""Key of the advisory lock that a migration holds on PostgreSQL; any number that only this product uses."""


def _config(store: Store) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["engine"] = store.engine
    return config


def upgrade(store: Store, revision: str = "head") -> None:
    """Apply every migration up to `revision`; a database that is already there is left alone.

    Raises ValueError for a database that newer software has migrated further than this one knows.
    """
    at = version(store)
    if revision == "head" and at == newest():
        return
    if at is not None and at not in known():
        raise ValueError(
            f"{store} is at migration {at}, and this software knows them up to {newest()}. "
            "Start the newer software again, or restore a backup from before."
        )
    from alembic import command

    command.upgrade(_config(store), revision)


def downgrade(store: Store, revision: str) -> None:
    """Take migrations back to `revision` ("base": an empty database)."""
    from alembic import command

    command.downgrade(_config(store), revision)


def known() -> list[str]:
    """Every migration of this software, oldest first; their files are named by their revisions, in order."""
    return sorted(path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest() -> str:
    """The newest migration there is."""
    return known()[-1]


def version(store: Store) -> str | None:
    """The migration that the database is at, None before the first."""
    with store.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """One transaction for all migrations of one run, beside which no other run gets in; waits for its turn.

    SQLite changes a table by making it anew, which foreign keys forbid while rows point at it: they are off inside,
    and every one is checked before the transaction is committed.
    """
    connection.detach()  # what is set here ends with the connection
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET lock_timeout = 0; SET statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield
    else:
        connection.exec_driver_sql("PRAGMA busy_timeout = 600000")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            raise ValueError(f"a migration would leave {len(dangling)} rows without the row they point at: {dangling}")
    connection.commit()


def differences(store: Store) -> list[object]:
    """What the database lacks compared with the tables; empty when the migrations are complete."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from core.storage.tables import Base

    with store.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
