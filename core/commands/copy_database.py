"""Copy a whole database into an empty one, for example SQLite into PostgreSQL, and compare every table.

FROM and TO are URLs (sqlite:////path/to/file.db, postgresql://USER@HOST/NAME). Passwords can stay off the command
line: PGPASSWORD and ~/.pgpass are read. FROM is copied as it is at one moment and is not changed; stop the servers
that write to it first, or what they write afterwards is not in the copy. TO gets everything or nothing.
"""

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FROM")
    parser.add_argument("target", metavar="TO")


def run(options: argparse.Namespace) -> int:
    from core.domain.people import Refusal
    from core.storage.backups.copying import copy
    from core.storage.database import Store

    stores: list[Store] = []
    try:
        stores = [Store(options.source), Store(options.target)]
        source, target = stores
        if source.url.get_backend_name() == "sqlite" and not Path(source.url.database or "").is_file():
            raise ValueError(f"There is no database at {source.url.database}.")
        copied = copy(source, target, _tell)
    except (Refusal, ValueError) as error:
        print(f"Nothing was copied. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing was copied.", file=sys.stderr)
        return 130
    finally:
        for store in stores:
            store.close()
    for name, held in copied.items():
        print(f"{name:24} {held.rows:12,} rows  {held.hash[:16]}")
    print(f"{target} holds all that {source} held: every count and hash agrees.")
    return 0


def _tell(table: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{table}: {done:,} of {of:,}", end="\n" if done == of else "", file=sys.stderr, flush=True)
