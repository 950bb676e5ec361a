"""Check, rotate or give up the keys with which second factors and pseudonyms are encrypted in the database.

    python -m core keys check
    python -m core keys rotate [--drop-old]
    python -m core keys reset [--yes]

rotate makes a new key and encrypts everything with it, while servers run; the former keys stay in the file, for backups
made before. --drop-old removes them, with the servers stopped: such backups then lack their second factors and
pseudonyms. reset is for a key file that is lost for good: it removes what nobody can read any more.
"""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.storage.database import Store

LOST = (
    "Removed: {secrets} secrets that nobody could read. Second factors among them must be set up anew in My account; "
    "until then those people sign in with their password alone. Pseudonyms are new from now on: later exports do not "
    "join with earlier ones, and earlier entries of the audit log name nobody any more."
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["check", "rotate", "reset"])
    parser.add_argument("--drop-old", action="store_true", help="with rotate: remove the former keys from the file")
    parser.add_argument("--yes", action="store_true", help="with reset: do not ask")


def run(options: argparse.Namespace) -> int:
    from core.config import settings
    from core.domain.people import Refusal
    from core.storage.database import Store

    store = Store(settings().database_url)
    try:
        return {"check": _check, "rotate": _rotate, "reset": _reset}[options.act](store, options)
    except (Refusal, ValueError, OSError) as error:
        print(f"Nothing was changed. {error}", file=sys.stderr)
        return 1
    finally:
        store.close()


def _check(store: "Store", _options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.encryption import keys
    from core.storage.stored_secrets import count, missing_key

    with store.begin() as db:
        stored = count(db)
    print(
        f"{settings().keys}: {len(keys())} keys. {store}: {stored.encrypted} secrets encrypted, {stored.plain} plain."
    )
    if stored.unreadable:
        print(missing_key(store, stored.unreadable), file=sys.stderr)
    return 1 if stored.unreadable else 0


def _rotate(store: "Store", options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.encryption import add_key, drop_old_keys
    from core.storage.stored_secrets import encrypt_anew, require_readable

    require_readable(store)
    add_key()
    with store.begin() as db:
        secrets = encrypt_anew(db)
    print(f"{secrets} secrets are encrypted with a new key. Copy {settings().keys} to where you keep it.")
    if options.drop_old:
        print(f"{drop_old_keys()} former keys were removed.")
    return 0


def _reset(store: "Store", options: argparse.Namespace) -> int:
    from core.storage.stored_secrets import count, remove_unreadable

    with store.begin() as db:
        unreadable = count(db).unreadable
    if not unreadable:
        print("Every secret can be read: there is nothing to reset.")
        return 0
    if not options.yes and input(f"Type {unreadable} to remove what nobody can read: ").strip() != str(unreadable):
        print("Nothing was changed.", file=sys.stderr)
        return 1
    with store.begin() as db:
        print(LOST.format(secrets=remove_unreadable(db)))
    return 0
