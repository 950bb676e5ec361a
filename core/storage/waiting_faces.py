"""Zips of faces that administrators uploaded and did not store yet: one each, readable by the server only, and gone
with their decision, with the next upload, or after an hour."""

import re
import secrets
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.config import settings
from core.domain.clocks import recent
from core.storage.tables import now

KEPT = timedelta(hours=1)
"""How long an upload waits after it was last looked at."""
RESERVE = 500_000_000
"""Bytes of the disk that are left for everything else."""
_NAME = re.compile(r"[0-9a-f]{16}")


def begin(person_id: str) -> Path:
    """A new folder for an upload of this person, whose former one goes."""
    delete_of(person_id)
    path = _root() / person_id / secrets.token_hex(8)
    path.mkdir(parents=True, mode=0o700)
    return path


def find(person_id: str, name: str) -> Path | None:
    """The folder of this person's upload, if it is there still; it waits an hour from now on."""
    delete_expired()
    path = _root() / person_id / name
    if not _NAME.fullmatch(name) or not path.is_dir():
        return None
    path.touch()
    return path


def has_room(size: int) -> bool:
    """Whether the disk takes a zip of so many bytes and what it unpacks to."""
    _root().mkdir(parents=True, exist_ok=True, mode=0o700)
    return shutil.disk_usage(_root()).free > 3 * size + RESERVE


def delete(folder: Path) -> None:
    """One upload."""
    shutil.rmtree(folder, ignore_errors=True)


def delete_of(person_id: str) -> None:
    shutil.rmtree(_root() / person_id, ignore_errors=True)


def delete_expired() -> None:
    """Delete what nobody has looked at for an hour, of everybody."""
    for path in _root().glob("*/*"):
        with suppress(FileNotFoundError):  # decided on at this very moment
            if not recent(datetime.fromtimestamp(path.stat().st_mtime, UTC), now(), KEPT):
                shutil.rmtree(path, ignore_errors=True)


def _root() -> Path:
    return settings().local / "faces"
