"""Upserts: rows made or changed in one statement, so that whoever does the same at the same moment loses nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.storage.tables import Base


def count_each(db: Session, row: type[Base], counter: str, keys: Iterable[Mapping[str, object]]) -> None:
    """Add one to column `counter` of the row with each of the primary `keys`, as often as it is named, making the row
    if there is none."""
    times = Counter(tuple(key.items()) for key in keys)
    if times:
        new = [{**dict(key), counter: number} for key, number in times.items()]
        _upsert(db, row, [name for name, _ in next(iter(times))], new, adds=counter)


def put(db: Session, row: type[Base], key: Mapping[str, object], **values: object) -> None:
    """Give the row with primary key `key` these values, making the row if there is none."""
    _upsert(db, row, list(key), [{**key, **values}], changes=list(values))


def make(db: Session, row: type[Base], key: Mapping[str, object], **values: object) -> None:
    """Make the row with primary key `key`, unless it is there: then it stays as it is."""
    _upsert(db, row, list(key), [{**key, **values}])


def _upsert(
    db: Session,
    row: type[Base],
    key: Sequence[str],
    new: Sequence[Mapping[str, object]],
    changes: Sequence[str] = (),
    adds: str = "",
) -> None:
    """Insert `new`; where a `key` is taken, that row takes the columns `changes` from it and adds the column `adds` to
    its own, or stays as it is where there are none."""
    table = row.__table__
    assert isinstance(table, Table)
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    made = dialect.insert(table)
    change = {name: made.excluded[name] for name in changes}
    if adds:
        change[adds] = table.c[adds] + made.excluded[adds]
    taken = made.on_conflict_do_update(index_elements=key, set_=change) if change else None
    db.execute(made.on_conflict_do_nothing() if taken is None else taken, list(new))
