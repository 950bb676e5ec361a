"""A database copied into an empty one of either kind is the same to the last bit, or nothing arrives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from core.config import ROOT
from core.storage.backups import copying
from core.storage.backups.copying import copy, snapshot
from core.storage.backups.digest import Digest, digests
from core.storage.database import Store
from core.storage.engines import without_password
from core.storage.migrate import downgrade, version
from core.storage.tables import Base, ExposureRow, PersonRow, TrialRow
from tests.databases import KINDS, database
from tests.storage.filled import fill

WAYS = [("sqlite", "postgresql"), ("postgresql", "sqlite")]

SMALL = 1_000_003
"""Keeps ids apart and leaves room for the next one."""


@pytest.mark.parametrize(("one", "other"), WAYS)
def test_every_table_arrives_as_it_was_and_back_again(one: str, other: str, tmp_path: Path) -> None:
    with (
        database(one, tmp_path) as first,
        database(other, tmp_path, migrated=False) as second,
        database(one, tmp_path, migrated=False) as third,
    ):
        filled = fill(first)
        there = copy(first, second)
        assert {name: held.rows for name, held in there.items()} == filled
        assert copy(second, third) == there
        with snapshot(third) as reading:
            assert digests(reading) == there


def test_rows_made_after_copying_get_numbers_of_their_own(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as source, database("postgresql", tmp_path) as target:
        fill(source)
        with source.engine.begin() as connection:
            connection.execute(
                Base.metadata.tables["trials"].update().values(number=TrialRow.id % SMALL, id=TrialRow.id % SMALL)
            )
        copy(source, target)
        with target.engine.begin() as connection:
            last = connection.execute(select(func.max(TrialRow.id))).scalar_one()
            some = dict(connection.execute(select(TrialRow.__table__).limit(1)).mappings().one())
            del some["id"]
            made = connection.execute(insert(TrialRow).values(**some | {"number": 1234}).returning(TrialRow.id))
            assert made.scalar_one() == last + 1


@pytest.mark.parametrize(("one", "other"), WAYS)
def test_a_target_with_rows_or_at_another_migration_is_refused_by_name(one: str, other: str, tmp_path: Path) -> None:
    with database(one, tmp_path) as source, database(other, tmp_path) as target:
        with target.begin() as db:
            db.add(PersonRow(code="P-01", role="patient"))
        with pytest.raises(ValueError, match=r"is not empty: people \(1\)"):
            copy(source, target)
        downgrade(target, "0002")
        with pytest.raises(ValueError, match="is at migration 0002; expected"):
            copy(source, target)
        with pytest.raises(ValueError, match="is at migration 0002; expected"):
            copy(target, source)
        downgrade(target, "base")
        with target.engine.begin() as connection:
            connection.execute(text("CREATE TABLE recipes (name TEXT)"))
        with pytest.raises(ValueError, match="holds tables of something else: recipes"):
            copy(source, target)
        assert version(target) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_that_does_not_agree_or_breaks_off_leaves_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(connection: object, table: object) -> Digest:
        return Digest(7, 7)

    def broken_off(table: str, done: int, of: int) -> None:
        if table == "trials":
            raise KeyboardInterrupt

    with database("sqlite", tmp_path) as source, database(kind, tmp_path) as target:
        fill(source)
        with pytest.raises(KeyboardInterrupt):
            copy(source, target, broken_off)
        with monkeypatch.context() as patch:
            patch.setattr(copying, "digest", changed)
            with pytest.raises(ValueError, match="did not arrive as it was sent: 6 rows"):
                copy(source, target)
        with snapshot(target) as reading:
            assert {held.rows for held in digests(reading).values()} == {0}
        assert copy(source, target)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_while_copying_is_not_in_the_copy(kind: str, tmp_path: Path) -> None:
    def also_write(table: str, done: int, of: int) -> None:
        with source.begin() as db:
            db.add(PersonRow(code=f"during {table}", role="patient"))

    with database(kind, tmp_path) as source, database("sqlite", tmp_path) as target:
        filled = fill(source)
        assert copy(source, target, also_write)["people"].rows == filled["people"]
        with source.begin() as db:
            assert (db.scalar(select(func.count()).select_from(PersonRow)) or 0) > filled["people"]


def test_a_hash_sees_one_changed_value_and_no_order(migrated: Store) -> None:
    fill(migrated)
    with snapshot(migrated) as reading:
        before = digests(reading)
    with migrated.begin() as db:
        times = db.scalars(select(ExposureRow)).all()
        times[0].times -= 1
    with snapshot(migrated) as reading:
        after = digests(reading)
    assert {name for name in before if before[name] != after[name]} == {"exposures"}


def test_every_json_column_that_may_be_empty_has_one_way_to_be() -> None:
    doubtful = [
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.nullable and getattr(column.type, "none_as_null", True) is False
    ]
    assert doubtful == [], "an empty value and JSON's null would look the same to a copy"


@pytest.mark.slow
def test_the_command_copies_says_what_and_refuses_in_words(tmp_path: Path) -> None:
    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "core", "copy-database", *words],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
            env=os.environ | {"LEXITHYMIA_LOCAL": str(tmp_path), "PGPASSWORD": str(target.url.password)},
        )  # fmt: skip

    with database("sqlite", tmp_path) as source, database("postgresql", tmp_path, migrated=False) as target:
        fill(source)
        to = without_password(target.url)
        done = command(f"sqlite:///{source.url.database}", to)
        assert done.returncode == 0, done.stderr
        assert "every count and hash agrees" in done.stdout
        again = command(f"sqlite:///{source.url.database}", to)
        assert again.returncode == 1
        assert "Nothing was copied." in again.stderr
        assert "is not empty" in again.stderr
        missing = command(f"sqlite:///{tmp_path}/nowhere.db", to)
        assert "There is no database at" in missing.stderr
        assert not (tmp_path / "nowhere.db").exists()
        nobody = command(f"sqlite:///{source.url.database}", "postgresql://127.0.0.1:1/x")
        assert "The database said: connection failed" in nobody.stderr
        assert "Traceback" not in nobody.stderr
