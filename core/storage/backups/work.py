"""Folders for unfinished work, which a later process removes if the one that made them was killed."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.storage.locks import file_lock, is_locked

UNFINISHED, RESTORING = ".unfinished-", ".restoring-"
"""How the names of such folders begin."""
_LOCK = "in-use"
_OLD = 3600.0
"""Seconds after which a folder without a lock is nobody's: an older release's, or killed in its first moment."""


@contextmanager
def work_folder(parent: Path | None, prefix: str) -> Iterator[Path]:
    """A folder in `parent` (None: where the system has temporary files) that is gone afterwards."""
    with TemporaryDirectory(dir=parent, prefix=prefix) as work, file_lock(Path(work) / _LOCK):
        yield Path(work)


def remove_abandoned(parent: Path, prefix: str) -> int:
    """Remove the folders at which no process works any more; returns how many."""
    found = [folder for folder in parent.glob(f"{prefix}*") if folder.is_dir() and _is_abandoned(folder)]
    for folder in found:
        shutil.rmtree(folder, ignore_errors=True)
    return len(found)


def _is_abandoned(folder: Path) -> bool:
    if (folder / _LOCK).exists():
        return not is_locked(folder / _LOCK)
    return time.time() - folder.stat().st_mtime > _OLD
