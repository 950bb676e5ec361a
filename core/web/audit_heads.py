"""The head of the audit log, once a day into the server's log and a file of its own."""

import logging
from threading import Timer

from core.domain.people import NotSaved
from core.storage import audit_heads
from core.storage.database import Store

LOOK_EVERY = 3600.0
"""Seconds; what is written already today is not written again."""
_log = logging.getLogger(__name__)


def keep_daily(store: Store) -> None:
    """Now, and then in a thread that ends with the server."""
    try:
        if (head := audit_heads.keep(store)) is not None:
            _log.info("audit log: newest entry %d:%s", head.number, head.hash)
    except (NotSaved, OSError):
        _log.exception("the head of the audit log could not be kept")
    later = Timer(LOOK_EVERY, keep_daily, [store])
    later.daemon = True
    later.start()
