"""List the former databases that restores put aside, and delete them.

    python -m core former [--delete]

They hold everybody whom the database held then, also who was erased since.
"""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--delete", action="store_true", help="delete them all; there is no way back")


def run(options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.backups.leftovers import former_databases, remove_former, remove_leftovers
    from core.storage.database import Store

    store = Store(settings().database_url)
    try:
        remove_leftovers(store)
        found = remove_former(store) if options.delete else former_databases(store)
    finally:
        store.close()
    for name in found:
        print(name)
    print(f"{len(found)} former databases {'were deleted' if options.delete else 'are kept'}.")
    return 0
