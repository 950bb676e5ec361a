"""Verify the audit log: that no entry was changed, taken away or put in.

    python -m core audit --verify [--kept NUMBER:HASH|BACKUP …]

The log is compared with all that is kept of it: the file audit-heads in the folder of the installation, the manifests
of the backups there, and what is given with --kept, which is best kept on another machine: what this command or the
server's log printed once, or a backup. That shows a log that was cut short or written anew by somebody who has the
database in hand. The exit status is 1 if the chain does not hold or something disagrees.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.storage.audit_heads import KeptHead


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verify", action="store_true", required=True)
    parser.add_argument("--kept", action="append", default=[], metavar="NUMBER:HASH|BACKUP", help="more than once")


def run(options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.audit_heads import disagreements, kept_heads
    from core.storage.database import Store
    from core.storage.queries.audit_queries import BrokenChain, verify

    given = [_given(kept) for kept in options.kept]
    store = Store(settings().database_url)
    try:
        kept = kept_heads(store) + given
        with store.begin() as db:
            newest = verify(db)
            wrong = disagreements(db, kept)
    except BrokenChain as error:
        print(f"{store}: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    for one, why in wrong:
        print(f"{store}: Entry {one.head.number} of the audit log {why}. So says {one.source}", file=sys.stderr)
    if wrong:
        print(f"{len(wrong)} of {len(kept)} kept heads disagree. Keep all of them, and the database.", file=sys.stderr)
        return 1
    print(f"{store}: the audit log holds, {newest.number:,} entries, and agrees with {len(kept)} kept heads.")
    print(f"Keep this: {newest.number}:{newest.hash}")
    return 0


def _given(text: str) -> "KeptHead":
    from core.storage.audit_heads import KeptHead, parse_head
    from core.storage.backups.backup import read_manifest
    from core.storage.tables import now

    try:
        head = parse_head(read_manifest(Path(text)).audit if Path(text).exists() else text)
    except ValueError as error:
        sys.exit(f"--kept is {text!r}; expected NUMBER:HASH, as this command prints it, or a backup. {error}")
    return KeptHead(f"--kept {text}", now(), head)
