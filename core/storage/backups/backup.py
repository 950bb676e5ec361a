"""Backups: one zip with the database as it was at one moment and a manifest that says what is in it.

A backup has its final name only when it is whole and checked. A database is replaced only by one that was unpacked
and checked beside it, and stays under another name.
"""

import errno
import hashlib
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from core.config import VERSION
from core.storage.backups import postgresql_files, sqlite_files
from core.storage.backups.leftovers import remove_leftovers
from core.storage.backups.work import UNFINISHED, remove_abandoned, work_folder
from core.storage.damage import of_file
from core.storage.database import Store, in_words
from core.storage.migrate import known, newest, version
from core.storage.queries.audit_queries import newest_head
from core.storage.tables import now

DATABASE, MANIFEST = "database", "manifest.json"
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ArithmeticError, RuntimeError)
"""What a damaged or foreign zip raises, wherever its bytes are wrong."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    kind: str
    """SQLAlchemy's name of the database."""
    software: str
    migration: str
    made_at: str
    counts: Mapping[str, int]
    """Rows by table."""
    sha256: str
    """Of the database inside."""
    bytes: int
    """Of the database inside."""
    tool: int
    """Version of the pg_dump that wrote it, 0 for SQLite."""
    audit: str = ""
    """NUMBER:HASH of the audit log's newest entry; empty where there was none."""
    database: str = ""
    """Which one it is of, without a password."""


@in_words
def back_up(store: Store, folder: Path) -> tuple[Path, Manifest]:
    """Write a backup into `folder`, while servers go on; returns its path and what is in it.

    Raises ValueError or OSError with what went wrong; then there is no file, and none before is touched.
    """
    at, kind = now(), store.url.get_backend_name()
    if (migration := version(store)) is None:
        raise ValueError(f"{store} has no tables yet: there is nothing to keep.")
    final = folder / f"lexithymia-{at:%Y%m%dT%H%M%SZ}.zip"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if final.exists():
        raise ValueError(f"{final} exists already. Try again in a second.")
    remove_abandoned(folder, UNFINISHED)
    with store.begin() as db:
        audit = newest_head(db)
    with work_folder(folder, UNFINISHED) as work:
        data, whole = work / DATABASE, work / final.name
        counts, tool = (sqlite_files if kind == "sqlite" else postgresql_files).save(store, data)
        manifest = Manifest(
            kind=kind,
            software=VERSION,
            migration=migration,
            made_at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
            counts=counts,
            sha256=_sha256(data),
            bytes=data.stat().st_size,
            tool=tool,
            audit=str(audit or ""),
            database=str(store),
        )
        compression = zipfile.ZIP_DEFLATED if kind == "sqlite" else zipfile.ZIP_STORED  # pg_dump has compressed it
        with whole.open("xb") as file:
            whole.chmod(0o600)
            with zipfile.ZipFile(file, "w", compression) as archive:
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
                archive.write(data, DATABASE)
            file.flush()
            os.fsync(file.fileno())
        whole.replace(final)
    return final, manifest


@in_words
def restore(store: Store, path: Path, *, force: bool = False) -> tuple[Manifest, str | None]:
    """Put the backup at `path` in the place of the store's database; returns what is in it, and where the former one
    is kept (None: there was none).

    Raises ValueError or OSError with nothing changed. Without `force` a database that is in use, or that newer
    software has migrated further than the backup, is not replaced.
    """
    kind = store.url.get_backend_name()
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        if manifest.kind != kind:
            raise ValueError(
                f"{path} is of {manifest.kind}, and DATABASE_URL names {kind}. Restore it to {manifest.kind}, then use "
                "copy-database."
            )
        if manifest.migration not in known():
            raise ValueError(
                f"{path} is at migration {manifest.migration}, written by version {manifest.software}; this software "
                f"knows them up to {newest()}. Use that version or a newer one."
            )
        files = sqlite_files if kind == "sqlite" else postgresql_files
        remove_leftovers(store)
        if not force and (at := files.migration(store)) is not None and at > manifest.migration:
            raise ValueError(
                f"{store} is at migration {at}, the backup at {manifest.migration}: newer software has used this "
                "database. Use --force to put the backup in its place all the same."
            )
        with files.beside(store) as work:
            data = work / DATABASE
            why = _unpack(archive, data)
            if why or _sha256(data) != manifest.sha256:
                why = why or "what is inside does not have the SHA-256 of its manifest"
                saved = of_file(data) if kind == "sqlite" else ""
                raise ValueError(
                    f"{path} is damaged: {why}. {saved}Use another backup; if there is none, keep this one for "
                    "whoever can recover single tables."
                )
            return manifest, files.put(
                store, data, dict(manifest.counts), f"{now():%Y%m%dT%H%M%SZ}", manifest.tool, force
            )


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself; raises ValueError or OSError where that cannot be read."""
    with _opened(path) as archive:
        return _manifest(path, archive)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with path.open("rb") as file:
        try:
            with _wrong_bytes():
                archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise ValueError(f"{path} is no whole backup: {error}. Expected a file that `backup` wrote.") from error
        with archive:
            yield archive


@contextmanager
def _wrong_bytes() -> Iterator[None]:
    """Whatever wrong bytes make zipfile raise becomes BadZipFile."""
    try:
        yield
    except _DAMAGE as error:
        raise zipfile.BadZipFile(f"{error or type(error).__name__}".rstrip(".")) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile("it points at places outside of itself") from error


def _unpack(archive: zipfile.ZipFile, data: Path) -> str:
    """Write the database to `data`, as far as it can be read; returns what is wrong with it, empty if nothing."""
    with data.open("xb") as file:
        try:
            with _wrong_bytes(), archive.open(DATABASE) as packed:
                shutil.copyfileobj(packed, file, 1 << 20)
        except zipfile.BadZipFile as error:
            return str(error)
        os.fsync(file.fileno())
    return ""


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        with _wrong_bytes():
            read = archive.read(MANIFEST)
        return Manifest(**json.loads(read))
    except (TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} has no manifest that can be read. Expected a file that `backup` wrote.") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
