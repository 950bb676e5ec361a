"""An audit log that is emptied or rewritten as a whole by somebody with the database in hand is found out."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.domain.audit import Act
from core.services.gate.audit import note
from core.storage.database import Store
from core.storage.queries.audit_queries import verify
from tests.attacks.installation import command
from tests.e2e.server import AppServer
from tests.support import new_store


def enter(store: Store, number: int) -> str:
    """Write entries; returns the newest as it is kept by hand."""
    with store.begin() as db:
        for rows in range(number):
            note(db, None, Act.EXPORT, rows=rows)
    with store.begin() as db:
        head = verify(db)
    return f"{head.number}:{head.hash}"


def rewrite(local: Path, entries: int) -> None:
    """Empty the log, its triggers taken away, and write another that holds in itself."""
    with closing(sqlite3.connect(local / "lexithymia.db")) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM audit")
        connection.commit()
    store = Store(f"sqlite:///{local / 'lexithymia.db'}")
    enter(store, entries)
    store.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An installation that was served and backed up, and the newest entry of its log as it is kept by hand.

    What it keeps names its place: a copy waits beside it, from which it is put back.
    """
    local = tmp_path_factory.mktemp("served") / "local"
    local.mkdir()
    store = new_store(local)
    by_hand = enter(store, 3)
    store.close()
    with AppServer(local) as server:
        kept = local / "audit-heads"
        for _ in range(100):
            if kept.exists() and by_hand in server.log:
                break
            time.sleep(0.1)
        assert by_hand in server.log
        assert (by_hand in kept.read_text(), kept.stat().st_mode & 0o777) == (True, 0o600)
    assert command(local, "backup").returncode == 0
    assert "agrees with 3 kept heads" in command(local, "audit", "--verify", "--kept", by_hand).stdout
    shutil.copytree(local, local.with_name("copy"))
    return local, by_hand


@pytest.mark.slow
@pytest.mark.parametrize("entries", [0, 1, 9], ids=["emptied", "shorter", "longer"])
def test_the_file_each_backup_and_what_is_given_by_hand_say_that_a_log_was_rewritten(
    served: tuple[Path, str], entries: int
) -> None:
    local, by_hand = served
    shutil.rmtree(local)
    shutil.copytree(local.with_name("copy"), local)
    rewrite(local, entries)
    kept, (backup,) = local / "audit-heads", (local / "backups").iterdir()
    found = command(local, "audit", "--verify", "--kept", by_hand, "--kept", str(backup))
    assert found.returncode == 1
    for source in (str(kept), f"says {backup}", "--kept 3:", f"--kept {backup}"):
        assert source in found.stderr, found.stderr
    kept.unlink()
    assert str(backup) in command(local, "audit", "--verify").stderr


@pytest.mark.slow
def test_a_restored_backup_takes_entries_away_rightly(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    enter(store, 2)
    store.close()
    assert command(tmp_path, "backup").returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    time.sleep(1)
    enter(store, 3)
    assert command(tmp_path, "backup").returncode == 0
    store.close()
    assert command(tmp_path, "restore", str(backup)).returncode == 0
    assert command(tmp_path, "audit", "--verify").returncode == 0


@pytest.mark.both_databases
def test_no_statement_replaces_an_entry(migrated: Store) -> None:
    enter(migrated, 3)
    with migrated.begin() as db:
        before = verify(db)
    values = "(number, at, actor, act, about, facts, hash) SELECT number, at, 'x', act, about, facts, hash FROM audit"
    statements = {
        "sqlite": (f"INSERT OR REPLACE INTO audit {values}", f"REPLACE INTO audit {values}",
                   f"INSERT INTO audit {values} WHERE true ON CONFLICT (number) DO UPDATE SET actor = 'x'",
                   "UPDATE OR REPLACE audit SET number = 1", "DELETE FROM audit"),
        "postgresql": ("TRUNCATE audit", "TRUNCATE audit CASCADE", "DELETE FROM audit", "UPDATE audit SET actor = 'x'",
                       f"INSERT INTO audit {values} ON CONFLICT (number) DO UPDATE SET actor = 'x'"),
    }  # fmt: skip
    for statement in statements[migrated.engine.dialect.name]:
        for setting in ("ON", "OFF") if migrated.engine.dialect.name == "sqlite" else ("",):
            with migrated.engine.connect() as connection:
                if setting:
                    connection.exec_driver_sql(f"PRAGMA recursive_triggers = {setting}")
                with pytest.raises(DBAPIError, match="the audit log can only be added to"):
                    connection.execute(text(statement))
    with migrated.begin() as db:
        assert verify(db) == before
