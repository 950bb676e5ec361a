"""Finished exports that wait for who asked for them: one folder for each researcher, readable by the server only, and
gone after a day, or as soon as anybody is erased."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.config import settings
from core.domain.clocks import recent
from core.storage.tables import now

KEPT = timedelta(hours=24)
"""How long an export waits."""


def folder_of(person_id: str) -> Path:
    """Where the exports of one researcher wait; made if it is not there."""
    folder = _root() / person_id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def sidecar(export: Path) -> Path:
    """The file beside an export: its hash, its counts and who is in it."""
    return export.with_suffix(".json")


def made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def delete_expired() -> None:
    """Delete what is older than a day, of everybody."""
    for path in _root().glob("*/*"):
        if not recent(made_at(path), now(), KEPT):
            _delete(path)


def delete_all() -> None:
    """Delete every export that waits on this server: somebody in it may have been erased."""
    for path in _root().glob("*/*"):
        _delete(path)


def delete_export(export: Path) -> None:
    """Delete one export and what lies beside it."""
    _delete(export)
    _delete(sidecar(export))


def folders() -> list[Path]:
    """Those of all researchers."""
    return [path for path in _root().glob("*") if path.is_dir()]


def _root() -> Path:
    return settings().local / "exports"


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
