"""What a server does by itself every hour, in threads that end with it.

The head of the audit log goes once a day into the server's log and a file of its own. Parts of courses whose window is
over are closed, whether anybody plays or not, and zips of faces that nobody stored are deleted.
"""

import logging
from threading import Timer

from core.domain.people import NotSaved
from core.services.exercise.summary import close_overdue_parts
from core.storage import audit_heads, waiting_faces
from core.storage.database import Store

LOOK_EVERY = 3600.0
"""Seconds; a head that is written already today is not written again."""
_log = logging.getLogger(__name__)


def keep_daily(store: Store) -> None:
    """Now, and then every hour."""
    try:
        if (head := audit_heads.keep(store)) is not None:
            _log.info("audit log: newest entry %d:%s", head.number, head.hash)
    except (NotSaved, OSError):
        _log.exception("the head of the audit log could not be kept")
    later = Timer(LOOK_EVERY, keep_daily, [store])
    later.daemon = True
    later.start()


def close_hourly(store: Store) -> None:
    """In an hour, and then every hour."""
    later = Timer(LOOK_EVERY, _close, [store])
    later.daemon = True
    later.start()


def _close(store: Store) -> None:
    waiting_faces.delete_expired()
    try:
        if closed := close_overdue_parts(store):
            _log.info("parts of courses closed because their window is over: %d", closed)
    except NotSaved:
        _log.exception("overdue parts of courses could not be closed")
    close_hourly(store)
