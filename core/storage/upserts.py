"""Upserts: rows made or changed in one statement, so that whoever does the same at the same moment loses nothing."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from core.storage.tables import Base


def count_one(db: Session, row: type[Base], counter: str, **key: Any) -> None:
    """Add one to column `counter` of the row with primary key `key`, making the row if there is none."""
    _upsert(db, row, key, {counter: 1}, {counter: row.__table__.c[counter] + 1})


def put(db: Session, row: type[Base], key: dict[str, Any], **values: Any) -> None:
    """Give the row with primary key `key` these values, making the row if there is none."""
    _upsert(db, row, key, values, values)


def make(db: Session, row: type[Base], key: dict[str, Any], **values: Any) -> None:
    """Make the row with primary key `key`, unless it is there: then it stays as it is."""
    _upsert(db, row, key, values, {})


def _upsert(db: Session, row: type[Base], key: dict[str, Any], new: dict[str, Any], change: dict[str, Any]) -> None:
    """Insert `key` and `new`; where the key is taken, `change` that row, or leave it if there is nothing to change."""
    table = row.__table__
    assert isinstance(table, Table)
    if db.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        made = postgresql.insert(table).values({**key, **new})
        db.execute(
            made.on_conflict_do_update(index_elements=list(key), set_=change)
            if change
            else made.on_conflict_do_nothing()
        )
    else:
        from sqlalchemy.dialects import sqlite

        kept = sqlite.insert(table).values({**key, **new})
        db.execute(
            kept.on_conflict_do_update(index_elements=list(key), set_=change)
            if change
            else kept.on_conflict_do_nothing()
        )
