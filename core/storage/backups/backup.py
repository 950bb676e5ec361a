"""Backups: one zip with the database as it was at one moment and a manifest that says what is in it.

A backup has its final name only when it is whole and checked. A database is replaced only by one that was unpacked
and checked beside it, and stays under another name.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core.config import VERSION
from core.storage.backups import postgresql_files, sqlite_files
from core.storage.database import Store, in_words
from core.storage.migrate import known, newest, version
from core.storage.tables import now

DATABASE, MANIFEST = "database", "manifest.json"


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


@in_words()
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
    with TemporaryDirectory(dir=folder, prefix=".unfinished-") as work:
        data, whole = Path(work) / DATABASE, Path(work) / final.name
        counts, tool = (sqlite_files if kind == "sqlite" else postgresql_files).save(store, data)
        manifest = Manifest(
            kind, VERSION, migration, f"{at:%Y-%m-%dT%H:%M:%SZ}", counts, _sha256(data), data.stat().st_size, tool
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


@in_words()
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
        if not force and (at := files.migration(store)) is not None and at > manifest.migration:
            raise ValueError(
                f"{store} is at migration {at}, the backup at {manifest.migration}: newer software has used this "
                "database. Use --force to put the backup in its place all the same."
            )
        with files.beside(store) as work:
            data = work / DATABASE
            with archive.open(DATABASE) as packed, data.open("xb") as file:
                shutil.copyfileobj(packed, file, 1 << 20)
                os.fsync(file.fileno())
            if _sha256(data) != manifest.sha256:
                raise ValueError(f"{path} is damaged: what is inside does not have the SHA-256 of its manifest.")
            return manifest, files.put(
                store, data, dict(manifest.counts), f"{now():%Y%m%dT%H%M%SZ}", manifest.tool, force
            )


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise ValueError(f"{path} is no whole backup: {error}. Expected a file that `backup` wrote.") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        return Manifest(**json.loads(archive.read(MANIFEST)))
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} has no manifest that can be read. Expected a file that `backup` wrote.") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
