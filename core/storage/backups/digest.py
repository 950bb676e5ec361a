"""Digest of a table: one hash for all rows, the same in SQLite and PostgreSQL, in whatever order the rows come.

A row is written as JSON of its values in the order of the columns (times in UTC, bytes in hex, keys of objects sorted)
and hashed by SHA-256; a table's hash is the sum of its rows' hashes modulo 2^256.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Table, select

from core.storage.tables import Base

BATCH = 500


@dataclass
class Digest:
    """How many rows were added, and the hash of them all."""

    rows: int = 0
    total: int = 0

    def add(self, row: Iterable[object]) -> None:
        text = json.dumps(list(row), default=_plain, sort_keys=True, separators=(",", ":"))
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(text.encode()).digest())) % (1 << 256)

    @property
    def hash(self) -> str:
        return f"{self.total:064x}"


def digest(connection: Connection, table: Table) -> Digest:
    """The digest of every row of `table`, read in batches."""
    total = Digest()
    for row in connection.execute(select(table), execution_options={"yield_per": BATCH}):
        total.add(row)
    return total


def digests(connection: Connection) -> dict[str, Digest]:
    """The digest of every table there is, by its name."""
    return {table.name: digest(connection, table) for table in Base.metadata.sorted_tables}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{value!r} is a {type(value).__name__}: no way is known to write it the same for every database")
