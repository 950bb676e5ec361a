"""Counters that are added to in place, so that reading them costs the same whatever lies behind them."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from core.storage.tables import Base


def count_one(db: Session, row: type[Base], counter: str, **key: Any) -> None:
    """Add one to column `counter` of the row with primary key `key`, making the row if there is none."""
    table = row.__table__
    assert isinstance(table, Table)
    values, keys, more = {**key, counter: 1}, list(key), {counter: table.c[counter] + 1}
    if db.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        db.execute(postgresql.insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=more))
    else:
        from sqlalchemy.dialects import sqlite

        db.execute(sqlite.insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=more))
