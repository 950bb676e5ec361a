"""Erase patients by their codes, and everything that is kept about them.

    python -m core erase CODE… [--yes]

Asks for each code once more unless --yes is given. There is no way back; backups made before still hold them.
"""

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codes", nargs="+", metavar="CODE")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    for code in options.codes:
        if not options.yes and input(f"Type {code} once more to erase this person: ").strip() != code:
            print("Nothing was erased.", file=sys.stderr)
            return 1
    return erase(options.codes)


def erase(codes: list[str]) -> int:
    """Erase them all, or none; says what was done."""
    from core.config import settings
    from core.domain.people import Refusal
    from core.services.privacy.erasure import erase_codes
    from core.storage.backups.leftovers import former_databases
    from core.storage.database import Store

    store = Store(settings().database_url)
    try:
        rows = erase_codes(store, codes)
        former = former_databases(store)
    except Refusal as refusal:
        print(f"Nothing was erased. {refusal}", file=sys.stderr)
        return 1
    finally:
        store.close()
    print(f"Erased: {', '.join(codes)}; {rows:,} rows. Backups made before now still hold them: delete those in time.")
    if former:
        print(f"So do former databases that restores put aside: {', '.join(former)}.")
        print("python -m core former --delete removes them.")
    return 0
