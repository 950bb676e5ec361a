"""Invented rows for every table there is, whatever its columns, with the values that databases differ in."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    insert,
)

from core.storage.database import Store
from core.storage.encryption import EncryptedText
from core.storage.tables import Base, Utc

ROWS = 6
LETTERS = "aZñÑéßıİ中 🙂'\"\\%_-0"
WIDE = 1 << 62


def fill(store: Store, seed: int = 1) -> dict[str, int]:
    """Put up to ROWS rows into every table; returns how many, by table."""
    rng = random.Random(seed)
    made: dict[str, list[dict[str, Any]]] = {}
    with store.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            made[table.name] = list(_rows(rng, table, made))
            connection.execute(insert(table), made[table.name])
    return {name: len(rows) for name, rows in made.items()}


def _rows(rng: random.Random, table: Table, made: dict[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    keys = [key for key in table.constraints if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)]
    unique = [[c.name for c in key.columns] for key in [*keys, *(i for i in table.indexes if i.unique)]]
    taken: set[tuple[int, tuple[Any, ...]]] = set()
    for _ in range(ROWS * 20):
        row = {column.name: _value(rng, column, made) for column in table.columns}
        new = {(place, tuple(map(str, map(row.get, names)))) for place, names in enumerate(unique)}
        if len(taken) < ROWS * len(unique) and not new & taken:
            taken |= new
            yield row


def _value(rng: random.Random, column: Column[Any], made: dict[str, list[dict[str, Any]]]) -> Any:
    if column.nullable and rng.random() < 0.3:
        return None
    for key in column.foreign_keys:
        rows = made.get(key.column.table.name)
        return rng.choice(rows)[key.column.name] if rows else None
    return _invented(rng, column)


def _invented(rng: random.Random, column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return rng.random() < 0.5
    if isinstance(kind, BigInteger):
        return rng.randrange(WIDE)
    if isinstance(kind, Integer):
        return rng.randrange(1, 1 << 31)
    if isinstance(kind, Float):
        return rng.choice([0.1 + 0.2, 1e-300, -1234.5678, 3.0])
    if isinstance(kind, Utc):
        return datetime(2026, 3, 29, 0, 59, tzinfo=UTC) + timedelta(microseconds=rng.randrange(10**12))
    if isinstance(kind, Date):
        return date(2026, 1, 1) + timedelta(days=rng.randrange(700))
    if isinstance(kind, LargeBinary):
        return bytes([0, 255]) + rng.randbytes(50)
    if isinstance(kind, JSON):
        return {"ñ": [1, 1.5, None, True, "\x00"], "deep": {"b": 0.1, "a": rng.random()}}
    if isinstance(kind, EncryptedText):
        return "".join(rng.choices(LETTERS, k=40))
    if isinstance(kind, String):
        return "".join(rng.choices(LETTERS, k=min(kind.length or 40, 40)))
    raise TypeError(f"{column}: invent a {kind!r} here")
