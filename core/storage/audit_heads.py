"""Heads of the audit log that are kept outside the database: against them a log shows that was cut or written anew.

A file in the folder of the installation gets one a day, every backup's manifest has one, and the server's log too. A
line of the file is TIME KIND NUMBER:HASH DATABASE; lines are only added. Restoring a backup takes entries away rightly:
the file says when, and what was kept before that is compared only as far as the backup went.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.config import settings
from core.domain.days import day_of
from core.storage.backups.backup import read_manifest
from core.storage.database import Store
from core.storage.queries.audit_queries import ChainHead, head, newest_head
from core.storage.tables import AuditRow, now

DAILY, RESTORED = "daily", "restored"
UNREADABLE = ChainHead(0, "")
"""Stands for a line that is none: whoever wrote it had no server's help."""


@dataclass(frozen=True)
class KeptHead:
    """A head, when it was the newest, and where that is written."""

    source: str
    at: datetime
    head: ChainHead


def path() -> Path:
    return settings().local / "audit-heads"


def keep(store: Store, kind: str = DAILY) -> ChainHead | None:
    """Write down the newest entry, a daily one only once a day; returns it if it was written."""
    with store.begin() as db:
        newest = newest_head(db)
    today = day_of(now(), UTC)
    last = next((kept for said, kept in reversed(list(_lines(store))) if said == DAILY), None)
    if newest is None or (kind == DAILY and last is not None and day_of(last.at, UTC) == today):
        return None
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{now():%Y-%m-%dT%H:%M:%SZ} {kind} {newest} {store}\n")
        file.flush()
        os.fsync(file.fileno())
    return newest


def kept_heads(store: Store) -> list[KeptHead]:
    """Every head of this database that is found: in the file, and in the backups of this installation."""
    lines = list(_lines(store))
    restored = [(place, kept) for place, (kind, kept) in enumerate(lines) if kind == RESTORED]

    def stands(kept: KeptHead, place: int | None = None) -> bool:
        """Whether no older backup was restored after it, by the order of the lines: clocks can be wrong."""
        after = [by for later, by in restored if (kept.at < by.at if place is None else place < later)]
        return all(kept.head.number <= by.head.number for by in after)

    of_lines = [kept for place, (_, kept) in enumerate(lines) if stands(kept, place)]
    return of_lines + [kept for kept in _of_backups(store) if stands(kept)]


def disagreements(db: Session, kept: list[KeptHead]) -> list[tuple[KeptHead, str]]:
    """Those that a log which holds in itself contradicts, and why."""
    found = []
    for one in kept:
        stands = db.scalar(select(AuditRow.hash).where(AuditRow.number == one.head.number))
        if one.head == UNREADABLE:
            found.append((one, "cannot be told: the line is damaged"))
        elif stands is None:
            found.append((one, f"is missing: the log ends at number {head(db).number}"))
        elif stands != one.head.hash:
            found.append((one, "is not the one that was there: the log was written anew"))
    return found


def parse_head(text: str) -> ChainHead:
    """NUMBER:HASH; raises ValueError for anything else."""
    number, _, hash_ = text.partition(":")
    if not number.isdecimal() or len(hash_) != 64:
        raise ValueError(f"{text!r} is no NUMBER:HASH")
    return ChainHead(int(number), hash_)


def _lines(store: Store) -> Iterator[tuple[str, KeptHead]]:
    if not path().exists():
        return
    for number, line in enumerate(path().read_text(encoding="utf-8").splitlines(), 1):
        at, kind, said, database = [*line.split(maxsplit=3), "", "", "", ""][:4]
        if database == str(store):
            try:
                yield kind, KeptHead(f"{path()}, line {number}", _time(at), parse_head(said))
            except ValueError:
                yield kind, KeptHead(f"{path()}, line {number}", now(), UNREADABLE)


def _of_backups(store: Store) -> Iterator[KeptHead]:
    for backup in sorted((settings().local / "backups").glob("*.zip")):
        try:
            manifest = read_manifest(backup)
        except (ValueError, OSError):  # whoever restores it is told
            continue
        if manifest.audit and manifest.database == str(store):
            try:
                yield KeptHead(str(backup), _time(manifest.made_at), parse_head(manifest.audit))
            except ValueError:
                yield KeptHead(str(backup), now(), UNREADABLE)


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
