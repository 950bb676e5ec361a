"""Whatever happens to a database in the middle, the caller gets a refusal, nothing is half-saved, and it goes on."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core.config import Limits, settings
from core.domain.people import NotSaved, Refusal
from core.storage.database import Store
from core.storage.tables import PersonRow
from tests.databases import database, let_nothing_be_written

pytestmark = pytest.mark.both_databases


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Store]:
    """A store on PostgreSQL that loses patience after a second, with two connections at most."""
    with database("postgresql", tmp_path) as there:
        limits = Limits(pool=1, pool_most=2, pool_wait=1, connect_wait=2, statement_wait=1, lock_wait=1, idle_wait=1)
        store = Store(there.url.render_as_string(hide_password=False), limits)
        yield store
        store.close()


def people(store: Store) -> int:
    with store.begin() as db:
        return db.scalar(select(func.count()).select_from(PersonRow)) or 0


def add(store: Store, code: str) -> None:
    with store.begin() as db:
        db.add(PersonRow(code=code, role="patient"))


def cut_all_others(store: Store) -> None:
    with store.begin() as db:
        db.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))


def test_a_connection_lost_in_the_middle_is_not_saved_and_the_next_is_well(hasty: Store) -> None:
    for when in ("before the first statement", "before the commit"):
        with pytest.raises(NotSaved, match="could not be saved just now"), hasty.begin() as db:  # noqa: PT012
            if when == "before the commit":
                db.add(PersonRow(code=when, role="patient"))
                db.flush()
            else:
                db.connection()
            cut_all_others(hasty)
            db.add(PersonRow(code=f"{when} too", role="patient"))
        assert people(hasty) == 0


def test_connections_lost_while_nobody_used_them_are_not_noticed(hasty: Store) -> None:
    other = Store(hasty.url.render_as_string(hide_password=False))
    add(hasty, "P-01")
    cut_all_others(other)
    add(hasty, "P-02")
    assert people(hasty) == 2
    other.close()


def test_no_free_connection_is_not_saved(hasty: Store) -> None:
    with hasty.begin() as one, hasty.begin() as two:
        one.connection()
        two.connection()
        with pytest.raises(NotSaved):
            add(hasty, "P-01")
    add(hasty, "P-01")


@pytest.mark.parametrize("statement", ["SELECT pg_sleep(5)", "LOCK TABLE people"])
def test_what_takes_too_long_is_not_saved(hasty: Store, statement: str) -> None:
    other = Store(hasty.url.render_as_string(hide_password=False))
    with other.begin() as holder:
        holder.execute(text("LOCK TABLE people IN SHARE MODE"))
        with pytest.raises(NotSaved), hasty.begin() as db:
            db.execute(text(statement))
    other.close()


def test_a_transaction_that_idles_is_ended_and_not_saved(hasty: Store) -> None:
    with pytest.raises(NotSaved), hasty.begin() as db:  # noqa: PT012
        db.add(PersonRow(code="P-01", role="patient"))
        db.flush()
        time.sleep(1.5)
        db.add(PersonRow(code="P-02", role="patient"))
    assert people(hasty) == 0


def test_of_two_that_block_each_other_one_is_not_saved_and_one_is(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as store, ThreadPoolExecutor(2) as pool:

        def attempt(keys: tuple[int, int]) -> bool:
            try:
                with store.begin() as db:
                    for key in keys:
                        db.execute(text(f"SELECT pg_advisory_xact_lock({key})"))
                        time.sleep(0.3)
            except NotSaved:
                return False
            return True

        assert sorted(pool.map(attempt, [(1, 2), (2, 1)])) == [False, True]


def test_a_database_that_takes_no_more_is_not_saved_and_still_read(migrated: Store) -> None:
    add(migrated, "P-01")
    let_nothing_be_written(migrated)
    with pytest.raises(NotSaved), migrated.begin() as db:
        db.add_all([PersonRow(code=f"P-{number}", role="patient") for number in range(2, 2000)])
    assert people(migrated) == 1


def test_a_server_that_is_not_there_is_not_saved() -> None:
    with pytest.raises(NotSaved):
        people(Store("postgresql://127.0.0.1:1/nowhere"))


@pytest.mark.parametrize("code", ["x" * 65, "\x00"])
def test_a_value_that_no_column_takes_is_refused_in_words(tmp_path: Path, code: str) -> None:
    with database("postgresql", tmp_path) as store:
        with pytest.raises(Refusal, match="too long") as error:
            add(store, code)
        assert not isinstance(error.value, NotSaved), "trying again would not help"


def test_an_error_in_the_code_stays_an_error(migrated: Store) -> None:
    with pytest.raises(DBAPIError, match="no_such_table"), migrated.begin() as db:
        db.execute(text("SELECT 1 FROM no_such_table"))


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL", "3")
    monkeypatch.setenv("DATABASE_CONNECT_WAIT", "soon")
    settings.cache_clear()
    with pytest.raises(SystemExit, match="DATABASE_CONNECT_WAIT is 'soon'; expected a whole number"):
        settings()
    monkeypatch.delenv("DATABASE_CONNECT_WAIT")
    assert settings().limits == Limits(pool=3)
    settings.cache_clear()


def test_limits_reach_the_server_and_the_url_goes_first(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as there:
        url = there.url.update_query_dict({"options": "-c lock_timeout=777", "application_name": "ours"})
        store = Store(url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgres"))
        with store.begin() as db:
            said = {
                name: db.execute(text(f"SHOW {name}")).scalar_one()
                for name in ("statement_timeout", "lock_timeout", "application_name", "timezone")
            }
        store.close()
    assert said == {
        "statement_timeout": "15s",
        "lock_timeout": "777ms",
        "application_name": "ours",
        "timezone": "UTC",
    }


@pytest.mark.parametrize("url", ["mysql://root:secret@host/x", "root:secret@host"])
def test_another_kind_of_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="Expected postgresql://") as error:
        Store(url)
    assert "secret" not in str(error.value)
