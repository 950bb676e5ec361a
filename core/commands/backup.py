"""Write a backup of the database into a folder, while servers go on.

One zip: the database as it is at one moment (SQLite's online backup, or pg_dump) and a manifest with version,
migration, rows by table and SHA-256. It holds everything that people entrusted: keep it where only you can read it.
"""

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="DIR", help="default: backups in the folder for all that is written")


def run(options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.backups.backup import back_up
    from core.storage.database import Store

    folder = options.to or settings().local / "backups"
    store = Store(settings().database_url)
    try:
        path, manifest = back_up(store, folder)
    except (ValueError, OSError) as error:
        print(f"No backup was made in {folder}. {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    rows = sum(manifest.counts.values())
    print(f"{path}: {rows:,} rows of {len(manifest.counts)} tables, {path.stat().st_size / 1e6:,.1f} MB, checked.")
    return 0
