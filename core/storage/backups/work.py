"""Folders for unfinished work, which a later process removes if the one that made them was killed."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from core.storage.locks import file_lock, is_locked

UNFINISHED, RESTORING, EXPORTING = ".unfinished-", ".restoring-", ".export-"
"""How the names of such folders begin."""
_LOCK = ".lock"
_PATIENCE = 5.0
_OLD = 3600.0
"""Seconds after which a folder without a lock is nobody's: releases before had none."""


@contextmanager
def work_folder(parent: Path | None, prefix: str) -> Iterator[Path]:
    """A folder in `parent` (None: where the system has temporary files) that is gone afterwards.

    It is there only while its lock is held, a file of the same name beside it.
    """
    folder = (parent or Path(tempfile.gettempdir())) / f"{prefix}{uuid4().hex}"
    lock = folder.with_name(folder.name + _LOCK)
    try:
        with file_lock(lock, _PATIENCE):
            folder.mkdir(mode=0o700)
            try:
                yield folder
            finally:
                shutil.rmtree(folder)
    finally:
        lock.unlink(missing_ok=True)


def remove_abandoned(parent: Path, prefix: str) -> int:
    """Remove the folders at which no process works any more; returns how many."""
    removed = 0
    for lock in parent.glob(f"{prefix}*{_LOCK}"):
        if not is_locked(lock):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
            removed += 1
    for folder in parent.glob(f"{prefix}*"):
        locked = folder.with_name(folder.name + _LOCK).exists()
        if folder.is_dir() and not locked and abs(time.time() - folder.stat().st_mtime) > _OLD:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
