"""What a server does with its database and its folder before it serves, one server at a time."""

import logging

from core.services.exercise.summary import refresh_missing_summaries
from core.services.faces.stimulus_sets import unpack_builtin
from core.services.privacy.erasure import erase_again
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.locks import start_lock
from core.storage.migrate import upgrade

_log = logging.getLogger(__name__)


def prepare(store: Store) -> bool:
    """Bring the database up to date; True if the built-in faces were unpacked.

    Servers that start at the same moment wait for each other, also on an empty database.
    """
    with start_lock(store):
        upgrade(store)
        if again := erase_again(store):
            _log.warning("%d people were erased again, who came back with a backup", again)
        fresh = unpack_builtin(store)
        waiting_exports.delete_expired()
        refresh_missing_summaries(store)
    return fresh
