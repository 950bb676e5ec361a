"""A restore replaces a database with all that lies beside it, and what killed backups and restores leave goes."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.services.privacy.erasure import erase_codes
from core.storage.backups import postgresql_files
from core.storage.backups.backup import back_up
from core.storage.backups.leftovers import former_databases, remove_former, remove_leftovers
from core.storage.backups.work import EXPORTING, RESTORING, UNFINISHED, remove_abandoned, work_folder
from core.storage.database import Store
from tests.attacks.installation import begin, command
from tests.databases import database, postgresql
from tests.support import new_clinician, new_patient, new_store

HOT = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=DELETE")
connection.execute("PRAGMA cache_size=1")
connection.execute("PRAGMA synchronous=OFF")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE pictures SET data = randomblob(length(data)) WHERE rowid < 300")
os.kill(os.getpid(), 9)
"""
"""A writer that is killed in the middle: what it changed is in the file, and what stood there in the journal."""


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """An installation with a patient P-01, and its backup."""
    store = new_store(tmp_path)
    new_patient(store, new_clinician(store))
    back_up(store, tmp_path / "backups")
    store.close()
    return tmp_path


def backup_in(local: Path) -> str:
    return str(next((local / "backups").glob("*.zip")))


def check(local: Path) -> str:
    with closing(sqlite3.connect(local / "lexithymia.db")) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.slow
@pytest.mark.parametrize("kept", [True, False], ids=["beside its database", "alone"])
def test_a_hot_journal_does_not_destroy_what_is_restored(local: Path, kept: bool) -> None:
    path = local / "lexithymia.db"
    subprocess.run([sys.executable, "-c", HOT, path], check=False)
    assert (local / "lexithymia.db-journal").stat().st_size > 0
    if not kept:
        path.unlink()
    done = command(local, "restore", backup_in(local), "--force")
    assert done.returncode == 0, done.stderr
    assert check(local) == "ok"
    assert not (local / "lexithymia.db-journal").exists()
    assert len(list(local.glob("lexithymia-before-*-journal"))) == 1


@pytest.mark.slow
def test_a_restore_that_is_killed_before_it_has_the_name_is_undone(local: Path) -> None:
    subprocess.run([sys.executable, "-c", HOT, local / "lexithymia.db"], check=False)
    aside = local / "lexithymia-before-20260101T000000Z.db"
    os.link(local / "lexithymia.db", aside)
    (local / "lexithymia.db-journal").rename(f"{aside}-journal")
    store = Store(f"sqlite:///{local / 'lexithymia.db'}")
    with work_folder(local, RESTORING):
        remove_leftovers(store)
        assert aside.exists(), "a restore that is at work is left alone"
    remove_leftovers(store)
    assert (check(local), list(local.glob("*-before-*"))) == ("ok", [])


def test_what_a_killed_export_left_is_removed_by_the_next_command(local: Path) -> None:
    waiting = local / "exports" / "somebody"
    (waiting / ".export-abc").mkdir(parents=True)
    (waiting / ".export-abc" / "whole.zip").write_bytes(b"everybody")
    (waiting / ".export-abc.lock").touch()
    with work_folder(waiting, EXPORTING) as at_work:
        assert command(local, "restore", backup_in(local), "--force").returncode == 0
        assert [path for path in waiting.iterdir() if path.is_dir()] == [at_work]


@pytest.mark.slow
def test_an_erasure_removes_what_killed_ones_left_and_names_former_databases(
    local: Path, caplog: pytest.LogCaptureFixture
) -> None:
    killed = begin(local, "backup", "--to", str(local / "elsewhere"))
    killed.kill()
    killed.communicate()
    for folder in (local / ".restoring-abc", local / "backups" / ".unfinished-abc"):
        folder.mkdir()
        (folder / "database").write_bytes(b"everybody")
        folder.with_name(f"{folder.name}.lock").touch()
    assert command(local, "restore", backup_in(local)).returncode == 0
    store = Store(f"sqlite:///{local / 'lexithymia.db'}")
    with work_folder(local, ".restoring-") as at_work:
        erase_codes(store, ["P-01"])
        assert [path for path in local.glob(".restoring-*") if path.is_dir()] == [at_work]
    assert "1 former databases that restores put aside still hold everybody who was erased since" in caplog.text
    assert command(local, "former", "--delete").returncode == 0
    assert list(local.glob("*-before-*")) == []
    store.close()


def test_databases_that_killed_restores_left_are_dropped(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as store:
        name = str(store.url.database)[:40]
        for word in ("restoring", "before"):
            postgresql().create(f"{name}_{word}_20260101t000000z")
        assert remove_leftovers(store) == 1
        assert former_databases(store) == [f"the database {name}_before_20260101t000000z"]
        remove_former(store)
        assert [one for one in postgresql().names() if one.startswith(f"{name}_")] == []
        assert postgresql_files.former(store) == []


@pytest.mark.slow
def test_backups_and_restores_that_are_killed_at_random_leave_a_whole_database_and_nothing_else(local: Path) -> None:
    rng, ends = random.Random(1), time.monotonic() + 50
    for words in (("backup",), ("restore", backup_in(local), "--force")) * 6:
        if time.monotonic() > ends:
            break
        process = begin(local, *words)
        time.sleep(rng.uniform(0.3, 3.0))
        process.kill()
        process.communicate()
        store = Store(f"sqlite:///{local / 'lexithymia.db'}")
        remove_leftovers(store)
        remove_abandoned(local / "backups", UNFINISHED)
        store.close()
        assert check(local) == "ok"
        assert [*local.glob(".restoring-*"), *(local / "backups").glob(f"{UNFINISHED}*")] == []
