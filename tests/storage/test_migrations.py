"""Migrations make exactly the tables that the models describe, up and down, with data in them, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from core.config import ROOT
from core.storage.database import Store
from core.storage.migrate import differences, downgrade, known, newest, upgrade, version
from core.storage.tables import Base
from tests.databases import KINDS, database, url
from tests.storage.filled import fill

UPGRADE = "import sys; from core.storage import database, migrate; migrate.upgrade(database.Store(sys.argv[1]))"


def rows(store: Store, name: str) -> int:
    with store.begin() as db:
        return db.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_make_what_the_models_say(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path, migrated=False) as store:
        assert version(store) is None
        upgrade(store)
        assert version(store) == newest()
        assert differences(store) == []
        upgrade(store)
        assert differences(store) == []


def test_each_migration_is_taken_back_and_made_again_with_rows_in_every_table(migrated: Store) -> None:
    filled = fill(migrated)
    assert set(filled) == set(Base.metadata.tables)
    assert all(filled.values())
    for revision in reversed(known()[:-1]):
        downgrade(migrated, revision)
        assert version(migrated) == revision
    assert rows(migrated, "stimuli") == filled["stimuli"], "the oldest tables keep their rows all the way"
    upgrade(migrated)
    assert differences(migrated) == []
    assert rows(migrated, "stimuli") == filled["stimuli"]
    downgrade(migrated, "base")
    assert set(inspect(migrated.engine).get_table_names()) <= {"alembic_version"}


@pytest.mark.slow  # servers that start
@pytest.mark.parametrize("kind", KINDS)
def test_of_servers_that_start_at_once_one_migrates_and_the_others_wait(kind: str, tmp_path: Path) -> None:
    with url(kind, tmp_path) as address:
        starts = [
            subprocess.Popen(
                [sys.executable, "-c", UPGRADE, address], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            for _ in range(3)
        ]
        said = [start.communicate(timeout=120)[0].decode() for start in starts]
        assert [start.returncode for start in starts] == [0, 0, 0], said
        store = Store(address)
        assert differences(store) == []
        store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_migration_that_fails_changes_nothing(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path, migrated=False) as store:
        with store.engine.begin() as connection:
            connection.execute(text("CREATE TABLE trials (in_the_way INTEGER)"))
        with pytest.raises(DBAPIError, match="trials"):
            upgrade(store)
        assert inspect(store.engine).get_table_names() == ["trials"]


def test_a_database_of_newer_software_is_left_alone(migrated: Store) -> None:
    with migrated.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ValueError, match="is at migration 9999, and this software knows them up to"):
        upgrade(migrated)


def test_sqlite_is_set_up_to_survive_a_crash(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    with store.begin() as db:
        found = {
            name: db.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
