"""Bring a database to the newest version of the tables, or say how far it is.

Alembic is imported where it is needed: a server whose database is up to date starts without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from core.storage.database import Store

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config(store: Store) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["engine"] = store.engine
    return config


def upgrade(store: Store, revision: str = "head") -> None:
    """Apply every migration up to `revision`; a database that is already there is left alone."""
    if revision == "head" and version(store) == newest():
        return
    from alembic import command

    command.upgrade(_config(store), revision)


def downgrade(store: Store, revision: str) -> None:
    """Take migrations back to `revision` ("base": an empty database)."""
    from alembic import command

    command.downgrade(_config(store), revision)


def newest() -> str:
    """The newest migration there is; their files are named by their revisions, in order."""
    return max(path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("*.py"))


def version(store: Store) -> str | None:
    """The migration that the database is at, None before the first."""
    with store.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def differences(store: Store) -> list[object]:
    """What the database lacks compared with the tables; empty when the migrations are complete."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from core.storage.tables import Base

    with store.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
