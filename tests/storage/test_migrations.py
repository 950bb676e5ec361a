"""Migrations make exactly the tables that the models describe, up and down."""

from pathlib import Path

from sqlalchemy import inspect, text

from core.storage.database import Store
from core.storage.migrate import differences, downgrade, newest, upgrade, version


def test_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    assert version(store) is None
    upgrade(store)
    assert version(store) == newest()
    assert differences(store) == []
    upgrade(store)
    assert differences(store) == []


def test_migrations_can_be_taken_back(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    upgrade(store)
    downgrade(store, "base")
    assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}


def test_sqlite_is_set_up_to_survive_a_crash(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    with store.begin() as db:
        found = {
            name: db.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
