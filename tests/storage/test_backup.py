"""A backup restored gives the same rows to the last bit; nothing is ever half there, and nothing is lost."""

import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, inspect, select, text, update

from core.config import ROOT
from core.domain.exercise.selection import Selection
from core.services.research import studies
from core.services.research.export import export
from core.storage.backups import postgresql_files
from core.storage.backups.backup import DATABASE, MANIFEST, back_up, restore
from core.storage.backups.copying import snapshot
from core.storage.backups.digest import Digest, digests
from core.storage.database import Store
from core.storage.migrate import newest
from core.storage.tables import Base, PersonRow
from tests.databases import database, postgresql
from tests.services.research.conftest import clinic_in
from tests.services.research.later import later
from tests.storage.filled import fill

pytestmark = pytest.mark.both_databases


def all_of(store: Store) -> dict[str, Digest]:
    with snapshot(store) as reading:
        return digests(reading)


def wipe(store: Store) -> None:
    with store.engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    store.close()


def forget(store: Store, aside: str | None) -> None:
    """Remove what a restore kept on the tests' PostgreSQL."""
    if aside is not None and aside.startswith("the database "):
        postgresql().drop(aside.removeprefix("the database "))


def test_what_was_backed_up_and_wiped_is_back_to_the_last_bit(migrated: Store, tmp_path: Path) -> None:
    counts = fill(migrated)
    before = all_of(migrated)
    path, manifest = back_up(migrated, tmp_path / "backups")
    assert {name: manifest.counts[name] for name in counts} == counts
    assert (manifest.migration, path.stat().st_mode & 0o777) == (newest(), 0o600)
    assert list(path.parent.iterdir()) == [path]
    wipe(migrated)
    _, aside = restore(migrated, path)
    assert all_of(migrated) == before
    assert aside is not None
    forget(migrated, aside)


def test_an_export_after_wiping_and_restoring_is_the_same_file_by_file(
    stocked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_at = later()
    monkeypatch.setattr("core.services.research.export.now", lambda: made_at)  # stands in two of the files
    clinic = clinic_in(stocked)
    study = clinic.study()
    for code in ("P-1", "P-2"):
        person, token = clinic.patient(code)
        studies.enrol(stocked, clinic.clinician, person, study)
        clinic.check(token)

    def exported(name: str) -> dict[str, bytes]:
        export(stocked, clinic.researcher, Selection(), tmp_path / name, lambda _: True)
        with zipfile.ZipFile(tmp_path / name) as file:
            return {one: file.read(one) for one in file.namelist()}

    before = exported("before.zip")
    path, _ = back_up(stocked, tmp_path / "backups")
    wipe(stocked)
    _, aside = restore(stocked, path)
    after = exported("after.zip")
    assert "data/study-lexithymia_data.csv" in before
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    forget(stocked, aside)


def test_the_former_database_is_kept_whole(migrated: Store, tmp_path: Path) -> None:
    path, _ = back_up(migrated, tmp_path / "backups")
    fill(migrated)
    later = all_of(migrated)
    migrated.close()
    _, aside = restore(migrated, path)
    assert {held.rows for held in all_of(migrated).values()} == {0}
    assert aside is not None
    name = aside.removeprefix("the database ")
    former = Store(f"sqlite:///{name}" if "/" in name else postgresql().url(name))
    assert all_of(former) == later
    former.close()
    forget(migrated, aside)


def test_a_backup_is_of_one_moment_while_people_go_on(migrated: Store, tmp_path: Path) -> None:
    fill(migrated)
    with migrated.begin() as db:  # written, not committed
        db.add(PersonRow(code="later", role="patient"))
        db.flush()
        path, manifest = back_up(migrated, tmp_path / "backups")
    assert manifest.counts["people"] == 6
    with migrated.begin() as db:
        assert db.scalar(select(func.count()).select_from(PersonRow)) == 7
    migrated.close()
    forget(migrated, restore(migrated, path)[1])
    with migrated.begin() as db:
        assert db.scalar(select(func.count()).select_from(PersonRow)) == 6


def test_a_database_in_use_is_only_replaced_by_force(migrated: Store, tmp_path: Path) -> None:
    path, _ = back_up(migrated, tmp_path / "backups")
    server = Store(migrated.url.render_as_string(hide_password=False))
    with server.begin() as db:
        db.add(PersonRow(code="P-01", role="patient"))
    with pytest.raises(ValueError, match=r"is in use .*Stop the server"):
        restore(migrated, path)
    with server.begin() as db:
        assert db.scalar(select(func.count()).select_from(PersonRow)) == 1
    forget(migrated, restore(migrated, path, force=True)[1])
    with migrated.begin() as db:
        assert db.scalar(select(func.count()).select_from(PersonRow)) == 0
    server.close()


def test_a_database_that_newer_software_used_is_only_replaced_by_force(migrated: Store, tmp_path: Path) -> None:
    path, _ = back_up(migrated, tmp_path / "backups")
    with migrated.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    migrated.close()
    with pytest.raises(ValueError, match=r"is at migration 9999, the backup at .*Use --force"):
        restore(migrated, path)
    forget(migrated, restore(migrated, path, force=True)[1])


def test_a_backup_that_is_damaged_cut_short_or_foreign_replaces_nothing(migrated: Store, tmp_path: Path) -> None:
    fill(migrated)
    path, _ = back_up(migrated, tmp_path / "backups")
    migrated.close()
    cut, foreign, newer, changed = (tmp_path / f"{name}.zip" for name in ("cut", "foreign", "newer", "changed"))
    cut.write_bytes(path.read_bytes()[:-100])
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("holiday.txt", "sun")
    with zipfile.ZipFile(path) as whole:
        says, held = json.loads(whole.read(MANIFEST)), whole.read(DATABASE)
    for file, manifest, data in (
        (newer, says | {"migration": "9999"}, held),
        (changed, says, held[:-1] + bytes([held[-1] ^ 1])),
    ):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(MANIFEST, json.dumps(manifest))
            archive.writestr(DATABASE, data)
    for file, why in ((cut, "no whole backup"), (foreign, "no manifest"), (newer, "9999"), (changed, "SHA-256")):
        with pytest.raises(ValueError, match=why):
            restore(migrated, file)
    with pytest.raises(FileNotFoundError):
        restore(migrated, tmp_path / "nowhere.zip")
    assert all_of(migrated)["people"].rows == 6


def test_a_damaged_sqlite_database_can_be_replaced(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as store:
        fill(store)
        path, _ = back_up(store, tmp_path / "backups")
        before = all_of(store)
        store.close()
        file = Path(store.url.database or "")
        file.write_bytes(b"not a database" * 1000)
        _, aside = restore(store, path)
        assert all_of(store) == before
        assert Path(aside or "").read_bytes().startswith(b"not a database")


def test_a_backup_of_one_kind_is_not_put_into_the_other(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as store, database("postgresql", tmp_path, migrated=False) as other:
        path, _ = back_up(store, tmp_path / "backups")
        with pytest.raises(ValueError, match="is of sqlite, and DATABASE_URL names postgresql"):
            restore(other, path)
        assert inspect(other.engine).get_table_names() == []


def test_a_tool_older_than_the_server_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with database("postgresql", tmp_path) as store:
        monkeypatch.setattr(postgresql_files, "_major", lambda _: 99)
        with pytest.raises(ValueError, match=r"pg_dump must be version 99 or newer.*apt install postgresql-client-99"):
            back_up(store, tmp_path / "backups")
        assert list((tmp_path / "backups").iterdir()) == []


def test_a_password_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    run = subprocess.run

    def overheard(words: list[str], **more: Any) -> subprocess.CompletedProcess[Any]:
        said.extend(words)
        return run(words, **more)

    monkeypatch.setattr(subprocess, "run", overheard)
    with database("postgresql", tmp_path) as store:
        path, _ = back_up(store, tmp_path / "backups")
        store.close()
        forget(store, restore(store, path)[1])
        assert store.url.password
        assert any("--dbname=" in word for word in said)
        assert [word for word in said if store.url.password.replace(" ", "")[:4] in word] == []


def command(store: Store, folder: Path, *words: str, room: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command on the store's database; with `room` no file may grow beyond that many bytes."""

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    address = store.url.render_as_string(hide_password=False)
    return subprocess.run(
        [sys.executable, "-m", "core", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, preexec_fn=limit,
        env=os.environ | {"LEXITHYMIA_LOCAL": str(folder), "DATABASE_URL": address},
    )  # fmt: skip


def test_the_commands_back_up_and_restore(migrated: Store, tmp_path: Path) -> None:
    fill(migrated)
    before = all_of(migrated)
    made = command(migrated, tmp_path, "backup")
    assert made.returncode == 0, made.stderr
    (path,) = (tmp_path / "backups").iterdir()
    assert str(path) in made.stdout
    with migrated.begin() as db:
        db.execute(update(PersonRow).values(active=False))
    in_use = command(migrated, tmp_path, "restore", str(path))
    assert (in_use.returncode, "Nothing was replaced." in in_use.stderr) == (1, True)
    migrated.close()
    back = command(migrated, tmp_path, "restore", str(path))
    assert back.returncode == 0, back.stderr
    assert all_of(migrated) == before
    kept = back.stdout.split("is kept: ")[1].split(". Remove")[0]
    forget(migrated, kept)


def test_a_full_disk_is_said_and_leaves_no_half_backup(migrated: Store, tmp_path: Path) -> None:
    fill(migrated)
    refused = command(migrated, tmp_path, "backup", room=20_000)
    assert refused.returncode == 1
    assert "No backup was made in" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list((tmp_path / "backups").iterdir()) == []
