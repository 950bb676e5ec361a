"""What backups and restores leave behind: unfinished work of killed ones, and former databases, which are kept.

Both hold everybody whom the database held then, also those who were erased since.
"""

import logging
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from core.config import settings
from core.storage import waiting_exports
from core.storage.backups import postgresql_files, sqlite_files
from core.storage.backups.work import EXPORTING, RESTORING, UNFINISHED, remove_abandoned
from core.storage.database import Store

_log = logging.getLogger(__name__)


def remove_leftovers(store: Store) -> int:
    """Remove what killed backups, restores and exports left; returns how many of them. Those at work are left alone."""
    removed = remove_abandoned(settings().local / "backups", UNFINISHED)
    for folder in waiting_exports.folders():
        removed += remove_abandoned(folder, EXPORTING)
    if store.url.get_backend_name() == "sqlite":
        removed += sqlite_files.remove_leftovers(store)
    else:
        removed += remove_abandoned(Path(tempfile.gettempdir()), f"lexithymia{RESTORING}")
        with suppress(SQLAlchemyError):  # a role that may see its own database only has restored nothing
            removed += postgresql_files.remove_leftovers(store)
    if removed:
        _log.warning("%d unfinished backups, restores and exports that were interrupted have been removed", removed)
    return removed


def former_databases(store: Store) -> list[str]:
    """The files or databases that restores put aside, oldest first."""
    if store.url.get_backend_name() == "sqlite":
        return sorted(str(path) for path in sqlite_files.former(store))
    with suppress(SQLAlchemyError):
        return sorted(postgresql_files.former(store))
    return []


def remove_former(store: Store) -> list[str]:
    """Delete them; returns which."""
    found = former_databases(store)
    remove: Callable[[Store, str], None] = (
        sqlite_files.remove_former if store.url.get_backend_name() == "sqlite" else postgresql_files.remove_former
    )
    for name in found:
        remove(store, name)
    return found


def log_former(store: Store) -> None:
    """Say in the log which there are."""
    if found := former_databases(store):
        _log.warning(
            "%d former databases that restores put aside still hold everybody who was erased since: %s. "
            "python -m core former --delete removes them",
            len(found),
            ", ".join(found),
        )
