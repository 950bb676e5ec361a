"""File modes: what an installation keeps is readable by its owner only, also what an older release wrote."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from core.storage.database import Store

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_log = logging.getLogger(__name__)


def mend_modes(local: Path, store: Store) -> int:
    """Take everything below `local`, and a SQLite database with its side files and former ones, from group and others;
    returns how many files and folders were open to them, and logs it."""
    mended, refused = 0, 0
    for path in [*_below(local), *_of_database(store)]:
        try:
            mode = path.lstat().st_mode
            if mode & _OTHERS and not stat.S_ISLNK(mode):
                path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
                mended += 1
        except FileNotFoundError:  # a side file that its owner has just removed
            continue
        except PermissionError:
            refused += 1
    if mended:
        _log.warning("%d files and folders of %s were open to others on this machine: mended", mended, local)
    if refused:
        _log.error("%d files and folders of %s are open to others, and another user owns them", refused, local)
    return mended


def _below(local: Path) -> Iterator[Path]:
    if local.is_dir():
        yield local
        for folder, folders, files in os.walk(local):
            yield from (Path(folder, name) for name in [*folders, *files])


def _of_database(store: Store) -> Iterator[Path]:
    if store.engine.dialect.name == "sqlite" and store.url.database not in {None, "", ":memory:"}:
        path = Path(store.url.database or "")
        yield from path.parent.glob(f"{path.name}*")
        yield from path.parent.glob(f"{path.stem}-before-*")
