"""The audit log: entries in a chain of hashes, each over its own words and the hash of the one before it.

The database refuses to change or delete an entry (triggers). Who gets round that breaks the chain, unless they write
all that follows anew: against them one keeps the newest number and hash somewhere else, and compares.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from core.storage.locks import write_lock
from core.storage.tables import AuditRow, now

_BATCH = 1000
BEGINNING = "0" * 64
"""What stands in for the hash of an entry before the first."""


@dataclass(frozen=True)
class ChainHead:
    """The newest entry: its number, 0 where there is none, and its hash."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class NewAuditEntry(TypedDict):
    """What is written down: columns of AuditRow."""

    actor: str | None
    act: str
    about: str | None
    facts: dict[str, object]
    """JSON."""


class BrokenChain(Exception):
    """The chain does not hold at entry `number`; says why."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"Entry {number} of the audit log {why}.")
        self.number = number


def append(db: Session, entries: Sequence[NewAuditEntry]) -> None:
    """Add entries with the time of now; others who add wait until this transaction ends."""
    write_lock(db, "audit")
    last = head(db)
    number, before = last.number, last.hash
    for entry in entries:
        number, at = number + 1, now()
        before = _hash(before, number, at, **entry)
        db.add(AuditRow(number=number, at=at, hash=before, **entry))
    db.flush()


def newest_head(db: Session) -> ChainHead | None:
    """The newest entry; None where the database has no log yet, or nothing in it."""
    newest = head(db) if inspect(db.connection()).has_table(AuditRow.__tablename__) else None
    return newest if newest is not None and newest.number else None


def head(db: Session) -> ChainHead:
    """The newest entry."""
    row = db.execute(select(AuditRow.number, AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)).first()
    return ChainHead(0, BEGINNING) if row is None else ChainHead(row.number, row.hash)


def verify(db: Session, kept: ChainHead | None = None) -> ChainHead:
    """Read the whole log and return its newest entry.

    Raises Broken at the first entry that is missing, changed or put in, or if the entry `kept`, which was the newest
    at some time, is not in it any more.
    """
    number, before = 0, BEGINNING
    for row in _all(db):
        number += 1
        if row.number != number:
            raise BrokenChain(number, f"is missing: number {row.number} comes after {number - 1}")
        before = _hash(before, number, row.at, row.actor, row.act, row.about, row.facts)
        if row.hash != before:
            raise BrokenChain(number, "is not as it was written, or the one before it is not")
        if kept is not None and kept.number == number and kept.hash != before:
            raise BrokenChain(number, "is not the one that was there: the log was written anew")
    if kept is not None and kept.number > number:
        raise BrokenChain(kept.number, f"is missing: the log ends at number {number}")
    return ChainHead(number, before)


def latest(db: Session, number: int, about: Sequence[str] = ()) -> list[AuditRow]:
    """The last `number` entries, the newest first; of those `about` the people with these pseudonyms, if any are
    named."""
    query = select(AuditRow).order_by(AuditRow.number.desc()).limit(number)
    if about:
        query = query.where(AuditRow.about.in_(about))
    return list(db.scalars(query))


def last_noted(db: Session, actor: str, act: str, about: str | None) -> datetime | None:
    """When this was last written down, if ever."""
    same = (AuditRow.actor == actor, AuditRow.act == act, AuditRow.about == about)
    return db.scalar(select(AuditRow.at).where(*same).order_by(AuditRow.number.desc()).limit(1))


def _all(db: Session) -> Iterator[AuditRow]:
    return iter(db.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=_BATCH)))


def _hash(
    before: str, number: int, at: datetime, actor: str | None, act: str, about: str | None, facts: dict[str, object]
) -> str:
    words = [before, number, at.isoformat(timespec="microseconds"), actor, act, about, facts]
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
