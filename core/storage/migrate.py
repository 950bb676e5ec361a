"""Bring a database to the newest version of the tables, or say how far it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from core.storage.database import Store


def _config(store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = store.engine
    return config


def upgrade(store: Store, revision: str = "head") -> None:
    """Apply every migration up to `revision`; a database that is already there is left alone."""
    command.upgrade(_config(store), revision)


def downgrade(store: Store, revision: str) -> None:
    """Take migrations back to `revision` ("base": an empty database)."""
    command.downgrade(_config(store), revision)


def differences(store: Store) -> list[object]:
    """What the database lacks compared with the tables; empty when the migrations are complete."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from core.storage.tables import Base

    with store.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
