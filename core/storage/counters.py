"""Counters that are added to in place, so that reading them costs the same whatever lies behind them."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.storage.tables import Base


def count_one(db: Session, row: type[Base], counter: str, **key: Any) -> None:
    """Add one to column `counter` of the row with primary key `key`, making the row if there is none."""
    table = row.__table__
    assert isinstance(table, Table)
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**key, **{counter: 1})
    db.execute(statement.on_conflict_do_update(index_elements=list(key), set_={counter: table.c[counter] + 1}))
