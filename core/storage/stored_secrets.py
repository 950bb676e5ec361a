"""Secrets as they are stored: encrypt what is in plain, encrypt anew after a rotation, remove what nobody can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, delete, inspect, select, type_coerce, update
from sqlalchemy.orm import Session

from core.config import settings
from core.storage.database import Store
from core.storage.encryption import EncryptedText, MissingKey, decrypt, is_encrypted
from core.storage.locks import write_lock
from core.storage.tables import Base, RecoveryCodeRow, SecondFactorRow


@dataclass(frozen=True)
class StoredSecrets:
    """How many secrets there are, by how they are stored."""

    plain: int
    encrypted: int
    unreadable: int
    """Encrypted with a key that is gone."""


@dataclass(frozen=True)
class _Secret:
    """One secret: its column, which row it is in, what stands there, and what that means (None: the key is gone)."""

    column: Any
    row: ColumnElement[bool]
    stored: str
    meaning: str | None


def count(db: Session) -> StoredSecrets:
    """Also of a database of an older release, or without tables."""
    found = list(_secrets(db))
    plain = sum(not is_encrypted(secret.stored) for secret in found)
    unreadable = sum(secret.meaning is None for secret in found)
    return StoredSecrets(plain, len(found) - plain - unreadable, unreadable)


def missing_key(store: Store, unreadable: int) -> str:
    """What is the matter, and what to do."""
    return (
        f"{unreadable} secrets (second factors, keys of pseudonyms) in {store} are encrypted with a key that is not in "
        f"{settings().keys}. Put back the key file that was there when they were written; every server on this "
        "database needs the same one, and LEXITHYMIA_KEYS names another place for it. If it is lost for good: "
        "python -m core keys reset"
    )


def require_readable(store: Store) -> None:
    """Raises ValueError with what to do where the key of a secret is gone."""
    with store.begin() as db:
        unreadable = count(db).unreadable
    if unreadable:
        raise ValueError(missing_key(store, unreadable))


def encrypt_plain(db: Session) -> int:
    """Encrypt what an older release stored in plain; returns how many."""
    return _encrypt(db, [secret for secret in _secrets(db) if not is_encrypted(secret.stored)])


def encrypt_anew(db: Session) -> int:
    """Encrypt everything with the newest key; returns how many. Every key must be there."""
    write_lock(db, "secrets")
    found = list(_secrets(db))
    return _encrypt(db, found)


def remove_unreadable(db: Session) -> int:
    """Remove the secrets whose key is gone, and the recovery codes beside such a second factor; returns how many."""
    write_lock(db, "secrets")
    gone = [secret for secret in _secrets(db) if secret.meaning is None]
    for secret in gone:
        table = secret.column.table
        if table is SecondFactorRow.__table__:
            theirs = select(SecondFactorRow.person_id).where(secret.row)
            db.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person_id.in_(theirs)), execution_options=_UNSEEN)
        db.execute(delete(table).where(secret.row), execution_options=_UNSEEN)
    return len(gone)


_UNSEEN = {"synchronize_session": False}


def _secrets(db: Session) -> Iterator[_Secret]:
    present = inspect(db.connection()).get_table_names()
    for table in Base.metadata.sorted_tables:
        key = list(table.primary_key.columns)
        for column in table.columns:
            if isinstance(column.type, EncryptedText) and table.name in present:
                for stored, *values in db.execute(select(type_coerce(column, Text), *key)).all():
                    row = and_(*(part == value for part, value in zip(key, values, strict=True)))
                    yield _Secret(column, row, stored, _meaning(stored))


def _meaning(stored: str) -> str | None:
    try:
        return decrypt(stored) if is_encrypted(stored) else stored
    except MissingKey:
        return None


def _encrypt(db: Session, secrets: Iterable[_Secret]) -> int:
    done = 0
    for secret in secrets:
        new = update(secret.column.table).where(secret.row).values({secret.column.name: secret.meaning})
        db.execute(new, execution_options=_UNSEEN)
        done += 1
    return done
