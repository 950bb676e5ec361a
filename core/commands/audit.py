"""Verify the audit log: that no entry was changed, taken away or put in.

    python -m core audit --verify [--kept NUMBER:HASH]

Prints the newest entry's NUMBER:HASH. Keep that somewhere else: given back with --kept, it shows a log that was cut
short or written anew by somebody who has the database in hand. The exit status is 1 if the chain does not hold.
"""

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verify", action="store_true", required=True)
    parser.add_argument("--kept", metavar="NUMBER:HASH", help="what this command printed before")


def run(options: argparse.Namespace) -> int:
    from core.config import settings
    from core.storage.database import Store
    from core.storage.queries.audit_queries import BrokenChain, ChainHead, verify

    kept = None
    if options.kept:
        number, _, hash_ = options.kept.partition(":")
        if not number.isdecimal() or len(hash_) != 64:
            sys.exit(f"--kept is {options.kept!r}; expected NUMBER:HASH, as this command prints it")
        kept = ChainHead(int(number), hash_)
    store = Store(settings().database_url)
    try:
        with store.begin() as db:
            newest = verify(db, kept)
    except BrokenChain as error:
        print(f"{store}: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    print(f"{store}: the audit log holds, {newest.number:,} entries. Keep this: {newest.number}:{newest.hash}")
    return 0
