"""Erasure from the database: every row that is a person's, in every table there is or will be.

A row is a person's where a foreign key of it called `person_id` or `patient_id` points at them, or any foreign key at
a row that is theirs. Other foreign keys to people (`created_by`, `actor_id` …) say who did something: they are emptied.
What only counts answers names nobody and stays; so does the audit log, whose pseudonyms die with the person's key.
"""

import time
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from core.storage.backups.copying import unhurried
from core.storage.database import Store
from core.storage.tables import Base, PersonRow

OWNER = frozenset({"person_id", "patient_id"})
"""What a foreign key is called that says whose a row is."""
PEOPLE = PersonRow.metadata.tables[PersonRow.__tablename__]


def erase(db: Session, person_id: str) -> int:
    """Delete all that is a person's, and the person; returns how many rows went."""
    if db.get_bind().dialect.name == "postgresql":
        unhurried(db.connection())
    db.flush()
    gone = 0
    for table in reversed(Base.metadata.sorted_tables):
        if (theirs := owned_by(table, person_id)) is not None:
            went = db.execute(delete(table).where(theirs), execution_options=_UNSEEN)
            assert isinstance(went, CursorResult)
            gone += went.rowcount
        for column in _doers(table):
            row = update(table).values({column.name: None}) if column.nullable else delete(table)
            db.execute(row.where(column == person_id), execution_options=_UNSEEN)
    db.expire_all()
    return gone


def owned_by(table: Table, person_id: str) -> ColumnElement[bool] | None:
    """Which rows of `table` are the person's; None where it holds nobody's."""
    if table is PEOPLE:
        return PEOPLE.c.id == person_id
    conditions: list[ColumnElement[bool]] = []
    for column, target in _keys(table):
        if target.table is PEOPLE:
            conditions += [column == person_id] if column.name in OWNER else []
        elif (above := owned_by(target.table, person_id)) is not None:
            conditions.append(column.in_(select(target).where(above)))
    return or_(*conditions) if conditions else None


def sweep(store: Store) -> bool:
    """Empty the log of a SQLite file, which still has the pages as they were; False if somebody reads for so long that
    it must wait for the next time. (What was deleted in the file is overwritten, PostgreSQL vacuums by itself.)

    Whoever writes waits while this waits: each try is short.
    """
    if store.url.get_backend_name() != "sqlite":
        return True
    with store.engine.connect() as connection:
        connection.detach()  # what is set here ends with the connection
        connection.exec_driver_sql("PRAGMA busy_timeout = 100")
        for _ in range(_TRIES):
            busy, _log, _written = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            if not busy:
                return True
            time.sleep(0.1)
    return False


_TRIES = 20
_UNSEEN = {"synchronize_session": False}


def _doers(table: Table) -> list[Any]:
    return [column for column, target in _keys(table) if target.table is PEOPLE and column.name not in OWNER]


@cache
def _keys(table: Table) -> tuple[tuple[Any, Any], ...]:
    """Every column of a table that points at another, with the column it points at."""
    return tuple((column, key.column) for column in table.columns for key in column.foreign_keys)
