"""What a server does with its database and its folder before it serves, one server at a time."""

import logging

from core.config import settings
from core.services.exercise.summary import refresh_missing_summaries
from core.services.faces.stimulus_sets import unpack_builtin
from core.services.privacy.erasure import erase_again
from core.storage import waiting_exports, waiting_faces
from core.storage.backups.leftovers import log_former, remove_leftovers
from core.storage.database import Store
from core.storage.encryption import remove_parts
from core.storage.file_modes import mend_modes
from core.storage.locks import start_lock
from core.storage.migrate import upgrade
from core.storage.queries.erasure_queries import sweep
from core.storage.stored_secrets import encrypt_plain, require_readable

_log = logging.getLogger(__name__)


def prepare(store: Store) -> bool:
    """Bring the database up to date; True if the built-in faces were unpacked.

    Servers that start at the same moment wait for each other, also on an empty database. Raises ValueError with what is
    the matter and what to do.
    """
    with start_lock(store):
        remove_leftovers(store)
        log_former(store)
        remove_parts()
        mend_modes(settings().local, store)
        upgrade(store)
        _encrypt_secrets(store)
        if again := erase_again(store):
            _log.warning("%d people were erased again, who came back with a backup", again)
        fresh = unpack_builtin(store)
        waiting_exports.delete_expired()
        waiting_faces.delete_expired()
        refresh_missing_summaries(store)
    return fresh


def _encrypt_secrets(store: Store) -> None:
    """Raises ValueError where the key file lacks the key of what is encrypted already."""
    require_readable(store)
    with store.begin() as db:
        encrypted = encrypt_plain(db)
    if encrypted:
        sweep(store)
        _log.warning("%d secrets were encrypted; backups made before hold them in plain", encrypted)
