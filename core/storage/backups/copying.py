"""Copy a whole database into an empty one, of the same kind or the other, and prove that it arrived.

The source is read as it was at one moment, whoever goes on writing to it. The target gets everything in one
transaction, which is committed only when the count and the hash of every table agree: nothing half-copied remains.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, func, insert, inspect, select

from core.storage.backups.digest import BATCH, Digest, digest
from core.storage.database import Store, in_words
from core.storage.locks import start_lock
from core.storage.migrate import newest, upgrade, version
from core.storage.tables import Base

Tell = Callable[[str, int, int], None]
"""Called with a table, how many of its rows are copied, and how many there are."""


@in_words
def copy(source: Store, target: Store, tell: Tell | None = None) -> dict[str, Digest]:
    """Copy every row of `source` to `target`, which gets its tables if it has none; returns what each table holds.

    Raises ValueError, with nothing changed in the target, when one of the two is at another migration than this
    software, when the target holds rows, or when what arrived is not what was sent.
    """
    _check_source(source)
    _check_target(target)
    with start_lock(target):
        upgrade(target)
    with snapshot(source) as reading, _taking(target) as writing:
        _check_empty(target, writing)
        copied = {table.name: _copy_table(reading, writing, table, tell) for table in Base.metadata.sorted_tables}
        if writing.dialect.name == "postgresql":
            _set_sequences(writing)
    return copied


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """A connection that reads the database as it is now, and goes on reading it so; it may take its time."""
    with store.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            unhurried(connection)
        else:
            connection.exec_driver_sql("BEGIN")
        yield connection


def unhurried(connection: Connection) -> None:
    """Let this transaction on PostgreSQL take as long as it needs."""
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {limit} = 0")


def _check_source(source: Store) -> None:
    if (at := version(source)) != newest():
        raise ValueError(
            f"{source} is at migration {at}; expected {newest()}. Start this version of the software on it once."
        )


def _check_target(target: Store) -> None:
    at = version(target)
    if at is None and (tables := set(inspect(target.engine).get_table_names()) - {"alembic_version"}):
        present = ", ".join(sorted(tables))
        raise ValueError(f"{target} holds tables of something else: {present}. Expected an empty database.")
    if at is not None and at != newest():
        raise ValueError(f"{target} is at migration {at}; expected {newest()}, or a database without tables.")


def _check_empty(target: Store, writing: Connection) -> None:
    counts = {table.name: _count(writing, table) for table in Base.metadata.sorted_tables}
    if held := [f"{name} ({count:,})" for name, count in counts.items() if count]:
        raise ValueError(f"{target} is not empty: {', '.join(held)}. Expected a database without rows.")


@contextmanager
def _taking(target: Store) -> Iterator[Connection]:
    """One transaction at the target, in which nobody else writes."""
    with target.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            unhurried(connection)
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _copy_table(reading: Connection, writing: Connection, table: Table, tell: Tell | None) -> Digest:
    sent, of = Digest(), _count(reading, table)
    rows = reading.execute(select(table), execution_options={"yield_per": BATCH}).mappings()
    for batch in rows.partitions():
        for row in batch:
            sent.add(row.values())
        writing.execute(insert(table), [dict(row) for row in batch])
        if tell is not None:
            tell(table.name, sent.rows, of)
    arrived = digest(writing, table)
    if arrived != sent:
        raise ValueError(
            f"{table.name} did not arrive as it was sent: {sent.rows:,} rows with the hash {sent.hash}, "
            f"but {arrived.rows:,} with {arrived.hash}. Nothing was copied. Please report this."
        )
    return arrived


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _set_sequences(connection: Connection) -> None:
    """The next row that PostgreSQL numbers itself gets a number after those that came."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and (last := connection.execute(select(func.max(column))).scalar()):
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            connection.execute(select(func.setval(sequence, last)))
