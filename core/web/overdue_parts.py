"""Parts of courses whose window is over are closed every hour, whether anybody plays or not."""

import logging
from threading import Timer

from core.domain.people import NotSaved
from core.services.exercise.summary import close_overdue_parts
from core.storage.database import Store

LOOK_EVERY = 3600.0
"""Seconds; the first time that long after the start."""
_log = logging.getLogger(__name__)


def close_hourly(store: Store) -> None:
    """In a thread that ends with the server."""
    later = Timer(LOOK_EVERY, _close, [store])
    later.daemon = True
    later.start()


def _close(store: Store) -> None:
    try:
        if closed := close_overdue_parts(store):
            _log.info("parts of courses closed because their window is over: %d", closed)
    except NotSaved:
        _log.exception("overdue parts of courses could not be closed")
    close_hourly(store)
