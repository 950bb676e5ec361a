"""Put a backup in the place of the database; the former one is kept under another name.

FILE is what `backup` wrote. Stop the servers first: a database in use, or one that newer software has migrated
further than the backup, is only replaced with --force. Nothing is replaced before the backup was unpacked and checked.
"""

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--force", action="store_true", help="replace a database that is in use or newer")


def run(options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.backups.backup import restore
    from core.storage.database import Store
    from core.storage.migrate import newest
    from core.storage.stored_secrets import count, missing_key

    store = Store(settings().database_url)
    try:
        manifest, aside = restore(store, options.file, force=options.force)
        with store.begin() as db:
            unreadable = count(db).unreadable
    except (ValueError, OSError) as error:
        print(f"Nothing was replaced. {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    print(f"{store} is as it was at {manifest.made_at}: {sum(manifest.counts.values()):,} rows, checked.")
    if aside:
        print(f"What was there before is kept: {aside}. Remove it when you no longer need it:")
        print("python -m core former --delete")
    if manifest.migration != newest():
        print(f"It is at migration {manifest.migration}; the server brings it to {newest()} when it starts.")
    if unreadable:
        print(missing_key(store, unreadable), file=sys.stderr)
    return 0
